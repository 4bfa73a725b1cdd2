"""PostgreSQL: read from a real server, started for the test where one is installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import postgres
from tests.warehouse.sources.files import read, rows
from titian.warehouse.sources.faults import DatabaseSourceError


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a database with a table `orders`."""
    with postgres.server() as address:
        _fill(address)
        yield address


def _fill(address: str) -> None:
    with psycopg.connect(address) as con:
        con.execute(
            "CREATE TABLE orders (id numeric, at timestamptz, amount numeric(12,2), note text, changed timestamp)"
        )
        con.execute(
            "INSERT INTO orders SELECT 123456789012345678901234567890 + n, timestamptz '2024-01-02 03:04:05+08', n + 0.50,"
            " CASE n % 2 WHEN 0 THEN '' ELSE '中文 ''\"' END, timestamp '2024-01-01' + n * interval '1 hour'"
            " FROM generate_series(0, 999) AS n"
        )


def test_a_table_is_read_as_the_server_writes_it(server: str, tmp_path: Path) -> None:
    batch = read(f"{server}?table=orders", folder=tmp_path)
    assert batch.columns == ("id", "at", "amount", "note", "changed")
    assert rows(batch)[1][0] == "123456789012345678901234567891"
    assert rows(batch)[1][2:] == ("1.50", "中文 '\"", "2024-01-01 01:00:00")
    assert rows(batch)[0][1:4] == ("2024-01-01 19:04:05+00", "0.50", None)


def test_only_rows_after_the_cursor_are_read(server: str, tmp_path: Path) -> None:
    batch = read(f"{server}?table=orders&cursor=changed&since=2024-02-10 00:00:00", folder=tmp_path)
    assert (batch.rows, batch.cursor) == (39, "2024-02-11 15:00:00")
    again = read(f"{server}?table=orders&cursor=changed", folder=tmp_path, since=batch.cursor)
    assert (again.rows, again.cursor) == (0, batch.cursor)


def test_a_query_is_read(server: str, tmp_path: Path) -> None:
    batch = read(server, folder=tmp_path, query="SELECT count(*) AS n, sum(amount) AS spend FROM orders;")
    assert rows(batch) == [("1000", "500000.00")]


def test_a_quote_in_the_cursor_is_only_a_value(server: str, tmp_path: Path) -> None:
    batch = read(f"{server}?table=orders", folder=tmp_path, cursor="note", since="'; DROP TABLE orders; --")
    assert batch.rows == 500
    assert read(f"{server}?table=orders", folder=tmp_path).rows == 1000


@pytest.mark.parametrize("query", ["SELECT 1 AS a; DROP TABLE orders", "DELETE FROM orders RETURNING *", "SELEC"])
def test_a_query_that_is_no_reading_is_refused(server: str, tmp_path: Path, query: str) -> None:
    with pytest.raises(DatabaseSourceError):
        read(server, folder=tmp_path, query=query)
    assert read(f"{server}?table=orders", folder=tmp_path).rows == 1000


def test_a_wrong_password_is_said_without_it(server: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseSourceError, match="password authentication failed") as caught:
        read(server.replace("s3cr", "wr0ng"), folder=tmp_path)
    assert "wr0ng" not in f"{caught.value} {caught.value.details} {caught.value.zh}"


def test_an_unknown_table_lists_the_valid_ones(server: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseSourceError, match="has no table nope") as caught:
        read(f"{server}?table=nope", folder=tmp_path)
    assert caught.value.details["valid"] == ["orders"]
