-- How the made tables are held in memory.

-- name: utc
SET TimeZone = 'UTC'

-- name: new
CREATE TABLE {table} AS SELECT * FROM part

-- name: more
INSERT INTO {table} SELECT * FROM part

-- name: canonical
CREATE SCHEMA canonical

-- name: view
CREATE VIEW canonical.{table} AS SELECT {columns} FROM main.{table}
