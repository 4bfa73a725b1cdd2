-- The canonical tables of one part, in the order in which they are written, and the truth about its people.

-- name: customers
SELECT customer_id,
    CASE WHEN type = 'staff' THEN '测试账号' || i WHEN registered_s IS NOT NULL
        THEN ['林', '陈', '黄', '张', '李', '王', '吴', '刘', '周', '许', '杨', '沈'][1 + upto(i, 'name', 0, 12)]
        || ['小满', '谷雨', '白露', '清和', '知夏', '听澜', '若水', '云舒', '景行', '思远', '安之', '半夏'][1 + upto(i, 'name', 1, 12)]
        END AS name,
    utc(seen_s) AS first_seen_at, utc(registered_s) AS registered_at,
    'S' || (1 + upto(i, 'store', 0, 3)) AS store_id, channel,
    CASE WHEN registered_s IS NULL OR draw(i, 'gender', 0) >= 0.95 THEN NULL
        WHEN draw(i, 'gender', 0) < 0.58 THEN 'female' ELSE 'male' END AS gender,
    CASE WHEN registered_s IS NOT NULL AND draw(i, 'birth', 0) < 0.9
        THEN getvariable('first_date') - (18 * 366 + upto(i, 'birth day', 0, 45 * 365))::INTEGER END AS birth_date,
    CASE WHEN moved_day IS NULL THEN home ELSE later END AS city,
    CASE WHEN moved_day IS NULL THEN home_province ELSE later_province END AS province, '中国' AS country,
    CASE WHEN type = 'professionals'
        THEN ['茶艺师', '评茶员', '营养师', '医师'][1 + upto(i, 'profession', 0, 4)] END AS profession,
    CASE WHEN registered_s IS NOT NULL AND draw(i, 'email', 0) < 0.6 THEN customer_id || '@example.com' END AS email,
    CASE WHEN registered_s IS NOT NULL THEN '100' || lpad(i::VARCHAR, 8, '0') END AS phone
FROM people ORDER BY i

-- name: customer_changes
-- Moves from one city to another, and professions verified.
SELECT * FROM (
    SELECT customer_id || '-city-0' AS change_id, customer_id, 'city' AS attribute, home AS value, utc(registered_s) AS changed_at
    FROM people WHERE moved_day IS NOT NULL
    UNION ALL
    SELECT customer_id || '-city-1', customer_id, 'city', later, utc(instant(moved_day, 0)) FROM people WHERE moved_day IS NOT NULL
    UNION ALL
    SELECT customer_id || '-profession', customer_id, 'profession',
        ['茶艺师', '评茶员', '营养师', '医师'][1 + upto(i, 'profession', 0, 4)],
        utc(instant(first_day + 1 + upto(i, 'verified', 0, 20), 36000))
    FROM people WHERE type = 'professionals'
) ORDER BY change_id

-- name: orders
SELECT o.order_id, id_of(o.i) AS customer_id, utc(o.ordered_s) AS ordered_at,
    ((t.yuan * (100 - o.percent_off))::DECIMAL(18, 0) * 0.01)::DECIMAL(18, 4) AS amount,
    CASE WHEN r.refunded_s IS NULL THEN 0 WHEN draw(o.i, 'refund whole', o.k) < 0.7
        THEN ((t.yuan * (100 - o.percent_off))::DECIMAL(18, 0) * 0.01)::DECIMAL(18, 4)
        ELSE ((t.yuan * (100 - o.percent_off) // 2)::DECIMAL(18, 0) * 0.01)::DECIMAL(18, 4) END::DECIMAL(18, 4) AS refunded_amount,
    utc(r.refunded_s) AS refunded_at, o.status, 'S' || (1 + upto(o.i, 'store', 0, 3)) AS store_id,
    ['app', 'mini_program', 'store'][1 + upto(o.i, 'order channel', 0, 3)] AS channel,
    ((t.yuan * 55)::DECIMAL(18, 0) * 0.01)::DECIMAL(18, 4) AS cost,
    ((t.yuan * o.percent_off)::DECIMAL(18, 0) * 0.01)::DECIMAL(18, 4) AS discount
FROM placed_orders AS o JOIN totals AS t USING (i, k)
CROSS JOIN LATERAL (SELECT CASE WHEN o.day + o.refund_days < getvariable('days') THEN o.ordered_s + o.refund_days * 86400 - 3600 END AS refunded_s) AS r
ORDER BY o.i, o.ordered_s, o.order_id

-- name: order_items
SELECT order_id || '-' || line AS item_id, order_id, g.product_id, g.name AS product, g.category, g.brand,
    quantity::DOUBLE AS quantity, g.price::DECIMAL(18, 4) AS unit_price
FROM items JOIN goods AS g USING (product) ORDER BY i, k, line

-- name: events
-- The steps of every session, what was done to others, and invites.
WITH happened AS (
    SELECT s.i, s.kind, s.k, s.number, s.day, t.step, t.event,
        s.start_s + t.after_s + CASE t.event WHEN 'purchase' THEN paying(s.i, s.k) ELSE 0 END AS at_s,
        t.seconds_low, t.seconds_high, t.value, t.shows, draw(s.i, 'step', s.number * 10 + t.draw_number) AS lot, t.low, t.high
    FROM sessions AS s JOIN steps AS t ON t.kind = s.kind AND s.k % t.every = t.every - 1
),
told AS (
    SELECT p.customer_id, p.customer_id || 's' || h.number AS session_id, h.step, h.i, h.event, h.at_s, h.seconds_low, h.seconds_high, h.value,
        CASE WHEN h.shows THEN product_id(product(h.i, h.k * 10 + CASE WHEN h.kind = 'order' THEN 0 ELSE h.step END, p.category, p.brand, p.price_band)) END AS product_id,
        CASE WHEN h.day >= p.moved_day OR draw(h.i, 'away', h.number) < 0.03 THEN p.later ELSE p.home END AS city,
        CASE WHEN h.event = 'search' THEN '{"keyword": "' || ['绿茶', '红茶', '乌龙茶', '普洱茶', '白茶', '花茶', '茶具', '茶点'][1 + p.category] || '"}' END AS properties
    FROM happened AS h JOIN people AS p USING (i)
    LEFT JOIN (SELECT i, k * 10 + 1 AS number, status FROM placed_orders WHERE status <> 'paid') AS o
        ON o.i = h.i AND o.number = h.number
    WHERE h.lot >= h.low AND h.lot < h.high AND (o.status IS NULL OR h.event NOT IN ('purchase', 'praise', 'refer'))
        AND (h.event <> 'claim_points' OR p.claims) AND (h.event <> 'spend_points' OR p.spends)
    UNION ALL
    SELECT b.customer_id, b.customer_id || 'l' || b.k, 0, b.i, CASE b.kind WHEN 'reply' THEN 'comment' ELSE b.kind END, b.linked_s,
        NULL, NULL, NULL, NULL, p.home, NULL
    FROM bonds AS b JOIN people AS p USING (i)
    UNION ALL
    SELECT id_of(c.inviter), id_of(c.inviter) || 'i' || c.call, 0, c.inviter, 'invite', c.invited_s, NULL, NULL, NULL, NULL, NULL, NULL
    FROM calls AS c
)
SELECT session_id || '.' || step AS event_id, customer_id, event, utc(at_s) AS occurred_at, session_id,
    ['app', 'mini_program', 'web'][1 + upto(i, 'event channel', at_s // 86400, 3)] AS channel,
    (seconds_low + upto(i, 'seconds', at_s, seconds_high - seconds_low))::DOUBLE AS duration_s,
    product_id, value::DOUBLE AS value, city, properties
FROM told ORDER BY i, at_s, session_id, step

-- name: links
SELECT customer_id || '-' || k AS link_id, customer_id AS from_id, id_of(star) AS to_id, kind, utc(linked_s) AS linked_at,
    CASE kind WHEN 'like' THEN 0.2 WHEN 'reply' THEN 0.5 ELSE 1.0 END::DOUBLE AS weight
FROM bonds ORDER BY i, k

-- name: invites
SELECT call || CASE WHEN left(call, 1) = 'r' THEN '-' || inviter ELSE '' END AS invite_id, id_of(inviter) AS inviter_id,
    id_of(invitee) AS invitee_id, utc(invited_s) AS invited_at, utc(joined_s) AS joined_at,
    ['wechat', 'link', 'poster'][1 + upto(inviter, 'invite channel', invited_s, 3)] AS channel
FROM calls ORDER BY invite_id

-- name: answers
-- What some buyers said a few days after an order: those who sent it back are not pleased.
SELECT order_id || '-a' AS answer_id, 'after_order' AS survey_id, id_of(i) AS customer_id, utc(answered_s) AS answered_at,
    score::DOUBLE AS score,
    CASE WHEN draw(i, 'says why', k) < 0.5 THEN ['味道不对，退了', '包装破了', '一般，价格偏高', '不错，会再买', '很香，家里人都喜欢'][score] END AS text,
    'after_order' AS moment
FROM (
    SELECT i, k, order_id, ordered_s + 86400 * (2 + upto(i, 'answer after', k, 4)) AS answered_s,
        CASE WHEN refund_days IS NULL THEN 3 + least(2, upto(i, 'score', k, 4)) ELSE 1 + upto(i, 'score', k, 2) END AS score
    FROM placed_orders WHERE status = 'paid' AND day + 6 < getvariable('days') AND draw(i, 'answers', k) < 0.12
) ORDER BY i, answered_s, order_id

-- name: identities
-- By what other systems know the registered.
SELECT source || '-' || customer_id AS identity_id, source, prefix || lower(hex(hash(customer_id || source))) AS source_id, customer_id
FROM people, (VALUES ('wecom', 'wm', 0.6), ('mini_program', 'o', 0.7)) AS s (source, prefix, share)
WHERE registered_s IS NOT NULL AND draw(i, source, 0) < share ORDER BY i, source

-- name: truth
SELECT customer_id, type,
    CASE WHEN task_gap IS NULL THEN NULL WHEN spends THEN 'loyal' WHEN claims THEN 'balance_never_spends'
        WHEN task_gap < 60 THEN 'earning_not_claiming' ELSE 'active_earning_little' END AS points_layer,
    getvariable('first_date') + first_day::INTEGER AS first_day, getvariable('first_date') + last_day::INTEGER AS last_day,
    CASE WHEN type IN ('lost', 'one_timers') AND last_day < getvariable('days') - 1 THEN utc(instant(last_day + 1, 0)) END AS churned_at,
    order_gap AS order_gap_days, visit_gap AS visit_gap_days, task_gap AS task_gap_days, voice_gap AS voice_gap_days,
    CASE WHEN turn IS NOT NULL THEN getvariable('first_date') + (first_day + 1 + turn)::INTEGER END AS turned_day,
    scene, ['绿茶', '红茶', '乌龙茶', '普洱茶', '白茶', '花茶', '茶具', '茶点'][1 + category] AS favourite_category,
    ['云岭', '山房', '听泉', '半日闲', '老铺', '松间'][1 + brand] AS favourite_brand,
    ['low', 'middle', 'high'][1 + price_band] AS price_band, channel, id_of(inviter) AS inviter_id,
    CASE WHEN position >= 0 THEN position END AS fame,
    position % 40 = 7 OR position % 40 = 11 OR position % 40 = 12 AS invites_in_circle
FROM people ORDER BY i

-- name: costs
-- What it cost to bring people in, by whom it brought, and to keep in touch with those who were there.
WITH days AS (SELECT unnest(range(0, getvariable('days'))) AS day),
acquired AS (SELECT day, channel, sum(customers)::BIGINT AS customers FROM arrivals GROUP BY ALL),
spent AS (
    SELECT d.day, p.channel, 'acquire' AS kind, coalesce(a.customers, 0) * p.yuan * (90 + upto(d.day, 'cost of ' || p.channel, 0, 21)) AS cents
    FROM days AS d CROSS JOIN prices AS p LEFT JOIN acquired AS a ON a.day = d.day AND a.channel = p.channel WHERE p.yuan > 0
    UNION ALL
    SELECT d.day, c.channel, 'retain', (getvariable('customers') * c.tenths * (90 + upto(d.day, 'cost of ' || c.channel, 0, 21))) // 1000
    FROM days AS d CROSS JOIN (VALUES ('sms', 30), ('wecom', 20), ('push', 5)) AS c (channel, tenths)
)
SELECT strftime(getvariable('first_date') + day::INTEGER, '%Y%m%d') || '-' || kind || '-' || channel AS cost_id,
    getvariable('first_date') + day::INTEGER AS day, channel, kind, (cents::DECIMAL(18, 0) * 0.01)::DECIMAL(18, 4) AS amount
FROM spent WHERE cents > 0 ORDER BY day, kind, channel
