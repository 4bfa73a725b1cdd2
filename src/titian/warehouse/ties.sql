-- What is told of rows between two people. All read `shaped`.

-- name: told
-- Rows from people to themselves; of the people, how many are no customer, where anybody is known as one; the people.
WITH people AS (SELECT {one} AS id FROM shaped UNION SELECT {other} FROM shaped),
known AS (
    SELECT id FROM people WHERE id IS NOT NULL AND (
        id IN (SELECT customer_id FROM lake.customers) OR id IN (SELECT customer_id FROM lake.orders)
        OR id IN (SELECT customer_id FROM lake.events)
    )
),
anybody AS (
    SELECT EXISTS (FROM lake.customers) OR EXISTS (FROM lake.orders) OR EXISTS (FROM lake.events) AS there
)
SELECT (SELECT count(*) FROM shaped WHERE {one} = {other}),
    CASE WHEN there THEN (SELECT count(id) FROM people) - (SELECT count(*) FROM known) ELSE 0 END,
    (SELECT count(id) FROM people)
FROM anybody

-- name: kinds
-- The kinds of links, the most frequent first.
SELECT kind FROM shaped WHERE kind IS NOT NULL GROUP BY kind ORDER BY count(*) DESC, kind
