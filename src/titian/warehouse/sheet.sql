-- A sheet: columns that the caller names, as labels and numbers. {places} hold quoted names, macro calls and literals.

-- name: made
CREATE OR REPLACE TEMP VIEW sheet AS SELECT {cells} FROM {relation}

-- name: typed_number
-- Not a number, as pandas writes what is missing, is no value.
bounded(CAST({cell} AS DOUBLE))

-- name: typed_unread
coalesce(NOT isnan({cell}) AND bounded(CAST({cell} AS DOUBLE)) IS NULL, false)

-- name: plain
-- Of each column its filled cells, and those that DuckDB reads as a number.
SELECT {columns} FROM {relation}

-- name: plain_column
count({cell}), count({number})

-- name: plain_number
bounded(TRY_CAST({cell} AS DOUBLE))

-- name: text_number
CASE WHEN regexp_full_match({cell}, '{plain}') THEN TRY_CAST({cell} AS DOUBLE)
    WHEN lower(trimmed({cell})) IN ('true', 'yes', '是') THEN 1
    WHEN lower(trimmed({cell})) IN ('false', 'no', '否') THEN 0
    ELSE bounded(TRY_CAST(money_plain(money_bare(narrow({cell})), false) AS DOUBLE)) END

-- name: text_unread
(trimmed({cell}) IS NOT NULL AND {number} IS NULL)

-- name: bounded
-- Beyond it the square of a variance is more than a double holds; not a number is greater than all.
CREATE OR REPLACE TEMP MACRO bounded(x) AS CASE WHEN abs(x) < 1e60 THEN x END;

-- name: float_label
-- An arm called 1 is often written as 1.0.
CASE WHEN {cell} = trunc({cell}) AND abs({cell}) < 1e15 THEN CAST(CAST({cell} AS BIGINT) AS VARCHAR)
    WHEN NOT isnan({cell}) THEN CAST({cell} AS VARCHAR) END

-- name: first_fault
-- The first row whose cell of a column is no number.
CREATE OR REPLACE TEMP TABLE faults AS
SELECT {place} AS "at", {column} AS "column", CASE WHEN {unread} THEN 'not_number' ELSE 'missing' END AS fault
FROM {relation} WHERE {wrong} ORDER BY "at" LIMIT 1
