-- Macros: chance as a pure function of who, what for, the how-manieth and the seed; local days and hours as instants.
-- Arithmetic only, no logarithm or sine, so that every machine gets the same bits.

-- name: draw
-- Uniform in [0, 1).
CREATE MACRO draw(who, purpose, number) AS
(hash(hash(who::BIGINT, purpose, number::BIGINT, getvariable('seed'))) >> 11)::DOUBLE * 1.1102230246251565e-16

-- name: upto
-- A whole number in 0 … bound − 1.
CREATE MACRO upto(who, purpose, number, bound) AS floor(draw(who, purpose, number) * bound)::BIGINT

-- name: within
-- A number between low and high.
CREATE MACRO within(who, purpose, number, low, high) AS low + draw(who, purpose, number) * (high - low)

-- name: instant
-- The UTC second of a second of a local day, counted from the first day.
CREATE MACRO instant(day, second) AS (getvariable('start_s') + day * 86400 + second)
- getvariable('offsets')[1 + len(list_filter(getvariable('thresholds'),
    lambda t: t <= getvariable('start_s') + day * 86400 + second))]

-- name: utc
-- UTC seconds as the engine's instants.
CREATE MACRO utc(seconds) AS make_timestamp(seconds * 1000000)

-- name: second_of_day
-- When a session starts: in the hours of the customer's scene, now and then in others; 35 minutes of its hour are left.
CREATE MACRO second_of_day(scene, who, purpose, number) AS
upto(who, purpose || ' minute', number, 1500) + 3600 * (CASE
    WHEN scene = 'staff' OR draw(who, purpose || ' usual', number) >= 0.85 THEN 8 + upto(who, purpose || ' hour', number, 15)
    WHEN scene = 'morning' THEN 6 + upto(who, purpose || ' hour', number, 4)
    WHEN scene = 'lunch' THEN 11 + upto(who, purpose || ' hour', number, 3)
    WHEN scene = 'night' THEN (22 + upto(who, purpose || ' hour', number, 4)) % 24
    WHEN scene = 'weekend' THEN 9 + upto(who, purpose || ' hour', number, 13)
    ELSE 18 + upto(who, purpose || ' hour', number, 4) END)

-- name: weekday
-- 0 is Monday.
CREATE MACRO weekday(day) AS (getvariable('start_weekday') + day) % 7

-- name: to_weekend
-- The Saturday or Sunday of the day's week, as far as it lies within the customer's days.
CREATE MACRO to_weekend(day, first, last, sunday) AS CASE
    WHEN weekday(day) >= 5 THEN day
    WHEN day + 5 - weekday(day) + sunday <= last THEN day + 5 - weekday(day) + sunday
    WHEN day - 2 - weekday(day) >= first THEN day - 2 - weekday(day)
    ELSE day END

-- name: id_of
CREATE MACRO id_of(i) AS 'c' || lpad(i::VARCHAR, 8, '0')

-- name: price
-- Yuan, of a product.
CREATE MACRO price(product) AS
[12, 58, 268][1 + (product // 2) % 3] + upto(product, 'price', 0, [27, 81, 621][1 + (product // 2) % 3])

-- name: product
-- What a customer looks at or buys: mostly of their favourite category, brand and price band.
CREATE MACRO product(who, number, category, brand, band) AS
((CASE WHEN draw(who, 'of category', number) < 0.75 THEN category ELSE upto(who, 'category', number, 8) END * 6
+ CASE WHEN draw(who, 'of brand', number) < 0.7 THEN brand ELSE upto(who, 'brand', number, 6) END) * 3
+ CASE WHEN draw(who, 'of band', number) < 0.93 THEN band ELSE upto(who, 'band', number, 3) END) * 2
+ upto(who, 'variant', number, 2)

-- name: product_id
CREATE MACRO product_id(product) AS 'P' || lpad(product::VARCHAR, 3, '0')

-- name: paying
-- Seconds from the start of an order's session to the order.
CREATE MACRO paying(who, number) AS 1200 + upto(who, 'paying', number, 600)
