-- Who there is: customers by number with their planted parameters, and those whom others follow.

-- name: person
-- The parameters of customers first … last − 1. Days are local, counted from the first day of the span.
CREATE MACRO person(first, last) AS TABLE
WITH typed AS (
    SELECT i, t.* FROM (SELECT i, upto(i, 'type', 0, 1000) AS slot FROM range(first, last) AS r (i))
    JOIN slots AS t USING (slot)
),
arrived AS (
    SELECT *, CASE WHEN joined_within IS NOT NULL
        THEN getvariable('days') - joined_within + upto(i, 'arrival', 0, joined_within - 3)
        ELSE floor(within(i, 'arrival', 0, joins_from, joins_to) * (getvariable('days') - 2))::BIGINT END AS first_day
    FROM typed
),
lived AS (
    SELECT *, CASE
        WHEN stays_high IS NOT NULL
            THEN least(getvariable('days') - 1, first_day + stays_low + upto(i, 'stay', 0, stays_high - stays_low))
        WHEN silent_low IS NOT NULL THEN getvariable('days') - 1
            - floor(within(i, 'silence', 0, silent_low, least(silent_high, greatest(silent_low, getvariable('days') * 0.55))))::BIGINT
        ELSE getvariable('days') - 1 END AS last_day,
        CASE WHEN type = 'staff' THEN 'staff' ELSE ['morning', 'morning', 'morning', 'lunch', 'lunch', 'lunch', 'night', 'night',
            'night', 'weekend', 'weekend', 'weekend', 'weekend', 'evening', 'evening', 'evening', 'evening', 'evening',
            'evening', 'evening'][1 + upto(i, 'scene', 0, 20)] END AS scene
    FROM arrived
),
rhythmic AS (
    SELECT *, instant(first_day, second_of_day(scene, i, 'arrival', 0)) AS seen_s,
        within(i, 'order gap', 0, order_low, order_high) AS order_gap, within(i, 'visit gap', 0, visit_low, visit_high) AS visit_gap,
        within(i, 'task gap', 0, task_low, task_high) AS task_gap, within(i, 'voice gap', 0, voice_low, voice_high) AS voice_gap,
        upto(i, 'favourite category', 0, 8) AS category, upto(i, 'favourite brand', 0, 6) AS brand,
        coalesce(band, upto(i, 'favourite band', 0, 3)) AS price_band
    FROM lived
)
SELECT * EXCLUDE (slot, share, joins_from, joins_to, joined_within, stays_low, stays_high, silent_low, silent_high,
        order_low, order_high, visit_low, visit_high, task_low, task_high, voice_low, voice_high, band),
    CASE WHEN type <> 'passers_by' THEN seen_s + 120 END AS registered_s,
    CASE WHEN type = 'drifting' THEN greatest(40, last_day - first_day - 110) END AS turn
FROM rhythmic

-- name: stars
-- Whom others follow and are invited by, the most followed first: influencers, creators, then a few early customers.
CREATE TABLE stars AS
SELECT row_number() OVER (ORDER BY grade, lot, i) - 1 AS position, * EXCLUDE (grade, lot) FROM (
    SELECT i, type, first_day, registered_s, draw(i, 'fame', 0) AS lot,
        CASE type WHEN 'influencers' THEN 0 WHEN 'creators' THEN 1 ELSE 2 END AS grade
    FROM person(0, getvariable('customers'))
    WHERE type IN ('influencers', 'creators') OR (type IN ('regulars', 'small_and_frequent')
        AND first_day < getvariable('days') * 0.25 AND draw(i, 'star', 0) < 0.05))

-- name: people
-- The customers of one part with who invited them, where they came from and where they live.
CREATE OR REPLACE TEMP TABLE people AS
WITH invited AS (
    SELECT p.*, s.i AS inviter, s.registered_s AS inviter_registered_s
    FROM (
        SELECT *, CASE WHEN registered_s IS NOT NULL AND type <> 'staff' AND draw(i, 'invited', 0) < 0.3
            THEN floor(getvariable('stars') * draw(i, 'inviter', 0) * draw(i, 'inviter', 0) * draw(i, 'inviter', 0))::BIGINT
            END AS wanted
        FROM person(getvariable('first'), getvariable('last'))) AS p
    LEFT JOIN stars AS s ON s.position = p.wanted AND s.first_day < p.first_day
),
moved AS (
    SELECT *, CASE WHEN registered_s IS NOT NULL AND last_day > first_day + 30 AND draw(i, 'moves', 0) < 0.05
        THEN first_day + 15 + upto(i, 'moving', 0, last_day - first_day - 15) END AS moved_day,
        id_of(i) AS customer_id
    FROM invited
)
SELECT p.* EXCLUDE (wanted), h.city AS home, h.province AS home_province, n.city AS later, n.province AS later_province,
    CASE WHEN p.inviter IS NULL THEN c.channel ELSE 'referral' END AS channel,
    coalesce(s.position, -1) AS position
FROM moved AS p
JOIN cities AS h ON h.slot = upto(p.i, 'home', 0, 100)
JOIN cities AS n ON n.slot = upto(p.i, 'home', 1, 100)
JOIN channels AS c ON c.class = p.channels AND c.slot = upto(p.i, 'channel', 0, 100)
LEFT JOIN stars AS s ON s.i = p.i
ORDER BY p.i

-- name: arrivals
-- How many came on each day over each channel, counted part by part.
CREATE TABLE arrivals (day BIGINT, channel VARCHAR, customers BIGINT)

-- name: count_arrivals
INSERT INTO arrivals SELECT first_day, channel, count(*) FROM people GROUP BY ALL
