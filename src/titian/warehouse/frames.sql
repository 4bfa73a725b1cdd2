-- Frames handed in from Python, on their way to the canonical tables.

-- name: describe
DESCRIBE SELECT * FROM {relation}

-- name: head
SELECT {cells} FROM {relation} LIMIT {limit}

-- name: keep
CREATE OR REPLACE TEMP TABLE "handed in" AS SELECT {columns} FROM {relation}

-- name: table
CREATE OR REPLACE TABLE main.{table} AS SELECT {columns} FROM {shaped}

