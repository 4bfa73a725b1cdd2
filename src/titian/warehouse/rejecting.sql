-- Rows that were turned away, with where they stand in the source and why.

-- name: skipped
-- Rows of the source that are not in the batch push later ones down: from record `from_at` on, by `by`.
CREATE OR REPLACE TEMP TABLE skipped AS
SELECT unnest(?::BIGINT[]) AS from_at, unnest(?::BIGINT[]) AS "by"

-- name: reasons
CREATE OR REPLACE TEMP TABLE reasons AS
SELECT unnest(?::VARCHAR[]) AS fault, unnest(?::VARCHAR[]) AS zh, unnest(?::VARCHAR[]) AS en

-- name: malformed
CREATE OR REPLACE TEMP TABLE malformed AS
SELECT unnest(?::BIGINT[]) AS "row", unnest(?::VARCHAR[]) AS "column", unnest(?::VARCHAR[]) AS "value",
    unnest(?::VARCHAR[]) AS zh, unnest(?::VARCHAR[]) AS en

-- name: rejected
-- One row per fault.
CREATE OR REPLACE TEMP TABLE rejected AS
SELECT f."at", f."at" + {first_row} + coalesce(s."by", 0) AS "row", {source} AS "column", {value} AS "value", r.zh, r.en
FROM faults AS f
JOIN reasons AS r ON r.fault = f.fault
JOIN (SELECT *, {place} AS "titian place" FROM {relation}) AS t ON t."titian place" = f."at"
ASOF LEFT JOIN skipped AS s ON f."at" >= s.from_at

-- name: first
SELECT "row", "column", "value", zh, en FROM (
    SELECT "row", "column", "value", zh, en FROM rejected UNION ALL SELECT * FROM malformed
) ORDER BY "row", "column" LIMIT {limit}

-- name: write
-- One line per row, its faults joined; the columns of the source follow, so that it can be mended and loaded again.
COPY (
    SELECT {file} AS {file_name}, j."row" AS {row_name}, j."column" AS {column_name}, j."value" AS {value_name},
        j.zh AS {zh_name}, j.en AS {en_name}, {originals}
    FROM (
        SELECT "at", any_value("row") AS "row", string_agg("column", '; ' ORDER BY "column") AS "column",
            string_agg("value", '; ' ORDER BY "column") AS "value",
            string_agg(zh, '；' ORDER BY "column") AS zh, string_agg(en, '; ' ORDER BY "column") AS en
        FROM rejected GROUP BY "at"
    ) AS j JOIN read_parquet({path}, file_row_number = true) AS t ON t.file_row_number = j."at"
    UNION ALL
    SELECT {file}, "row", "column", "value", zh, en, {nothing} FROM malformed
    ORDER BY 2
) TO {target} (FORMAT csv, HEADER)
