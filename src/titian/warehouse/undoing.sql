-- How a batch is taken back. `beside` is a warehouse made of other batches, or of this one alone.

-- name: gone
-- Rows that would not be here without the batch, with their content.
CREATE OR REPLACE TEMP TABLE gone AS SELECT {columns} FROM lake.{table} EXCEPT SELECT {columns} FROM beside.{table}

-- name: back
-- Rows that would be here without the batch.
CREATE OR REPLACE TEMP TABLE back AS SELECT {columns} FROM beside.{table} EXCEPT SELECT {columns} FROM lake.{table}

-- name: own
-- The rows of a batch that only added.
CREATE OR REPLACE TEMP TABLE gone AS
SELECT {columns} FROM lake.{table} WHERE {key} IN (SELECT {key} FROM beside.{table})

-- name: nothing_back
CREATE OR REPLACE TEMP TABLE back AS SELECT {columns} FROM lake.{table} LIMIT 0

-- name: count
SELECT (SELECT count(*) FROM gone WHERE {key} NOT IN (SELECT {key} FROM back)), (SELECT count(*) FROM back)

-- name: delete_gone
DELETE FROM lake.{table} WHERE {key} IN (SELECT {key} FROM gone)

-- name: put_back
INSERT INTO lake.{table} ({columns}) SELECT {columns} FROM back

-- name: release
DELETE FROM lake.batches WHERE batch_id = ?

-- name: detach
DETACH beside
