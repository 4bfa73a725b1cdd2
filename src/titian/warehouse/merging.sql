-- How shaped rows are merged into the warehouse, inside one transaction.

-- name: empty
SELECT count(*) = 0 FROM (SELECT 1 FROM lake.{table} LIMIT 1)

-- name: insert_all
INSERT INTO lake.{table} ({columns}) SELECT {columns} FROM {shaped}

-- name: changed
-- The shaped rows that the warehouse does not hold as they are; `fresh` ones it does not hold at all.
CREATE OR REPLACE TEMP TABLE changed AS
SELECT s.*, t.{key} IS NULL AS fresh, {customer_before} AS "customer before" FROM {shaped} AS s LEFT JOIN lake.{table} AS t ON s.{key} = t.{key}
WHERE t.{key} IS NULL OR {differs}

-- name: count_changed
SELECT count(*) FILTER (fresh), count(*) FILTER (NOT fresh) FROM changed

-- name: reassigned
-- Rows whose customer is another one than before: the first by key, each with how many there are.
SELECT {key}, "customer before", {customer}, count(*) OVER () FROM changed
WHERE "customer before" IS NOT NULL AND "customer before" IS DISTINCT FROM {customer} ORDER BY {key} LIMIT {limit}

-- name: delete_changed
DELETE FROM lake.{table} WHERE {key} IN (SELECT {key} FROM changed WHERE NOT fresh)

-- name: insert_changed
INSERT INTO lake.{table} ({columns}) SELECT {columns} FROM changed

-- name: orders_in_hand
-- Every order that these lines speak of, with the refund record that it may have had.
CREATE OR REPLACE TEMP TABLE in_hand AS
SELECT DISTINCT order_id FROM good_lines UNION SELECT DISTINCT order_id || '#refund' FROM good_lines

-- name: delete_gone_refunds
DELETE FROM lake.orders
WHERE order_id IN (SELECT order_id FROM in_hand) AND order_id NOT IN (SELECT order_id FROM shaped)
    AND suffix(order_id, '#refund')

-- name: delete_gone_items
DELETE FROM lake.order_items
WHERE order_id IN (SELECT order_id FROM in_hand) AND item_id NOT IN (SELECT item_id FROM shaped_items)
