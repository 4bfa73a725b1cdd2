"""A crowd: customers, orders and events of any number, made by DuckDB, spread evenly over two years, as they came in."""

from __future__ import annotations

from pathlib import Path

import duckdb

from bench.clones import FOLDER

FIRST_DAY = "2022-01-01"
DAYS = 730
ORDERS_EACH, EVENTS_EACH = 10, 20

ORDERS = """
SELECT 'o' || i AS order_id, 'c' || (hash(i) % {customers}) AS customer_id,
    TIMESTAMP '{first}' + to_seconds(CAST(hash(i * 7) % ({days} * 86400) AS BIGINT)) AS ordered_at,
    CAST((hash(i * 13) % 100000) / 100.0 AS DECIMAL(18, 4)) AS amount, 'paid' AS status
FROM range({customers} * {each}) AS made(i)
"""
EVENTS = """
SELECT 'e' || i AS event_id, 'c' || (hash(i * 3) % {customers}) AS customer_id,
    ['view', 'view', 'view', 'view', 'search', 'search', 'favourite', 'cart', 'share', 'check_in', 'post', 'login']
        [CAST(1 + hash(i * 17) % 12 AS BIGINT)] AS event,
    TIMESTAMP '{first}' + to_seconds(CAST(hash(i * 11) % ({days} * 86400) AS BIGINT)) AS occurred_at,
    CAST(hash(i * 19) % 600 AS DOUBLE) AS duration_s
FROM range({customers} * {each}) AS made(i)
"""
CUSTOMERS = """
SELECT 'c' || i AS customer_id, 'customer ' || i AS name,
    TIMESTAMP '{first}' + to_seconds(CAST(hash(i * 5) % ({days} * 43200) AS BIGINT)) AS registered_at,
    ['female', 'male', NULL][CAST(1 + hash(i * 23) % 3 AS BIGINT)] AS gender,
    DATE '1950-01-01' + CAST(hash(i * 29) % 20000 AS INTEGER) AS birth_date,
    'city ' || (hash(i * 31) % 300) AS city, 'province ' || (hash(i * 31) % 30) AS province,
    ['shop', 'app', 'web', 'friend'][CAST(1 + hash(i * 37) % 4 AS BIGINT)] AS channel
FROM range({customers} * {each}) AS made(i)
"""
AT = {"orders": "ordered_at", "events": "occurred_at", "customers": "registered_at"}
SQL = {"customers": (CUSTOMERS, 1), "orders": (ORDERS, ORDERS_EACH), "events": (EVENTS, EVENTS_EACH)}


def parquet(table: str, customers: int) -> Path:
    """Canonical rows of this many customers as one Parquet file."""
    path = FOLDER / f"crowd-{table}-{customers}.parquet"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        query, each = SQL[table]
        made = query.format(customers=customers, each=each, first=FIRST_DAY, days=DAYS)
        made += f"ORDER BY {AT[table]}"
        with duckdb.connect() as con:
            con.execute(f"COPY ({made}) TO '{path}' (COMPRESSION zstd)")
    return path
