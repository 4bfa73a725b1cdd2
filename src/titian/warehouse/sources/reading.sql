-- Reading sources as text. {relation}, {column} and {cells} are quoted names or expressions made of them.

-- name: count_relation
SELECT count(*) FROM {relation};

-- name: describe_relation
DESCRIBE FROM {relation};

-- name: select_text
SELECT {cells} FROM {relation};

-- name: typed_relation
-- A Parquet file with the types it has, each row with its place.
SELECT {columns}, file_row_number AS {place} FROM read_parquet({file}, file_row_number = true)

-- name: float_as_text
CASE WHEN isfinite({cell}) AND {cell} = trunc({cell}) AND abs({cell}) < 1e18
    THEN CAST(CAST({cell} AS BIGINT) AS VARCHAR) ELSE CAST({cell} AS VARCHAR) END;

-- name: no_rows
-- What a database selects from has no rows: only its columns are wanted.
SELECT * FROM {relation} LIMIT 0;

-- name: count_rows
SELECT count(*) FROM {relation}{where};

-- name: all_rows
SELECT {cells} FROM {relation}{where}{order};

-- name: sqlite_tables
SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name;

-- name: sqlite_greatest
-- How far an SQLite cursor has come, and as what it is stored.
SELECT max({column}), typeof(max({column})) FROM {relation};

-- name: postgres_tables
-- Tables outside the schema public are named with their schema.
SELECT CASE WHEN table_schema = 'public' THEN table_name ELSE table_schema || '.' || table_name END AS named
FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1;

-- name: postgres_greatest
SELECT max({column})::text AS greatest FROM {relation};

-- name: csv_as_text
FROM read_csv({file}, auto_detect = false, header = false, skip = {skip}, delim = {delimiter}, quote = '"', escape = '"',
    compression = 'none', columns = {{{columns}}}{more});

-- name: other_faults
-- Of the lines that DuckDB left out: those left out for another reason than the number of their cells.
SELECT count(*) FROM reject_errors WHERE error_type NOT IN ('MISSING COLUMNS', 'TOO MANY COLUMNS');

-- name: rejected_lines
SELECT DISTINCT line, csv_line FROM reject_errors ORDER BY line LIMIT ?;
