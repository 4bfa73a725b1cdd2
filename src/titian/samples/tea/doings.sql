-- What the people of one part do: sessions by their rhythms, what they buy in them, and whom they follow.

-- name: sessions
-- One row per session. Occurrence k of a rhythm falls on gap × (k + ½ ± jitter): ordered, and each by itself.
-- Drifting customers live at half their pace after the turn. Orders from k = 100,000 up are those of festivals.
-- `number` is k with the rhythm's own digit: one for each session of a customer, and what chance goes by.
CREATE OR REPLACE TEMP TABLE sessions AS
WITH rhythms AS (
    SELECT i, scene, first_day, last_day, turn, unnest([
        {'kind': 'order', 'digit': 1, 'gap': order_gap, 'most': coalesce(orders_most, 1000000), 'jitter': 0.35},
        {'kind': 'visit', 'digit': 2, 'gap': visit_gap, 'most': 1000000, 'jitter': 0.45},
        {'kind': 'task', 'digit': 3, 'gap': task_gap, 'most': 1000000, 'jitter': 0.4},
        {'kind': voice, 'digit': 4, 'gap': voice_gap, 'most': 1000000, 'jitter': 0.45}
    ], recursive := true)
    FROM people WHERE registered_s IS NOT NULL
),
beats AS (
    SELECT *, unnest(range(0, least(most, 1 + floor((last_day - first_day) / gap)::BIGINT))) AS k
    FROM rhythms WHERE gap IS NOT NULL
),
placed AS (
    SELECT i, scene, kind, k, k * 10 + digit AS number, first_day, last_day,
        first_day + 1 + floor(CASE WHEN x > turn THEN turn + 2 * (x - turn) ELSE x END)::BIGINT AS day
    FROM (SELECT *, gap * (k + 0.5 + jitter * (2 * draw(i, 'beat', k * 10 + digit) - 1)) AS x FROM beats)
    UNION ALL
    SELECT p.i, p.scene, 'order', 100000 + f.number, (100000 + f.number) * 10 + 1, p.first_day, p.last_day, f.day - upto(p.i, 'ahead of festival', f.number, 3)
    FROM people AS p JOIN festivals AS f ON f.day > p.first_day + 3 AND f.day <= p.last_day
    WHERE p.order_gap IS NOT NULL AND p.orders_most IS NULL AND draw(p.i, 'festival', f.number) * 100 < p.festive * f.pull
),
timed AS (
    SELECT i, kind, k, number, scene, CASE WHEN scene = 'weekend' AND k < 100000 AND draw(i, 'at weekend', number) < 0.9
        THEN to_weekend(day, first_day + 1, last_day, upto(i, 'on sunday', number, 2)) ELSE day END AS day
    FROM placed WHERE day <= last_day
)
SELECT i, kind, k, number, day, instant(day, second_of_day(scene, i, 'session', number)) AS start_s FROM timed
UNION ALL
SELECT i, CASE WHEN registered_s IS NULL THEN 'passing' ELSE 'arrival' END, 0, 0, first_day, seen_s FROM people

-- name: orders
-- One row per order, before its money; statuses and refunds by type.
CREATE OR REPLACE TEMP TABLE placed_orders AS
SELECT *, CASE WHEN status = 'paid' AND draw(i, 'refund', k) * 100 < refunded THEN 2 + upto(i, 'refund after', k, 6) END AS refund_days
FROM (
    SELECT s.i, s.k, s.day, s.start_s + paying(s.i, s.k) AS ordered_s, p.customer_id || 'o' || s.k AS order_id,
        p.lines, p.pieces, p.category, p.brand, p.price_band, p.refunded,
        CASE WHEN p.type = 'one_timers' OR draw(s.i, 'status', s.k) < 0.93 THEN 'paid'
            WHEN draw(s.i, 'status', s.k) < 0.97 THEN 'unpaid' ELSE 'cancelled' END AS status,
        CASE WHEN p.discounted = 100 THEN 10 + upto(s.i, 'discount', s.k, 31)
            WHEN draw(s.i, 'discounted', s.k) * 100 < p.discounted + CASE WHEN s.k >= 100000 THEN 50 ELSE 0 END
            THEN 5 + upto(s.i, 'discount', s.k, 16) ELSE 0 END AS percent_off
    FROM sessions AS s JOIN people AS p USING (i) WHERE s.kind = 'order'
)

-- name: items
CREATE OR REPLACE TEMP TABLE items AS
SELECT i, k, order_id, line, 1 + upto(i, 'pieces', k * 10 + line, pieces) AS quantity,
    product(i, k * 10 + line, category, brand, price_band) AS product
FROM (SELECT *, unnest(range(0, 1 + upto(i, 'lines', k, lines))) AS line FROM placed_orders)

-- name: totals
-- Yuan of each order before its discount.
CREATE OR REPLACE TEMP TABLE totals AS
SELECT i, k, sum(quantity * price)::BIGINT AS yuan FROM items JOIN goods USING (product) GROUP BY ALL

-- name: links
-- Whom they follow, like, answer and share: stars, the famous far more often; each is followed once.
CREATE OR REPLACE TEMP TABLE bonds AS
WITH wished AS (
    SELECT *, unnest(range(0, upto(i, 'links', 0, links + 1))) AS k FROM people WHERE links > 0
),
chosen AS (
    SELECT w.i, w.k, w.customer_id, w.scene, s.i AS star, greatest(w.first_day, s.first_day) + 1 AS since, w.last_day,
        upto(w.i, 'link kind', w.k, 100) AS lot
    FROM wished AS w
    JOIN stars AS s ON s.position = floor(getvariable('stars') * draw(w.i, 'star', w.k + 1) * draw(w.i, 'star', w.k + 1))::BIGINT
    WHERE s.i <> w.i
),
dated AS (
    SELECT *, since + upto(i, 'link day', k, last_day - since + 1) AS day,
        CASE WHEN lot < 45 THEN 'follow' WHEN lot < 75 THEN 'like' WHEN lot < 92 THEN 'reply' ELSE 'share' END AS kind
    FROM chosen WHERE since <= last_day
)
SELECT i, k, customer_id, star, kind, day, instant(day, second_of_day(scene, i, 'link', k)) AS linked_s FROM dated
QUALIFY kind <> 'follow' OR row_number() OVER (PARTITION BY i, star, kind ORDER BY k) = 1

-- name: invites
-- Invites that were taken, in vain, to oneself, and in a circle of two; the last two are few and should count nothing.
CREATE OR REPLACE TEMP TABLE calls AS
SELECT 'v' || i AS call, inviter, i AS invitee,
    greatest(inviter_registered_s + 60, registered_s - 3600 - upto(i, 'invited before', 0, 259200)) AS invited_s,
    registered_s AS joined_s
FROM people WHERE inviter IS NOT NULL
UNION ALL
SELECT 'n' || i || '-' || k, i, NULL, instant(first_day + 1 + upto(i, 'vain day', k, last_day - first_day), second_of_day(scene, i, 'vain', k)), NULL
FROM (SELECT *, unnest(range(0, floor(CASE type WHEN 'influencers' THEN 6 ELSE 2 END / sqrt(draw(i, 'vain', 0) + 0.01))::BIGINT)) AS k
    FROM people WHERE position >= 0)
UNION ALL
SELECT 's' || i, i, i, registered_s + 3600, registered_s + 7200 FROM people WHERE position % 40 = 7
UNION ALL
SELECT 'r' || a.i || '-' || b.i, unnest([a.i, b.i]), unnest([b.i, a.i]), unnest([later, later + 86400]), unnest([later + 600, later + 87000])
FROM (SELECT p.i, s.i AS other, greatest(p.registered_s, s.registered_s) + 3600 AS later
    FROM people AS p JOIN stars AS s ON s.position = p.position + 1 WHERE p.position % 40 = 11) AS a
JOIN stars AS b ON b.i = a.other
