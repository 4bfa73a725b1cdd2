-- The statements that open and keep the DuckLake warehouse.

-- name: attach
ATTACH {catalogue} AS {name} (
    DATA_PATH {data}, OVERRIDE_DATA_PATH true, DATA_INLINING_ROW_LIMIT 0, META_JOURNAL_MODE 'WAL', META_BUSY_TIMEOUT 20000
);

-- name: batches
CREATE TABLE IF NOT EXISTS lake.batches (batch_id VARCHAR NOT NULL, committed_at TIMESTAMP NOT NULL);

-- name: encoding
-- The newer pages are a fifth smaller and read a third faster.
CALL ducklake_set_option('lake', 'parquet_version', '2');

-- name: row_groups
-- Small enough that a few days of one bucket are few rows.
CALL ducklake_set_option('lake', 'parquet_row_group_size', '30720');

-- name: held
SELECT batch_id FROM lake.batches;

-- name: hold
INSERT INTO lake.batches VALUES (?, ?);

-- name: version
SELECT left(table_uuid::VARCHAR, 18) || '-' || (SELECT id FROM ducklake_current_snapshot('lake'))
FROM ducklake_table_info('lake') WHERE table_name = 'batches';

-- name: files
SELECT data_file, data_file_size_bytes, delete_file, delete_file_size_bytes
FROM ducklake_list_files('lake', {table});

-- name: merge_files
CALL ducklake_merge_adjacent_files('lake');

-- name: rewrite_deleted
CALL ducklake_rewrite_data_files('lake');

-- name: expire
CALL ducklake_expire_snapshots('lake', older_than => ?::TIMESTAMPTZ);

-- name: cleanup
CALL ducklake_cleanup_old_files('lake', cleanup_all => true);

-- name: orphans
CALL ducklake_delete_orphaned_files('lake', older_than => ?::TIMESTAMPTZ);

-- name: tables
SELECT table_name FROM ducklake_table_info('lake');
