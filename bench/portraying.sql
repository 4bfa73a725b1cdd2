-- What a good hand would write: six traits in one pass, turned into rows, cut at the fifths of everybody, counted once.
WITH bought AS (
    SELECT
        customer_id,
        CAST(date_diff('day', CAST(max(ordered_at) AS DATE), CAST($day AS DATE)) AS DOUBLE) AS recency_days,
        CAST(count(*) AS DOUBLE) AS order_count,
        CAST(count(CASE WHEN ordered_at >= CAST($day AS TIMESTAMP) - to_days(30) THEN 1 END) AS DOUBLE) AS order_count_30d,
        CAST(sum(amount) AS DOUBLE) AS spend,
        CAST(sum(CASE WHEN ordered_at >= CAST($day AS TIMESTAMP) - to_days(90) THEN amount ELSE 0 END) AS DOUBLE) AS spend_90d,
        CAST(sum(amount) AS DOUBLE) / count(*) AS average_order_value,
        sum(CASE WHEN ordered_at >= CAST($day AS TIMESTAMP) - to_days(365) THEN amount ELSE 0 END) >= $spent AS inside
    FROM orders
    WHERE ordered_at < CAST($day AS TIMESTAMP) AND status = 'paid' AND customer_id IS NOT NULL
    GROUP BY customer_id
), long AS (
    UNPIVOT bought ON recency_days, order_count, order_count_30d, spend, spend_90d, average_order_value
    INTO NAME trait VALUE value
), cut AS (
    SELECT
        trait,
        list_distinct(quantile_disc(value, [0.2, 0.4, 0.6, 0.8])) AS edges,
        avg(value) AS mean, avg(value) FILTER (WHERE inside) AS mean_inside,
        median(value) AS middle, median(value) FILTER (WHERE inside) AS middle_inside
    FROM long
    GROUP BY trait
)
SELECT
    trait, len(list_filter(edges, edge -> edge < value)) AS bin,
    min(value) AS low, max(value) AS high, count(CASE WHEN inside THEN 1 END) AS inside, count(*) AS everyone,
    any_value(mean) AS mean, any_value(mean_inside) AS mean_inside,
    any_value(middle) AS middle, any_value(middle_inside) AS middle_inside
FROM long JOIN cut USING (trait)
GROUP BY trait, bin
ORDER BY trait, bin
