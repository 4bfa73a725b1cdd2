"""Opening a source: which reader a path or address needs, told by its content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from titian.domain.mapping import Mapping
from titian.domain.words import Words
from titian.warehouse.sources import database, faults, payload
from titian.warehouse.sources.content import EXCEL_SUFFIXES, TEXT_SUFFIXES
from titian.warehouse.sources.database import DatabaseSource, Opener, Selection, parse
from titian.warehouse.sources.excel import ExcelFile
from titian.warehouse.sources.jsonl import JsonFile
from titian.warehouse.sources.parquet import ParquetFile
from titian.warehouse.sources.payload import Payload
from titian.warehouse.sources.postgres import open_postgres
from titian.warehouse.sources.source import Source
from titian.warehouse.sources.sqlite import open_sqlite
from titian.warehouse.sources.text import TextFile


@dataclass(frozen=True)
class Asked:
    """What a person said about a file."""

    mapping: Mapping | None
    sheet: str | None
    notes: tuple[Words, ...]


@dataclass(frozen=True)
class Reader:
    """A kind of content, the file endings that people give it, and what reads it."""

    words: Words
    suffixes: frozenset[str]
    open: Callable[[Payload, Asked], Source]


READERS: dict[str, Reader] = {
    "text": Reader(
        Words(zh="文本", en="text"),
        TEXT_SUFFIXES,
        lambda file, asked: TextFile(file, asked.mapping, asked.notes),
    ),
    "excel": Reader(
        Words(zh=" Excel 表格", en="an Excel file"),
        EXCEL_SUFFIXES,
        lambda file, asked: ExcelFile(file, asked.sheet, asked.mapping, asked.notes),
    ),
    "parquet": Reader(
        Words(zh=" Parquet 文件", en="a Parquet file"),
        frozenset({"parquet", "pq"}),
        lambda file, asked: ParquetFile(file, asked.notes),
    ),
    "json": Reader(
        Words(zh=" JSON", en="JSON"),
        frozenset({"json", "jsonl", "ndjson"}),
        lambda file, asked: JsonFile(file, asked.notes),
    ),
}
"""Every kind of content that is read; another one is one more line."""


DATABASES: dict[str, Opener] = {
    "postgresql": open_postgres,
    "postgres": open_postgres,
    "sqlite": open_sqlite,
}
"""Every scheme of a database's address."""


def open_source(
    path_or_url: str | Path,
    *,
    name: str | None = None,
    query: str | None = None,
    since: str | None = None,
    cursor: str | None = None,
    sheet: str | None = None,
    mapping: Mapping | None = None,
) -> Source:
    """The source behind a path, `postgresql://…?table=orders` or `sqlite:///shop.db?table=orders`.

    `name` is what the person calls the file (uploads are stored under other names). `query` replaces the table
    of a database; `cursor` and `since` read only rows whose cursor column is greater. `sheet` names one of an
    Excel file's. `mapping` brings has_header and fixed_width where a person set them.
    Raises InputError when there is nothing that can be read.
    """
    scheme, mark, _ = str(path_or_url).partition("://")
    if mark:
        if scheme not in DATABASES:
            raise database.unknown_scheme(scheme, list(DATABASES))
        address, selection = parse(str(path_or_url), Selection(query=query, cursor=cursor, since=since))
        return DatabaseSource(address, selection, DATABASES[scheme])
    path = Path(path_or_url)
    file = payload.look(path, name or path.name)
    reader = READERS.get(file.content.kind)
    if reader is None:
        raise faults.unknown_format(file.name, file.content.seems or _UNKNOWN)
    return reader.open(file, Asked(mapping, sheet, _notes(file, reader)))


def _notes(file: Payload, reader: Reader) -> tuple[Words, ...]:
    others = {suffix for other in READERS.values() if other is not reader for suffix in other.suffixes}
    if file.suffix not in others:
        return ()
    name, suffix, kind = file.inner_name, file.suffix, reader.words
    zh = f"{name} 的扩展名是 .{suffix}，内容其实是{kind.zh}，已按内容读取"
    return (Words(zh=zh, en=f"{name} is named .{suffix} but is {kind.en}: it was read as what it is"),)


_UNKNOWN = Words(zh="未知内容", en="unknown content")
