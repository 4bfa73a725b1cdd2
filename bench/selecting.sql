-- What a good hand would write: each table once, filtered to what the windows need. Instants are local, as they came.
WITH bought AS (
    SELECT
        customer_id,
        sum(CASE WHEN ordered_at >= TIMESTAMP '2022-12-01' THEN amount ELSE 0 END) AS spend,
        max(ordered_at) AS last_order_at
    FROM orders
    WHERE ordered_at < TIMESTAMP '2023-12-01' AND status = 'paid' AND customer_id IS NOT NULL
    GROUP BY customer_id
), done AS (
    SELECT
        customer_id,
        count(CASE WHEN event = 'view' AND occurred_at >= TIMESTAMP '2023-12-01' - to_days($view_days) THEN 1 END) AS views,
        count(CASE WHEN event = 'cart' THEN 1 END) AS carts
    FROM events
    WHERE occurred_at >= TIMESTAMP '2023-12-01' - to_days($cart_days)
        AND occurred_at < TIMESTAMP '2023-12-01' AND customer_id IS NOT NULL
    GROUP BY customer_id
)
SELECT count(*)
FROM bought LEFT JOIN done USING (customer_id)
WHERE spend >= $spent
    AND date_diff('day', CAST(last_order_at AS DATE), DATE '2023-12-01') <= $silent
    AND coalesce(views, 0) >= 1 AND coalesce(carts, 0) >= 1
    AND date_diff('day', CAST(last_order_at AS DATE), DATE '2023-12-01') > 3
