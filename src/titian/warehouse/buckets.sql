-- How large batches are laid out by customer.

-- name: share_out
-- It holds for all that is written from now on.
ALTER TABLE lake.{table} SET PARTITIONED BY (bucket({buckets}, customer_id));

-- name: loose
-- How many rows stand in files of everybody's.
SELECT coalesce(sum(f.record_count), 0)
FROM __ducklake_metadata_lake.ducklake_data_file AS f
JOIN __ducklake_metadata_lake.ducklake_table AS t ON t.table_id = f.table_id
WHERE t.table_name = {table} AND t.end_snapshot IS NULL AND f.end_snapshot IS NULL AND f.partition_id IS NULL;

-- name: take
CREATE OR REPLACE TEMP TABLE loose AS
SELECT {columns} FROM (SELECT *, filename FROM lake.{table}) WHERE NOT contains(filename, '/bucket=');

-- name: remove
DELETE FROM lake.{table} WHERE NOT contains(filename, '/bucket=');

-- name: put_back
INSERT INTO lake.{table} ({columns}) SELECT {columns} FROM loose;

-- name: drop
DROP TABLE IF EXISTS temp.loose;
