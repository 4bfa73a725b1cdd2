-- How typed rows become rows of the canonical tables. All but `orders_kept` read `typed` or what was made of it.

-- name: faults
-- One row per fault, by the record's place.
CREATE OR REPLACE TEMP TABLE faults AS
SELECT "at", f.fault AS fault, f.column AS "column" FROM (SELECT "at", unnest(faults) AS f FROM typed WHERE faults IS NOT NULL)

-- name: no_faults
CREATE OR REPLACE TEMP TABLE faults ("at" BIGINT, fault VARCHAR, "column" VARCHAR)

-- name: good
CREATE OR REPLACE TEMP VIEW good AS SELECT * FROM typed WHERE "at" NOT IN (SELECT "at" FROM faults)

-- name: all_good
CREATE OR REPLACE TEMP VIEW good AS SELECT * FROM typed

-- name: orders
-- One order a row: a negative amount is money back; unpaid when the payment time is known to be empty.
SELECT "at", {key} AS order_id, customer_id, ordered_at, abs(coalesce(amount, 0)) AS amount,
    abs(refunded_amount) AS refunded_amount, refunded_at,
    CASE WHEN amount < 0 THEN 'refund' WHEN status IS NOT NULL THEN status
        WHEN {payment_told} AND paid_at IS NULL AND coalesce(refunded_amount, 0) = 0 THEN 'unpaid'
        ELSE 'paid' END AS status,
    store_id, channel, cost, discount, coalesce(recorded_at, {recorded_at}) AS recorded_at
FROM {rows}

-- name: other
-- A row of any other table as it is.
SELECT "at", {key} AS {key_name}, {columns}, coalesce(recorded_at, {recorded_at}) AS recorded_at FROM {rows}

-- name: numbered
-- Rows that came without an id, with how many the same stand before each.
SELECT *, row_number() OVER (PARTITION BY "content" ORDER BY "at") AS occurrence
FROM (SELECT *, {content} AS "content" FROM good)

-- name: repeats
-- Keys that occur more than once: how many, rows too many, and keys whose rows differ.
SELECT count(*), coalesce(sum(rows) - count(*), 0), count(*) FILTER (variants > 1)
FROM (SELECT count(*) AS rows, count(DISTINCT {content}) AS variants FROM ({rows}) GROUP BY {key} HAVING count(*) > 1)

-- name: distinct_keys
SELECT count(*), count(DISTINCT hash({key})) FROM ({rows})

-- name: last
-- The last row of each key.
SELECT * FROM ({rows}) QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY "at" DESC) = 1

-- name: shaped_view
CREATE OR REPLACE TEMP VIEW shaped AS SELECT {columns} FROM ({rows})

-- name: shaped_table
CREATE OR REPLACE TEMP TABLE shaped AS SELECT {columns} FROM ({rows})

-- name: shaped_items
CREATE OR REPLACE TEMP TABLE shaped_items AS {rows}

-- name: tally
SELECT count(*), {without_customer}, {over_refunded}, {after_today} FROM shaped

-- name: first_after_today
-- The first good record that is dated after today.
SELECT "at", {at} FROM typed WHERE {at} >= {tomorrow} AND "at" NOT IN (SELECT "at" FROM faults) ORDER BY "at" LIMIT 1

-- name: lines
-- Each line's money, exact; `back` lines give money back.
CREATE OR REPLACE TEMP TABLE lines AS
SELECT *, coalesce(status = 'refund', false) OR line < 0 OR (line = 0 AND quantity < 0) AS back
FROM (
    SELECT *, {line} AS line FROM (
        SELECT *, TRY_CAST(quantity AS DECIMAL(18, 6)) * TRY_CAST(unit_price AS DECIMAL(18, 4)) AS product_of FROM typed
        {where}
    )
)

-- name: repeated
-- Whether a column says the same on all lines of every order that has several, so that it belongs to the order.
SELECT count(*) > 0 AND coalesce(bool_and(low IS NOT DISTINCT FROM high AND (filled = lines OR filled = 0)), false)
FROM (
    SELECT min({column}) AS low, max({column}) AS high, count({column}) AS filled, count(*) AS lines
    FROM typed GROUP BY order_id HAVING count(*) > 1
)

-- name: order_faults
-- Faults that only all lines of an order together show; then the other lines of an order with a bad one.
INSERT INTO faults
WITH told AS (
    SELECT order_id, count(DISTINCT customer_id) > 1 AS customers, count(DISTINCT status) FILTER (NOT back) > 1 AS statuses,
        bool_or(line IS NULL OR abs(line) >= 1e14) OR sum(abs(TRY_CAST(line AS DOUBLE))) >= 1e14 AS large
    FROM lines GROUP BY order_id
)
SELECT l."at",
    CASE WHEN customers THEN 'customer_conflict' WHEN statuses THEN 'status_conflict' ELSE 'order_too_large' END,
    CASE WHEN customers THEN 'customer_id' WHEN statuses THEN 'status' ELSE 'quantity' END
FROM lines AS l JOIN told USING (order_id) WHERE customers OR statuses OR large

-- name: siblings
INSERT INTO faults
SELECT "at", 'sibling', 'order_id' FROM typed
WHERE order_id IN (SELECT order_id FROM typed WHERE "at" IN (SELECT "at" FROM faults))
    AND "at" NOT IN (SELECT "at" FROM faults)

-- name: good_lines
CREATE OR REPLACE TEMP VIEW good_lines AS
SELECT *, CASE WHEN back AND forward_too THEN order_id || '#refund' ELSE order_id END AS record_id
FROM (SELECT *, bool_or(NOT back) OVER (PARTITION BY order_id) AS forward_too FROM lines WHERE "at" NOT IN (SELECT "at" FROM faults))

-- name: orders_of_lines
-- Lines that give money back beside lines that don't are a refund of their own, `<order id>#refund`.
SELECT "at", order_id, customer_id, ordered_at,
    money_even(abs(total), CAST(abs(total) AS DECIMAL(18, 4))) AS amount,
    CASE WHEN NOT back THEN abs(refunded_amount) END AS refunded_amount, CASE WHEN NOT back THEN refunded_at END AS refunded_at,
    CASE WHEN back THEN 'refund' WHEN status IS NOT NULL THEN status
        WHEN {payment_told} AND paid_at IS NULL AND coalesce(refunded_amount, 0) = 0 THEN 'unpaid'
        ELSE 'paid' END AS status,
    store_id, channel, cost, discount, coalesce(recorded_at, {recorded_at}) AS recorded_at
FROM (
    SELECT min("at") AS "at", record_id AS order_id, any_value(back) AS back, min(customer_id) AS customer_id,
        min(ordered_at) AS ordered_at, {total} AS total, {refunded_amount} AS refunded_amount,
        min(refunded_at) AS refunded_at, min(status) FILTER (status <> 'refund') AS status, min(store_id) AS store_id,
        min(channel) AS channel, {cost} AS cost, {discount} AS discount, max(recorded_at) AS recorded_at,
        max(paid_at) AS paid_at
    FROM good_lines GROUP BY record_id
)

-- name: items_of_lines
SELECT {key} AS item_id, record_id AS order_id, product_id, product, category, brand, quantity, unit_price,
    coalesce(recorded_at, {recorded_at}) AS recorded_at
FROM (
    SELECT *, row_number() OVER (PARTITION BY "content" ORDER BY "at") AS occurrence
    FROM (SELECT *, {content} AS "content" FROM good_lines)
)
