-- How often each customer did each event on each local day, kept beside the events in the transactions that change them.

-- name: tables
CREATE TABLE IF NOT EXISTS lake.customer_numbers (customer_id VARCHAR, "number" INTEGER);
CREATE TABLE IF NOT EXISTS lake.event_days ("number" INTEGER, "event" VARCHAR, "day" INTEGER, times INTEGER);
CREATE TABLE IF NOT EXISTS lake.event_days_zone ("zone" VARCHAR);

-- name: there
SELECT count(*) FROM duckdb_tables() WHERE database_name = 'lake' AND table_name = 'event_days_zone';

-- name: zone
SELECT "zone" FROM lake.event_days_zone;

-- name: forget
DELETE FROM lake.event_days_zone;

-- name: empty
DELETE FROM lake.event_days;

-- name: note_zone
INSERT INTO lake.event_days_zone VALUES (?);

-- name: dated
-- The rows of a relation by customer, event and local day.
CREATE OR REPLACE TEMP VIEW dated AS {days};

-- name: range
SELECT min(occurred_at), max(occurred_at) FROM {rows};

-- name: leaving
-- The rows that are about to be replaced.
CREATE OR REPLACE TEMP TABLE leaving AS
SELECT customer_id, "event", occurred_at FROM lake.events WHERE {key} IN (SELECT {key} FROM changed WHERE NOT fresh);

-- name: stirred
-- The days of which rows went.
CREATE OR REPLACE TEMP TABLE stirred AS SELECT DISTINCT customer_id, "event", "day" FROM dated WHERE customer_id IS NOT NULL;

-- name: nothing_stirred
CREATE OR REPLACE TEMP TABLE stirred (customer_id VARCHAR, "event" VARCHAR, "day" INTEGER);

-- name: near
-- The events of some days and a little more: files of other days are not opened.
(SELECT * FROM lake.events WHERE occurred_at BETWEEN {since} AND {until})

-- name: number
INSERT INTO lake.customer_numbers
SELECT customer_id, CAST(row_number() OVER () - 1 + (SELECT coalesce(max("number") + 1, 0) FROM lake.customer_numbers) AS INTEGER)
FROM (SELECT DISTINCT customer_id FROM dated WHERE customer_id IS NOT NULL) AS seen
WHERE customer_id NOT IN (SELECT customer_id FROM lake.customer_numbers);

-- name: uncount
DELETE FROM lake.event_days WHERE ("number", "event", "day") IN (
    SELECT n."number", s."event", s."day" FROM stirred AS s JOIN lake.customer_numbers AS n ON n.customer_id = s.customer_id
);

-- name: count
-- One row per customer, event and day of `dated`.
INSERT INTO lake.event_days
SELECT n."number", d."event", d."day", CAST(count(*) AS INTEGER)
FROM dated AS d JOIN lake.customer_numbers AS n ON n.customer_id = d.customer_id {of}
GROUP BY n."number", d."event", d."day" ORDER BY d."event", d."day";

-- name: stirred_only
SEMI JOIN stirred AS s ON s.customer_id = d.customer_id AND s."event" = d."event" AND s."day" = d."day"

-- name: others_only
ANTI JOIN stirred AS s ON s.customer_id = d.customer_id AND s."event" = d."event" AND s."day" = d."day"
