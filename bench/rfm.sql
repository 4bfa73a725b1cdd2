-- What a good hand would write: traits once, into a temporary table; then the cuts; then one CASE with the cuts as constants.
CREATE OR REPLACE TEMP TABLE trait AS
SELECT
    customer_id,
    date_diff('day', CAST(max(ordered_at) + INTERVAL 8 HOUR AS DATE), DATE '1998-07-01') AS recency_days,
    count(*) AS order_count,
    sum(amount) AS spend
FROM orders
WHERE ordered_at < TIMESTAMP '1998-06-30 16:00:00' AND status = 'paid' AND customer_id IS NOT NULL
GROUP BY customer_id;

SET VARIABLE recency = (SELECT median(recency_days) FROM trait);
SET VARIABLE frequency = (SELECT median(order_count) FROM trait);
SET VARIABLE monetary = (SELECT median(CAST(spend AS DOUBLE)) FROM trait);

CREATE OR REPLACE TEMP TABLE layered AS
SELECT
    customer_id,
    CASE
        WHEN CAST(spend AS DOUBLE) > getvariable('monetary') THEN
            CASE
                WHEN recency_days < getvariable('recency') THEN
                    CASE WHEN order_count > getvariable('frequency') THEN 'important_value' ELSE 'important_develop' END
                WHEN order_count > getvariable('frequency') THEN 'important_keep'
                ELSE 'important_retain'
            END
        WHEN recency_days < getvariable('recency') THEN
            CASE WHEN order_count > getvariable('frequency') THEN 'general_value' ELSE 'general_develop' END
        WHEN order_count > getvariable('frequency') THEN 'general_keep'
        ELSE 'general_retain'
    END AS layer,
    recency_days,
    order_count,
    spend
FROM trait;
