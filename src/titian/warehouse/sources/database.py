"""Databases: a table or a query of PostgreSQL or SQLite as a source, whole or from a cursor on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from titian.domain.words import Words
from titian.errors import UnknownNameError
from titian.warehouse.progress import Progress, silent
from titian.warehouse.sources import faults, headers
from titian.warehouse.sources.batch import Sample, TextBatch
from titian.warehouse.sources.source import SAMPLE_ROWS
from titian.warehouse.sources.writing import Record, digest_of_rows, rows_file, write_records


@dataclass(frozen=True)
class Selection:
    """What to read: a table or a query, and from where on."""

    table: str | None = None
    query: str | None = None
    cursor: str | None = None
    """A column that only grows: a time of change or a running number."""
    since: str | None = None
    """The greatest value of the cursor column that was read before."""


@dataclass(frozen=True)
class Address:
    """Where a database is. The password is never shown: not by `repr`, not in a name, not in an error."""

    scheme: str
    shown: str
    database: str
    """The name of the database, or the path of an SQLite file."""
    host: str = ""
    port: int | None = None
    user: str = ""
    password: str = field(default="", repr=False)
    options: tuple[tuple[str, str], ...] = ()
    """Further options of the connection, such as sslmode."""

    def clean(self, told: str) -> str:
        """The telling line of a database's own words, without the password in any spelling."""
        lines = told.strip().splitlines() or [""]
        line = next((line[line.index("ERROR:") :] for line in lines if "ERROR:" in line), lines[0])
        for secret in (self.password, quote(self.password), quote(self.password, safe="")):
            line = line.replace(secret, "***") if secret else line
        return line


class Rows(Protocol):
    """An open database: the columns of the selection, its rows as text, and how far the cursor has come."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Their names in the database."""

    @property
    def total(self) -> int | None:
        """How many rows there are."""

    @property
    def greatest(self) -> str | None:
        """The greatest value of the cursor column."""

    def records(self) -> Iterator[Record]:
        """All rows, one text for each column."""


Opener = Callable[[Address, Selection], AbstractContextManager[Rows]]


class DatabaseSource:
    """A table or query as a source."""

    def __init__(self, address: Address, selection: Selection, opener: Opener) -> None:
        self._address = address
        self._selection = selection
        self._open = opener

    @property
    def name(self) -> str:
        query = self._selection.query
        asked = f"query {sha256(query.encode()).hexdigest()[:8]}" if query else self._selection.table
        return f"{self._address.shown} ({asked})" if asked else self._address.shown

    @property
    def format(self) -> str:
        return "database"

    def columns_and_samples(self, limit: int = SAMPLE_ROWS) -> Sample:
        """The columns and some rows."""
        with self._open(self._address, self._selection) as rows:
            columns, notes = headers.unique(rows.columns)
            records = tuple(tuple(cell or None for cell in row) for row in islice(rows.records(), limit))
            return Sample(self.name, self.format, columns, records, rows=rows.total, notes=notes)

    def write_text(self, into: Path, progress: Progress = silent) -> TextBatch:
        """Write the selected rows as text; no new rows since the cursor is an empty batch, not an error."""
        with rows_file(into, self.name) as path, self._open(self._address, self._selection) as rows:
            columns, notes = headers.unique(rows.columns)
            written = write_records(path, columns, rows.records(), progress, rows.total)
        return TextBatch(
            rows_path=path,
            columns=columns,
            rows=written,
            name=self.name,
            sha256=digest_of_rows(path),
            bytes=path.stat().st_size,
            format=self.format,
            notes=notes,
            cursor=rows.greatest or self._selection.since,
        )


def parse(url: str, selection: Selection) -> tuple[Address, Selection]:
    """The address and selection that a URL names; `table`, `query`, `cursor` and `since` may stand in it.

    `sqlite:///shop.db` is a path from the current folder, `sqlite:////srv/shop.db` an absolute one.
    """
    parts = urlsplit(url)
    said = dict(parse_qsl(parts.query, keep_blank_values=True))
    asked = {key: getattr(selection, key) or said.pop(key, None) for key in ("table", "query", "cursor", "since")}
    for key in asked:
        said.pop(key, None)
    return _address(parts, said), replace(selection, **asked)


def masked(address: str) -> str:
    """A path or an address as it may be shown and written down: a password in it is replaced by stars."""
    if "://" not in address:
        return address
    parts = urlsplit(address)
    login, at, host = parts.netloc.rpartition("@")
    user, colon, _ = login.partition(":")
    query = "&".join("password=***" if said.startswith("password=") else said for said in parts.query.split("&"))
    netloc = f"{user}{':***' if colon else ''}{at}{host}"
    return f"{parts.scheme}://{netloc}{parts.path}{'?' if query else ''}{query}"


def _address(parts: SplitResult, said: dict[str, str]) -> Address:
    path = unquote(parts.path).removeprefix("/")
    if parts.scheme == "sqlite":
        return Address("sqlite", f"sqlite:///{path}", path)
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise bad_address("postgresql://…", Words(zh="端口不是数字", en="the port is no number")) from None
    user = unquote(parts.username or said.pop("user", ""))
    password = unquote(parts.password or "") or said.pop("password", "")
    said.pop("password", None)
    at = f"{host}:{port}" if port else host
    shown = f"postgresql://{user}@{at}/{path}" if user else f"postgresql://{at}/{path}"
    return Address("postgresql", shown, path, host, port, user, password, tuple(said.items()))


def bad_address(shown: str, why: Words) -> faults.DatabaseSourceError:
    """An address that does not lead to a database."""
    return faults.DatabaseSourceError(
        Words(zh=f"数据库地址 {shown} 有误：{why.zh}", en=f"the database address {shown} is wrong: {why.en}"),
        Words(
            zh="形如 postgresql://用户@主机:5432/库?table=orders 或 sqlite:///shop.db?table=orders",
            en="write it like postgresql://user@host:5432/shop?table=orders or sqlite:///shop.db?table=orders",
        ),
        file=shown,
    )


def unknown_scheme(scheme: str, known: list[str]) -> faults.DatabaseSourceError:
    """An address of something that is not read; the rest of it may hold a password and is not shown."""
    listed = ", ".join(f"{name}://" for name in known)
    return faults.DatabaseSourceError(
        Words(zh=f"不支持 {scheme}:// 开头的地址", en=f"addresses that begin with {scheme}:// are not read"),
        Words(
            zh=f"请给出文件路径，或以 {listed} 开头的地址", en=f"name a file, or an address that begins with {listed}"
        ),
        value=scheme,
        valid=known,
        reason="unknown_scheme",
    )


def refused(address: Address, told: str) -> faults.DatabaseSourceError:
    """The database said no."""
    told = address.clean(told)
    return faults.DatabaseSourceError(
        Words(zh=f"无法从 {address.shown} 读取：{told}", en=f"{address.shown} can not be read: {told}"),
        Words(
            zh="检查地址、账号权限，以及表名或查询语句",
            en="check the address, the account's rights and the table or query",
        ),
        file=address.shown,
        reason=told,
    )


def which_table(address: Address, tables: list[str], asked: str | None = None) -> faults.DatabaseSourceError:
    """No table was named and there is not exactly one, or there is none of that name."""
    listed = ", ".join(tables[:20]) or "–"
    zh = f"{address.shown} 里没有表 {asked}" if asked else f"{address.shown} 里有 {len(tables)} 张表，需要指定一张"
    en = f"{address.shown} has no table {asked}" if asked else f"{address.shown} has {len(tables)} tables: name one"
    return faults.DatabaseSourceError(
        Words(zh=zh, en=en),
        Words(zh=f"在地址后加 ?table=表名，可选：{listed}", en=f"add ?table=NAME to the address, one of: {listed}"),
        file=address.shown,
        value=asked,
        valid=tables[:100],
        reason="table",
    )


def no_such_cursor(address: Address, cursor: str, columns: tuple[str, ...]) -> UnknownNameError:
    """The cursor is none of the columns."""
    return UnknownNameError(f"cursor column of {address.shown}", "增量列", cursor, list(columns))
