-- Which rows of a batch are of somebody, and the batch without them.

-- name: wanted
CREATE OR REPLACE TEMP TABLE erased_{what} AS SELECT unnest(?::VARCHAR[]) AS id

-- name: named
{cell} IN (SELECT id FROM erased_{what})

-- name: named_by_digest
sha256({salt} || {cell}) IN (SELECT id FROM erased_{what})

-- name: found
-- The places of the rows that name one of the ids.
CREATE OR REPLACE TEMP TABLE emptied AS SELECT DISTINCT "at" FROM typed WHERE {named}

-- name: places
SELECT "at" FROM emptied ORDER BY "at"

-- name: orders
-- The orders of the customers that a batch tells of.
SELECT DISTINCT order_id FROM typed WHERE order_id IS NOT NULL AND ({named})

-- name: write
COPY (
    SELECT {cells} FROM read_parquet({path}, file_row_number = true) AS t
    LEFT JOIN emptied AS e ON e."at" = t.file_row_number ORDER BY t.file_row_number
) TO {target} (FORMAT parquet, COMPRESSION zstd)
