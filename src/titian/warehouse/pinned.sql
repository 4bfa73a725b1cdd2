-- The statements that pin a table of the lake at a snapshot.

-- name: filled
-- The tables with files at a snapshot, by DuckLake's catalogue: the others need not be opened to be found empty.
SELECT DISTINCT t.table_name
FROM __ducklake_metadata_lake.ducklake_data_file AS f JOIN __ducklake_metadata_lake.ducklake_table AS t USING (table_id)
WHERE f.begin_snapshot <= {snapshot} AND (f.end_snapshot IS NULL OR f.end_snapshot > {snapshot});

-- name: view
CREATE VIEW IF NOT EXISTS scratch.main.{view} AS SELECT * FROM lake.main.{table} AT (VERSION => {snapshot});

-- name: changed
SELECT count(*), count({first_instant}), min({first_instant}) FROM ducklake_table_changes('lake', 'main', '{table}', {since}, {until});

-- name: any_row
SELECT 1 FROM scratch.main.{view} LIMIT 1;
