-- What is planted: the types and how they live, and the small tables of a tea shop.

-- name: types
-- Shares in thousandths. Days: `joins` as shares of the span, or `joined_within` days of its end; a customer leaves
-- `stays` days after coming or is `silent` that long before the end. `order`, `visit`, `task` and `voice` are the
-- bounds of a customer's own rhythm in days. Percentages: discounted, refunded, festive. `links`: to how many, at most.
CREATE TABLE types AS SELECT * FROM (VALUES
('regulars', 127, 0.0, 0.7, NULL, NULL, NULL, NULL, NULL, 14, 28, NULL, 12, 25, 10, 20, true, true, 'chat', 60, 120, 1, 2, 2, 20, 4, 30, 'good', 6),
('big_and_rare', 50, 0.0, 0.5, NULL, NULL, NULL, NULL, NULL, 75, 120, NULL, 25, 45, NULL, NULL, false, false, NULL, NULL, NULL, 2, 3, 3, 10, 3, 15, 'good', 2),
('small_and_frequent', 60, 0.0, 0.75, NULL, NULL, NULL, NULL, NULL, 4, 9, NULL, 10, 20, 8, 16, true, true, 'chat', 60, 120, 0, 1, 1, 20, 3, 30, 'good', 6),
('newcomers', 80, NULL, NULL, 59, NULL, NULL, NULL, NULL, 12, 30, NULL, 3, 8, 5, 10, true, false, NULL, NULL, NULL, 1, 2, 1, 30, 4, 30, 'poor', 4),
('drifting', 60, 0.0, 0.35, NULL, NULL, NULL, 45, 80, 14, 24, NULL, 12, 25, 12, 24, true, true, NULL, NULL, NULL, 1, 2, 2, 20, 5, 20, 'good', 5),
('lost', 100, 0.0, 0.12, NULL, NULL, NULL, 205, 400, 18, 40, NULL, 12, 25, NULL, NULL, false, false, NULL, NULL, NULL, 1, 2, 2, 20, 8, 20, 'poor', 5),
('one_timers', 100, 0.0, 0.85, NULL, 15, 45, NULL, NULL, 8, 8, 1, 8, 15, NULL, NULL, false, false, NULL, NULL, NULL, NULL, 2, 1, 40, 0, 0, 'poor', 1),
('browsers', 100, 0.0, 0.85, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 6, 14, 90, 150, false, false, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 'poor', 8),
('passers_by', 100, 0.0, 1.0, NULL, 0, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, false, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 'poor', 0),
('creators', 30, 0.0, 0.25, NULL, NULL, NULL, NULL, NULL, 25, 50, NULL, 6, 12, 8, 15, true, true, 'post', 3, 7, NULL, 2, 1, 15, 3, 20, 'mixed', 20),
('influencers', 10, 0.0, 0.1, NULL, NULL, NULL, NULL, NULL, 20, 40, NULL, 6, 12, 10, 20, true, true, 'post', 4, 8, NULL, 2, 1, 15, 3, 20, 'mixed', 20),
('bargain_hunters', 60, 0.0, 0.6, NULL, NULL, NULL, NULL, NULL, 18, 40, NULL, 8, 16, NULL, NULL, false, false, NULL, NULL, NULL, 0, 3, 2, 100, 35, 70, 'poor', 2),
('earners', 50, 0.0, 0.8, NULL, NULL, NULL, NULL, NULL, 50, 90, NULL, 14, 28, 3, 6, false, false, NULL, NULL, NULL, NULL, 2, 1, 30, 4, 10, 'mixed', 3),
('hoarders', 50, 0.0, 0.8, NULL, NULL, NULL, NULL, NULL, 40, 80, NULL, 14, 28, 4, 8, true, false, NULL, NULL, NULL, NULL, 2, 1, 30, 4, 10, 'mixed', 3),
('professionals', 20, 0.0, 0.5, NULL, NULL, NULL, NULL, NULL, 20, 40, NULL, 10, 20, NULL, NULL, false, false, 'advise', 6, 12, 2, 2, 1, 10, 2, 10, 'good', 8),
('staff', 3, 0.0, 0.05, NULL, NULL, NULL, NULL, NULL, 90, 150, NULL, 30, 60, NULL, NULL, false, false, NULL, NULL, NULL, 0, 1, 1, 0, 0, 0, 'staff', 0)
) AS t (type, share, joins_from, joins_to, joined_within, stays_low, stays_high, silent_low, silent_high,
    order_low, order_high, orders_most, visit_low, visit_high, task_low, task_high, claims, spends,
    voice, voice_low, voice_high, band, lines, pieces, discounted, refunded, festive, channels, links)

-- name: slots
-- A thousand slots, each of one type.
CREATE TABLE slots AS
SELECT unnest(range(upto - share, upto)) AS slot, * EXCLUDE (upto)
FROM (SELECT *, sum(share) OVER (ORDER BY rowid)::BIGINT AS upto FROM types)

-- name: channels
-- Where people of a class come from, in hundredths, and what one arrival costs in yuan.
CREATE TABLE channels AS
SELECT class, channel, unnest(range(upto - share, upto)) AS slot FROM (
    SELECT *, sum(share) OVER (PARTITION BY class ORDER BY place)::BIGINT AS upto FROM (VALUES
    (0, 'good', 'wechat', 35), (1, 'good', 'search', 25), (2, 'good', 'store', 20), (3, 'good', 'xiaohongshu', 12),
    (4, 'good', 'douyin', 8), (0, 'poor', 'douyin', 55), (1, 'poor', 'xiaohongshu', 20), (2, 'poor', 'search', 15),
    (3, 'poor', 'wechat', 5), (4, 'poor', 'store', 5), (0, 'mixed', 'xiaohongshu', 35), (1, 'mixed', 'wechat', 25),
    (2, 'mixed', 'douyin', 20), (3, 'mixed', 'search', 15), (4, 'mixed', 'store', 5), (0, 'staff', 'internal', 100)
    ) AS t (place, class, channel, share))

-- name: prices
-- What it costs to bring one customer in, in yuan.
CREATE TABLE prices AS SELECT * FROM (VALUES
('douyin', 6), ('store', 8), ('wechat', 12), ('referral', 15), ('xiaohongshu', 20), ('search', 35), ('internal', 0)
) AS t (channel, yuan)

-- name: cities
CREATE TABLE cities AS
SELECT city, province, unnest(range(upto - share, upto)) AS slot FROM (
    SELECT *, sum(share) OVER (ORDER BY place)::BIGINT AS upto FROM (VALUES
    (0, '上海', '上海', 14), (1, '北京', '北京', 12), (2, '广州', '广东', 8), (3, '深圳', '广东', 9), (4, '杭州', '浙江', 9),
    (5, '成都', '四川', 8), (6, '福州', '福建', 5), (7, '厦门', '福建', 5), (8, '泉州', '福建', 4), (9, '昆明', '云南', 4),
    (10, '重庆', '重庆', 5), (11, '武汉', '湖北', 4), (12, '南京', '江苏', 4), (13, '苏州', '江苏', 4), (14, '西安', '陕西', 3),
    (15, '长沙', '湖南', 2)) AS t (place, city, province, share))

-- name: goods
-- 288 products: category, brand, price band and variant are digits of the number.
CREATE TABLE goods AS
SELECT product, product_id(product) AS product_id, category, brand, price(product) AS price,
    brand || category || ['口粮', '精选', '典藏'][1 + (product // 2) % 3] || ['', '礼盒'][1 + product % 2] AS name
FROM (SELECT product,
    ['绿茶', '红茶', '乌龙茶', '普洱茶', '白茶', '花茶', '茶具', '茶点'][1 + product // 36] AS category,
    ['云岭', '山房', '听泉', '半日闲', '老铺', '松间'][1 + (product // 6) % 6] AS brand
    FROM range(288) AS t (product))

-- name: festivals
-- Days on which more is bought, counted from the first day; the Spring Festival is shopped for a week ahead.
CREATE TABLE festivals AS
SELECT row_number() OVER (ORDER BY day) AS number, day, pull FROM (
    SELECT day - getvariable('first_date') AS day, pull FROM (
        SELECT make_date(year, month, day) AS day, pull
        FROM range(2000, 2101) AS y (year), (VALUES (6, 18, 1.0), (11, 11, 1.3), (12, 12, 0.4)) AS f (month, day, pull)
        UNION ALL
        SELECT new_year::DATE - 7, 0.8 FROM (VALUES
        ('2020-01-25'), ('2021-02-12'), ('2022-02-01'), ('2023-01-22'), ('2024-02-10'), ('2025-01-29'), ('2026-02-17'),
        ('2027-02-06'), ('2028-01-26'), ('2029-02-13'), ('2030-02-03'), ('2031-01-23'), ('2032-02-11'), ('2033-01-31'),
        ('2034-02-19'), ('2035-02-08')) AS t (new_year))
) WHERE day > 2 AND day < getvariable('days')

-- name: steps
-- What happens in a session: within [low, high) of the draw of that number, after so many seconds, every so-manieth time.
CREATE TABLE steps AS SELECT * FROM (VALUES
('arrival', 0, 'exposure', 0, 1, 0.0, 1.0, 1, NULL, NULL, NULL, false),
('arrival', 1, 'click', 30, 1, 0.0, 0.6, 1, NULL, NULL, NULL, false),
('arrival', 2, 'register', 120, 2, 0.0, 1.0, 1, NULL, NULL, NULL, false),
('arrival', 3, 'login', 150, 3, 0.0, 1.0, 1, NULL, NULL, NULL, false),
('arrival', 4, 'join', 300, 4, 0.0, 0.3, 1, NULL, NULL, NULL, false),
('passing', 0, 'exposure', 0, 1, 0.0, 0.8, 1, NULL, NULL, NULL, false),
('passing', 1, 'view', 0, 1, 0.8, 1.0, 1, 2, 40, NULL, true),
('passing', 2, 'view', 60, 2, 0.0, 0.3, 1, 2, 40, NULL, true),
('order', 0, 'search', 0, 1, 0.0, 0.4, 1, NULL, NULL, NULL, false),
('order', 1, 'view', 60, 2, 0.0, 1.0, 1, 20, 240, NULL, true),
('order', 2, 'view', 360, 3, 0.0, 0.5, 1, 20, 240, NULL, true),
('order', 3, 'cart', 720, 4, 0.0, 0.9, 1, NULL, NULL, NULL, true),
('order', 4, 'purchase', 0, 5, 0.0, 1.0, 1, NULL, NULL, NULL, true),
('order', 5, 'praise', 1860, 6, 0.0, 0.08, 1, NULL, NULL, NULL, true),
('order', 6, 'refer', 1980, 7, 0.0, 0.03, 1, NULL, NULL, NULL, true),
('visit', 0, 'exposure', 0, 1, 0.0, 0.3, 1, NULL, NULL, NULL, false),
('visit', 1, 'login', 30, 2, 0.0, 0.6, 1, NULL, NULL, NULL, false),
('visit', 2, 'search', 60, 3, 0.0, 0.35, 1, NULL, NULL, NULL, false),
('visit', 3, 'view', 120, 4, 0.0, 1.0, 1, 10, 240, NULL, true),
('visit', 4, 'view', 420, 5, 0.0, 0.5, 1, 10, 240, NULL, true),
('visit', 5, 'favourite', 540, 6, 0.0, 0.1, 1, NULL, NULL, NULL, true),
('visit', 6, 'cart', 600, 7, 0.0, 0.12, 1, NULL, NULL, NULL, true),
('visit', 7, 'watch', 720, 8, 0.0, 0.08, 1, 60, 900, NULL, false),
('visit', 8, 'tip', 900, 8, 0.0, 0.01, 1, NULL, NULL, 5, false),
('task', 0, 'checkin', 0, 1, 0.0, 0.7, 1, NULL, NULL, 10, false),
('task', 1, 'task', 0, 1, 0.7, 1.0, 1, NULL, NULL, 10, false),
('task', 2, 'claim_points', 600, 2, 0.0, 1.0, 5, NULL, NULL, 50, false),
('task', 3, 'spend_points', 1200, 3, 0.0, 1.0, 10, NULL, NULL, 80, false),
('post', 0, 'post', 0, 1, 0.0, 0.6, 1, 120, 900, NULL, false),
('post', 1, 'comment', 0, 1, 0.6, 0.8, 1, 20, 120, NULL, false),
('post', 2, 'answer', 0, 1, 0.8, 1.0, 1, 60, 300, NULL, false),
('advise', 0, 'answer', 0, 1, 0.0, 0.75, 1, 60, 300, NULL, false),
('advise', 1, 'comment', 0, 1, 0.75, 1.0, 1, 20, 120, NULL, false),
('chat', 0, 'comment', 0, 1, 0.0, 0.8, 1, 20, 120, NULL, false),
('chat', 1, 'praise', 0, 1, 0.8, 1.0, 1, NULL, NULL, NULL, false)
) AS t (kind, step, event, after_s, draw_number, low, high, every, seconds_low, seconds_high, value, shows)
