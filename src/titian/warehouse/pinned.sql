-- The statements that pin a table of the lake at a snapshot.

-- name: view
CREATE VIEW IF NOT EXISTS scratch.main.{view} AS SELECT * FROM lake.main.{table} AT (VERSION => {snapshot});

-- name: changed
SELECT count(*), count({first_instant}), min({first_instant}) FROM ducklake_table_changes('lake', 'main', '{table}', {since}, {until});

-- name: any_row
SELECT 1 FROM scratch.main.{view} LIMIT 1;
