"""Databases: a table or query of SQLite, whole or from a cursor on; addresses and their secrets."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.warehouse.sources.files import put, read, rows
from titian.errors import TitianError, UnknownNameError
from titian.warehouse.sources import TextBatch, open_source
from titian.warehouse.sources.database import Selection, masked, parse
from titian.warehouse.sources.faults import DatabaseSourceError, SourceError


@pytest.fixture
def shop(tmp_path: Path) -> str:
    """The address of an SQLite file with two tables, at a path with a blank and a Chinese letter."""
    path = tmp_path / "my 店.db"
    with closing(sqlite3.connect(path)) as con:
        con.execute("CREATE TABLE orders (id INTEGER, code TEXT, amount REAL, note, changed)")
        made = [(10**17 + n, f"{n:05d}", n * 1.5, "中文 '\"" if n % 2 else "", n) for n in range(100)]
        con.executemany("INSERT INTO orders VALUES (?, ?, ?, ?, ?)", made)
        con.execute("CREATE TABLE customers (id TEXT)")
        con.commit()
    return f"sqlite:///{quote(str(path))}"


def take(address: str, folder: Path, **asked: str) -> TextBatch:
    return read(address, folder=folder, **asked)


def test_a_table_is_read_as_text(shop: str, tmp_path: Path) -> None:
    batch = take(f"{shop}?table=orders", tmp_path)
    assert batch.columns == ("id", "code", "amount", "note", "changed")
    assert rows(batch)[99] == ("100000000000000099", "00099", "148.5", "中文 '\"", "99")
    assert rows(batch)[0][2:4] == ("0", None)


def test_a_query_is_read_as_text(shop: str, tmp_path: Path) -> None:
    batch = take(shop, tmp_path, query="SELECT count(*) AS n, max(code) AS last FROM orders;")
    assert rows(batch) == [("100", "00099")]


@pytest.mark.parametrize(("cursor", "since"), [("changed", "97"), ("id", "100000000000000097"), ("code", "00097")])
def test_only_rows_after_the_cursor_are_read(shop: str, tmp_path: Path, cursor: str, since: str) -> None:
    batch = take(f"{shop}?table=orders", tmp_path, cursor=cursor, since=since)
    assert [row[1] for row in rows(batch)] == ["00098", "00099"]


def test_numbers_are_compared_as_numbers(shop: str, tmp_path: Path) -> None:
    assert take(f"{shop}?table=orders&cursor=changed&since=9", tmp_path).rows == 90


def test_the_new_cursor_is_handed_on(shop: str, tmp_path: Path) -> None:
    first = take(f"{shop}?table=orders&cursor=changed", tmp_path)
    assert (first.rows, first.cursor) == (100, "99")
    again = take(f"{shop}?table=orders&cursor=changed", tmp_path, since=first.cursor or "")
    assert (again.rows, again.cursor) == (0, "99")


def test_the_same_rows_have_the_same_checksum(shop: str, tmp_path: Path) -> None:
    first = take(f"{shop}?table=orders", tmp_path).sha256
    assert take(f"{shop}?table=orders", tmp_path).sha256 == first
    assert take(f"{shop}?table=orders&cursor=changed&since=1", tmp_path).sha256 != first


def test_a_table_must_be_named_where_there_are_several(shop: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseSourceError) as caught:
        take(shop, tmp_path)
    assert caught.value.details["valid"] == ["customers", "orders"]


def test_an_unknown_table_lists_the_valid_ones(shop: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseSourceError, match="has no table order") as caught:
        take(f"{shop}?table=order", tmp_path)
    assert "customers, orders" in caught.value.hint


def test_an_unknown_cursor_lists_the_columns(shop: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError) as caught:
        take(f"{shop}?table=orders&cursor=updated", tmp_path)
    assert "changed" in caught.value.details["valid"]


@pytest.mark.parametrize("query", ["DELETE FROM orders", "SELECT nothing FROM orders", "SELEC"])
def test_a_query_that_is_no_reading_is_refused(shop: str, tmp_path: Path, query: str) -> None:
    with pytest.raises(DatabaseSourceError):
        take(shop, tmp_path, query=query)
    assert take(f"{shop}?table=orders", tmp_path).rows == 100


def test_a_missing_or_foreign_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no file"):
        take(f"sqlite:///{tmp_path}/none.db", tmp_path)
    path = put(tmp_path, "a.db", "id,amount\n1,2\n" * 100)
    with pytest.raises(DatabaseSourceError, match="not a database"):
        take(f"sqlite:///{path}", tmp_path)


def test_the_sample_of_a_table_knows_its_rows(shop: str) -> None:
    sample = open_source(f"{shop}?table=orders").columns_and_samples(3)
    assert (sample.format, sample.rows, len(sample.records)) == ("database", 100, 3)


SECRET = "s3cr!t @x"
ADDRESS = f"postgresql://joe:{quote(SECRET, safe='')}@db.example:5433/shop?table=orders&sslmode=require"


def test_an_address_is_taken_apart() -> None:
    address, selection = parse(ADDRESS, Selection(since="5"))
    assert (address.host, address.port, address.user, address.password) == ("db.example", 5433, "joe", SECRET)
    assert (address.database, address.options) == ("shop", (("sslmode", "require"),))
    assert selection == Selection(table="orders", since="5")


@pytest.mark.parametrize(
    "url",
    [ADDRESS, f"postgresql://db.example/shop?user=joe&password={quote(SECRET)}&table=orders"],
    ids=["user", "option"],
)
def test_the_password_is_never_shown(url: str) -> None:
    address, _ = parse(url, Selection())
    source = open_source(url)
    told = address.clean(f'could not connect with "{SECRET}" or {quote(SECRET)} or {quote(SECRET, safe="")}')
    for text in (repr(address), str(address), address.shown, source.name, told):
        assert "s3cr" not in text


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://joe:s3c@h:5/db?table=o", "postgresql://joe:***@h:5/db?table=o"),
        ("postgresql://h/db?user=joe&password=s3c&table=o", "postgresql://h/db?user=joe&password=***&table=o"),
        ("postgresql://joe:a@b@h/db", "postgresql://joe:***@h/db"),
        ("sqlite:///shop.db?table=o", "sqlite:///shop.db?table=o"),
        ("data/a:b@c.csv", "data/a:b@c.csv"),
    ],
)
def test_an_address_is_masked_to_be_shown(address: str, shown: str) -> None:
    assert masked(address) == shown


def test_two_queries_have_two_names(shop: str) -> None:
    names = {open_source(shop, query=query).name for query in ("SELECT 1", "SELECT 2")}
    assert len(names) == 2


def test_an_unreachable_server_is_said_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(TitianError) as caught:
        take(f"postgresql://joe:{quote(SECRET)}@127.0.0.1:1/shop?table=orders", tmp_path)
    error = caught.value
    assert error.code == "database_source"
    assert "s3cr" not in f"{error} {error.hint} {error.zh} {error.details} {error.__cause__!r}"


def test_an_address_of_something_else_is_refused_without_showing_it() -> None:
    with pytest.raises(DatabaseSourceError) as caught:
        open_source("mysql://joe:s3cret@host/shop")
    error = caught.value
    assert "s3cret" not in f"{error} {error.hint} {error.zh} {error.details}"
    assert error.details["valid"] == ["postgresql", "postgres", "sqlite"]


def test_a_port_that_is_no_number_is_refused() -> None:
    with pytest.raises(DatabaseSourceError, match="port is no number"):
        open_source("postgresql://joe:secret@host:port/shop")
