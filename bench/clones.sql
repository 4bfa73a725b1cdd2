-- CDNOW as published: one fixed-width line an order.
CREATE OR REPLACE TEMP TABLE published AS
SELECT
    trim(line[1:6]) AS customer,
    strptime(trim(line[7:15]), '%Y%m%d') AS day,
    CAST(trim(line[19:]) AS DOUBLE) AS dollars
FROM read_csv($path, header = false, columns = {'line': 'VARCHAR'}, delim = '', quote = '', skip = 1, auto_detect = false)
WHERE trim(line) <> '';

-- Each clone moves every order by up to three days and some seconds, and its amount by up to a fifth.
CREATE OR REPLACE TEMP TABLE clones AS
SELECT
    CAST(row_number() OVER () AS VARCHAR) AS order_id,
    clone || '-' || customer AS customer_id,
    day + to_days(CAST(jitter % 7 AS INTEGER) - 3) + to_seconds(CAST(jitter % 86399 AS INTEGER)) AS ordered_at,
    CAST(dollars * (0.8 + 0.4 * ((jitter // 7) % 1000003) / 1000003) AS DECIMAL(18, 4)) AS amount,
    'paid' AS status
FROM (
    SELECT *, hash(customer, day, dollars, clone) AS jitter
    FROM published, range($clones) AS clones(clone)
);
