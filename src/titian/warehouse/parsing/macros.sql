-- Macros that read text cells. Each takes a cell (or what an earlier macro made of it) and gives NULL where it can't.

-- name: trimmed
-- White space of every kind off both ends; nothing left is NULL.
CREATE OR REPLACE TEMP MACRO trimmed(t) AS
    nullif(trim(t, ' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8203) || chr(12288) || chr(65279)), '');

-- name: narrow
-- Full-width digits and signs as ASCII, trimmed.
CREATE OR REPLACE TEMP MACRO narrow(t) AS
    trimmed(translate(t, '０１２３４５６７８９：／－−．，＋（）￥＄　', '0123456789:/--.,+()¥$ '));

-- name: id_text
-- An id whole: a spreadsheet's ="007" and '007 are 007; 17850.0 is 17850 where the whole column is such (`whole`).
CREATE OR REPLACE TEMP MACRO id_text(t, whole) AS CASE
    WHEN regexp_full_match(t, '="[^"]*"') THEN trimmed(substr(t, 3, length(t) - 3))
    WHEN regexp_full_match(t, '''\d+') THEN substr(t, 2)
    WHEN whole AND regexp_full_match(t, '-?\d+\.0*') THEN split_part(t, '.', 1)
    ELSE t END;

-- name: id_fault
-- Excel writes long numbers as 1.23457E+17: the digits are lost.
CREATE OR REPLACE TEMP MACRO id_fault(t) AS
    CASE WHEN regexp_full_match(t, '\d(?:\.\d+)?[eE]\+\d+') THEN 'id_rounded' END;

-- name: money_bare
-- Without currency; (12) and 12- are -12.
CREATE OR REPLACE TEMP MACRO money_signed(b) AS CASE
    WHEN regexp_full_match(b, '\([^()+-]*\)') THEN '-' || trim(substr(b, 2, length(b) - 2))
    WHEN regexp_full_match(b, '[^+-]+-') THEN '-' || rtrim(substr(b, 1, length(b) - 1))
    ELSE b END;

-- name: money_unsigned
CREATE OR REPLACE TEMP MACRO money_bare(n) AS money_signed(regexp_replace(
    n,
    '(?i)^([-+(]?)\s*(?:rmb|cny|usd|eur|gbp|[¥$£€])\s*|\s*(?:元|圆|rmb|cny|usd|eur|gbp|[¥$£€])\s*([-)]?)$', '\1\2', 'g'));

-- name: money_plain
-- Digits with a decimal point only: thousands separators gone, a decimal comma (where `comma`) turned.
CREATE OR REPLACE TEMP MACRO money_plain(b, comma) AS CASE
    WHEN regexp_full_match(b, '[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?')
        AND NOT (comma AND regexp_full_match(b, '[-+]?\d{1,3}(?:\.\d{3})+')) THEN b
    WHEN NOT comma AND regexp_full_match(b, '[-+]?\d{1,3}(?:[, '']\d{3})+(?:\.\d*)?')
        THEN regexp_replace(b, '[, '']', '', 'g')
    WHEN comma AND regexp_full_match(b, '[-+]?\d{1,3}(?:[. '']\d{3})*(?:,\d*)?|[-+]?\d*,\d+')
        THEN replace(regexp_replace(b, '[. '']', '', 'g'), ',', '.') END;

-- name: money_even
-- Four decimals, a tie to the even digit; `r` is `d` rounded half away from zero.
CREATE OR REPLACE TEMP MACRO money_even(d, r) AS CASE
    WHEN abs(d - r) = 0.00005 AND CAST(CAST(r AS DECIMAL(38, 4)) * 10000 AS BIGINT) % 2 <> 0
        THEN CAST(r - sign(d) * 0.0001::DECIMAL(18, 4) AS DECIMAL(18, 4))
    ELSE r END;

-- name: money_exact
-- With decimals enough that rounding it makes no tie; DuckDB has no room for as many behind a long number times 10⁻ⁿ.
CREATE OR REPLACE TEMP MACRO money_exact(p) AS
    coalesce(TRY_CAST(p AS DECIMAL(38, 24)), TRY_CAST(TRY_CAST(p AS DECIMAL(38, 15)) AS DECIMAL(38, 24)));

-- name: money_rounded
CREATE OR REPLACE TEMP MACRO money_rounded(d) AS money_even(d, TRY_CAST(d AS DECIMAL(18, 4)));

-- name: full_year
CREATE OR REPLACE TEMP MACRO full_year(y) AS
    CASE WHEN length(y) = 2 THEN (CASE WHEN y < '70' THEN '20' ELSE '19' END) || y ELSE y END;

-- name: month_number
CREATE OR REPLACE TEMP MACRO month_number(m) AS list_position(
    ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'], lower(m));

-- name: time_text
-- A time ready to be read: narrow, without the day of the week.
CREATE OR REPLACE TEMP MACRO time_text(t) AS regexp_replace(
    narrow(t), '(?i)^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+', '');

-- name: numeric_day
-- Where day and month both are numbers before or after which stands the year: the three numbers.
CREATE OR REPLACE TEMP MACRO numeric_day(n) AS
    regexp_extract(n, '^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T,\s]|$)', ['a', 'b', 'c']);

-- name: dated_numeric
CREATE OR REPLACE TEMP MACRO dated_numeric(p, day_order, rest) AS CASE
    WHEN p.a = '' THEN NULL
    WHEN day_order = 'dmy' THEN full_year(p.c) || '-' || p.b || '-' || p.a || ' ' || rest
    WHEN day_order = 'mdy' THEN full_year(p.c) || '-' || p.a || '-' || p.b || ' ' || rest
    WHEN day_order = 'ymd' AND length(p.c) = 2 AND length(p.a) = 2
        THEN full_year(p.a) || '-' || p.b || '-' || p.c || ' ' || rest END;

-- name: dated_named
CREATE OR REPLACE TEMP MACRO dated_named(p, rest) AS
    CASE WHEN p.m <> '' THEN full_year(p.y) || '-' || month_number(p.m) || '-' || p.d || ' ' || rest END;

-- name: dated
-- Any day as `YYYY-M-D `, followed by the clock as it stood.
CREATE OR REPLACE TEMP MACRO dated(n, day_order) AS CASE
    WHEN regexp_matches(n, '^\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*(?:[日号T,\s]|$)') THEN regexp_replace(
        n, '^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号T,\s]*', '\1-\2-\3 ')
    WHEN regexp_full_match(n, '\d{8}(?:[T\s].*)?')
        THEN regexp_replace(n, '^(\d{4})(\d{2})(\d{2})[T\s]*', '\1-\2-\3 ')
    WHEN regexp_full_match(n, '\d{12}|\d{14}')
        THEN regexp_replace(n, '^(\d{4})(\d{2})(\d{2})', '\1-\2-\3 ')
    WHEN regexp_matches(n, '^\d{1,2}[-/.]\d{1,2}[-/.]\d')
        THEN dated_numeric(numeric_day(n), day_order, regexp_replace(n, '^[\d/.-]+[T,\s]*', ''))
    WHEN regexp_matches(n, '^\d{1,2}[-/.\s]*[A-Za-z]{3}') THEN dated_named(
        regexp_extract(
            n, '^(\d{1,2})[-/.\s]*([A-Za-z]{3})[a-z]*\.?[-/.,\s]*(\d{4}|\d{2})(?:[T,\s]|$)', ['d', 'm', 'y']),
        regexp_replace(n, '^\d{1,2}[-/.\s]*[A-Za-z]+\.?[-/.,\s]*\d{2,4}[T,\s]*', ''))
    WHEN regexp_matches(n, '^[A-Za-z]{3}') THEN dated_named(
        regexp_extract(
            n, '^([A-Za-z]{3})[a-z]*\.?[-/\s]*(\d{1,2})(?:st|nd|rd|th)?[-/,\s]+(\d{4}|\d{2})(?:[T,\s]|$)',
            ['m', 'd', 'y']),
        regexp_replace(n, '^[A-Za-z]+\.?[-/\s]*\d{1,2}(?:st|nd|rd|th)?[-/,\s]+\d{2,4}[T,\s]*', '')) END;

-- name: clock_text
-- The clock behind the day, upper case; a bare 103000 gets its colons.
CREATE OR REPLACE TEMP MACRO clock_text(d) AS
    regexp_replace(upper(trim(substr(d, instr(d, ' ') + 1))), '^(\d{2})(\d{2})(\d{2})?(\D.*)?$', '\1:\2:\3\4');

-- name: clock
CREATE OR REPLACE TEMP MACRO clock(k) AS regexp_extract(
    k,
    '^(AM|PM|上午|下午|晚上)?\s*(\d{1,2})[:时点](\d{1,2})?(?:[:分](\d{1,2})?)?(?:[.,](\d+))?秒?\s*(AM|PM)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$',
    ['half', 'h', 'm', 's', 'f', 'noon', 'zone']);

-- name: hour_of
-- Twelve in the evening is no hour: some mean noon by it and some the midnight after.
CREATE OR REPLACE TEMP MACRO hour_of(c) AS CASE
    WHEN c.half = '晚上' AND c.h = '12' THEN NULL
    WHEN (c.half IN ('PM', '下午', '晚上') OR c.noon = 'PM') AND TRY_CAST(c.h AS INTEGER) < 12
        THEN TRY_CAST(c.h AS INTEGER) + 12
    WHEN (c.half IN ('AM', '上午') OR c.noon = 'AM') AND c.h = '12' THEN 0
    ELSE TRY_CAST(c.h AS INTEGER) END;

-- name: wall
-- The day and its clock as a timestamp, whatever the zone.
CREATE OR REPLACE TEMP MACRO wall(d, k, c) AS CASE
    WHEN k = '' THEN TRY_CAST(trim(d) AS TIMESTAMP)
    WHEN c.h <> '' THEN TRY_CAST(
        split_part(d, ' ', 1) || ' ' || hour_of(c) || ':' || coalesce(nullif(c.m, ''), '0') || ':'
        || coalesce(nullif(c.s, ''), '0') || '.' || left(c.f || '0', 6) AS TIMESTAMP) END;

-- name: zone_seconds
-- Seconds east of Greenwich where the text says so.
CREATE OR REPLACE TEMP MACRO zone_seconds(z) AS CASE
    WHEN z IN ('Z', 'UTC', 'GMT') THEN 0
    WHEN z <> '' THEN (CASE WHEN z[1] = '-' THEN -1 ELSE 1 END)
        * (CAST(substr(z, 2, 2) AS INTEGER) * 3600 + coalesce(TRY_CAST(right(replace(z, ':', ''), -3) AS INTEGER), 0) * 60)
    END;

-- name: counted
-- Unix seconds, milliseconds or microseconds as UTC.
CREATE OR REPLACE TEMP MACRO counted(n) AS CASE
    WHEN regexp_full_match(n, '\d{9,10}(?:\.\d+)?')
        THEN make_timestamp(CAST(CAST(n AS DECIMAL(24, 6)) * 1000000 AS BIGINT))
    WHEN regexp_full_match(n, '\d{13}(?:\.0+)?')
        THEN make_timestamp(CAST(split_part(n, '.', 1) AS BIGINT) * 1000)
    WHEN regexp_full_match(n, '\d{16}') THEN make_timestamp(CAST(n AS BIGINT)) END;

-- name: serial
-- Excel's day number, rounded to the second.
CREATE OR REPLACE TEMP MACRO serial(n) AS CASE
    WHEN regexp_full_match(n, '\d{1,6}(?:\.\d+)?') AND CAST(n AS DOUBLE) BETWEEN 0 AND 500000
        THEN TIMESTAMP '1899-12-30' + to_microseconds(CAST(round(CAST(n AS DOUBLE) * 86400) AS BIGINT) * 1000000) END;

-- name: iso
-- The one form that most files have; anything else is NULL. What the cheap pattern lets in beside it (two blanks before
-- the hour) is read as the careful way reads it, as long as it ends in a digit: 10:10:1Z is no local time.
CREATE OR REPLACE TEMP MACRO iso(t) AS CASE
    WHEN (t LIKE '____-__-__ __:__:__' AND right(t, 1) BETWEEN '0' AND '9')
        OR regexp_full_match(t, '\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)?')
    THEN TRY_CAST(t AS TIMESTAMP) END;

-- name: time_fault
CREATE OR REPLACE TEMP MACRO time_fault(n, utc, wall) AS CASE
    WHEN utc IS NOT NULL AND (year(wall) < 1970 OR year(wall) >= 2100) THEN 'time_implausible'
    WHEN n IS NULL OR utc IS NOT NULL THEN NULL
    WHEN regexp_full_match(n, '[-+]?[\d.,]+') AND NOT regexp_full_match(n, '[12]\d{7}|[12]\d{13}|\d{1,4}[.]\d{1,2}[.]\d{1,4}')
        THEN 'number_not_time'
    WHEN regexp_matches(n, '^\d{1,8}[-/.年]?\d*') AND regexp_matches(n, '\d.*\d') THEN 'no_such_time'
    ELSE 'not_a_time' END;
