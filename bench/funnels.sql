-- What a good hand would write for any start within a limit: of each step the last try before it, one step after the other.
WITH c1 AS (
    SELECT customer_id, occurred_at AS at1
    FROM events
    WHERE event = 'view' AND customer_id IS NOT NULL AND occurred_at >= $start AND occurred_at < $until
), c2 AS (
    SELECT customer_id, at1, min(taken) AS at2
    FROM (
        SELECT next.customer_id, c1.at1, next.occurred_at AS taken
        FROM (SELECT * FROM events WHERE event = 'search' AND occurred_at >= $start) AS next
        ASOF JOIN c1 ON next.customer_id = c1.customer_id AND next.occurred_at >= c1.at1
    )
    WHERE taken - to_days($days) <= at1
    GROUP BY customer_id, at1
), c3 AS (
    SELECT customer_id, at1, at2, min(taken) AS at3
    FROM (
        SELECT next.customer_id, c2.at1, c2.at2, next.occurred_at AS taken
        FROM (SELECT * FROM events WHERE event = 'favourite' AND occurred_at >= $start) AS next
        ASOF JOIN c2 ON next.customer_id = c2.customer_id AND next.occurred_at >= c2.at2
    )
    WHERE taken - to_days($days) <= at1
    GROUP BY customer_id, at1, at2
), c4 AS (
    SELECT customer_id, at1, at2, at3, min(taken) AS at4
    FROM (
        SELECT next.customer_id, c3.at1, c3.at2, c3.at3, next.occurred_at AS taken
        FROM (SELECT * FROM events WHERE event = 'cart' AND occurred_at >= $start) AS next
        ASOF JOIN c3 ON next.customer_id = c3.customer_id AND next.occurred_at >= c3.at3
    )
    WHERE taken - to_days($days) <= at1
    GROUP BY customer_id, at1, at2, at3
), c5 AS (
    SELECT customer_id, at1, at2, at3, at4, min(taken) AS at5
    FROM (
        SELECT next.customer_id, c4.at1, c4.at2, c4.at3, c4.at4, next.occurred_at AS taken
        FROM (SELECT * FROM events WHERE event = 'share' AND occurred_at >= $start) AS next
        ASOF JOIN c4 ON next.customer_id = c4.customer_id AND next.occurred_at >= c4.at4
    )
    WHERE taken - to_days($days) <= at1
    GROUP BY customer_id, at1, at2, at3, at4
), firsts AS (
    SELECT customer_id, 1 AS reached, min(at1) AS at1, NULL::TIMESTAMP AS at2, NULL::TIMESTAMP AS at3,
        NULL::TIMESTAMP AS at4, NULL::TIMESTAMP AS at5
    FROM c1 GROUP BY customer_id
    UNION ALL
    SELECT customer_id, 2, min(at1), min(at2), NULL, NULL, NULL FROM c2 GROUP BY customer_id
    UNION ALL
    SELECT customer_id, 3, min(at1), min(at2), min(at3), NULL, NULL FROM c3 GROUP BY customer_id
    UNION ALL
    SELECT customer_id, 4, min(at1), min(at2), min(at3), min(at4), NULL FROM c4 GROUP BY customer_id
    UNION ALL
    SELECT customer_id, 5, min(at1), min(at2), min(at3), min(at4), min(at5) FROM c5 GROUP BY customer_id
), best AS (
    SELECT customer_id, max(reached) AS reached, arg_max(at1, reached) AS at1, arg_max(at2, reached) AS at2,
        arg_max(at3, reached) AS at3, arg_max(at4, reached) AS at4, arg_max(at5, reached) AS at5
    FROM firsts GROUP BY customer_id
)
SELECT
    count(*) AS n1, count(at2) AS n2, count(at3) AS n3, count(at4) AS n4, count(at5) AS n5,
    quantile_disc(date_diff('microsecond', at1, at2), [0.25, 0.5, 0.75, 0.9]) AS before2,
    quantile_disc(date_diff('microsecond', at2, at3), [0.25, 0.5, 0.75, 0.9]) AS before3,
    quantile_disc(date_diff('microsecond', at3, at4), [0.25, 0.5, 0.75, 0.9]) AS before4,
    quantile_disc(date_diff('microsecond', at4, at5), [0.25, 0.5, 0.75, 0.9]) AS before5,
    quantile_disc(date_diff('microsecond', at1, at3), [0.25, 0.5, 0.75, 0.9]) AS first3,
    quantile_disc(date_diff('microsecond', at1, at4), [0.25, 0.5, 0.75, 0.9]) AS first4,
    quantile_disc(date_diff('microsecond', at1, at5), [0.25, 0.5, 0.75, 0.9]) AS first5
FROM best
