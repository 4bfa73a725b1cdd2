-- How text rows are looked at and turned into typed ones. {places} hold quoted names, macro calls and literals.

-- name: rows
-- The mapped cells by canonical name, and which record of the source they are.
SELECT {place} AS "at", {cells} FROM {relation}

-- name: left
-- Rows that have any cell.
(SELECT * FROM {relation} WHERE coalesce({cells}) IS NOT NULL)

-- name: measure
SELECT count(*), {measures} FROM ({rows})

-- name: distinct
SELECT DISTINCT trimmed({cell}) AS word FROM ({rows}) WHERE {cell} IS NOT NULL ORDER BY word LIMIT {limit}

-- name: orders_of_days
-- Which orders of day, month and year fit every numeric day that fits any.
SELECT bool_and(dmy), bool_and(mdy), bool_and(ymd), count(*) FROM (
    SELECT *, b BETWEEN 1 AND 12 AND a BETWEEN 1 AND 31 AS dmy,
        a BETWEEN 1 AND 12 AND b BETWEEN 1 AND 31 AS mdy,
        short AND b BETWEEN 1 AND 12 AND c BETWEEN 1 AND 31 AS ymd
    FROM (
        SELECT TRY_CAST(p.a AS INTEGER) AS a, TRY_CAST(p.b AS INTEGER) AS b, TRY_CAST(p.c AS INTEGER) AS c,
            length(p.c) = 2 AND length(p.a) = 2 AS short
        FROM (SELECT numeric_day(time_text({cell})) AS p FROM ({rows}) WHERE iso({cell}) IS NULL) WHERE p.a <> ''
    )
) WHERE dmy OR mdy OR ymd

-- name: example
SELECT {cell} FROM ({rows}) WHERE iso({cell}) IS NULL AND (numeric_day(time_text({cell}))).a <> '' ORDER BY "at" LIMIT 1

-- name: layer
SELECT *, {added} FROM ({rows})

-- name: typed
SELECT {values} FROM ({rows})

-- name: view
CREATE OR REPLACE TEMP VIEW typed AS {rows}

-- name: table
CREATE OR REPLACE TEMP TABLE typed AS {rows}

-- name: forget
DROP {kind} IF EXISTS temp.typed
