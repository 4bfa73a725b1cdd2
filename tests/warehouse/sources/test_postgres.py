"""PostgreSQL: read from a real server, started for the test where one is installed."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from tests.warehouse.sources.files import read, rows
from titian.warehouse.sources.faults import DatabaseSourceError

SECRET = "s3cr!t @x"


def _binaries() -> Path | None:
    """Where initdb and pg_ctl are."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


def _somebody() -> str | None:
    """The account to run the server as: it refuses to run as root."""
    return "postgres" if os.geteuid() == 0 else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a database with a table `orders`."""
    binaries, user = _binaries(), _somebody()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    (folder / "password").write_text(SECRET)
    if user:
        shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
    port = _free_port()
    control = [str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-w", "-s"]
    try:
        _run(
            [
                str(binaries / "initdb"),
                "-D",
                str(folder / "data"),
                "-A",
                "scram-sha-256",
                "-U",
                "joe",
                "--pwfile",
                str(folder / "password"),
                "--no-sync",
            ],
            user,
        )
        _run([*control, "-o", f"-p {port} -k {folder} -c fsync=off", "-l", str(folder / "log"), "start"], user)
        address = f"postgresql://joe:{quote(SECRET, safe='')}@127.0.0.1:{port}/postgres"
        _fill(address)
        yield address
        _run([*control, "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder)


def _run(command: list[str], user: str | None) -> None:
    subprocess.run(command, check=True, user=user, stdout=subprocess.DEVNULL, cwd=tempfile.gettempdir())


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
