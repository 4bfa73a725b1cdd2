"""JSON: one object a line (JSONL), or one array of objects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from titian.domain.words import Words
from titian.warehouse.progress import Progress, silent
from titian.warehouse.sources import encoding, faults, headers
from titian.warehouse.sources.batch import Sample, TextBatch
from titian.warehouse.sources.layout import LONGEST_CELL
from titian.warehouse.sources.payload import Payload, fingerprint
from titian.warehouse.sources.source import SAMPLE_ROWS
from titian.warehouse.sources.writing import Shapes, rows_file, write_records

MOST_COLUMNS = 2_000

Fields = dict[str, str | None]

_NOT_JSON = Words(zh="不是合法的 JSON（第 {at} 个字符处：{told}）", en="not valid JSON (at character {at}: {told})")
_NO_OBJECT = Words(zh="不是 JSON 对象（应形如 {{…}}）", en="not a JSON object (it should look like {{…}})")
_SPREAD = Words(
    zh=" JSON，但不是每行一个对象，也不是对象的数组",
    en="JSON, but neither one object a line nor an array of objects",
)
_BROKEN_ARRAY = Words(zh="第 {row} 个元素处中断（{told}）", en="it breaks at element {row} ({told})")

_AFTER_ARRAY = Words(
    zh="数组在第 {row} 个元素后结束，其后还有内容（{told}）", en="more follows after the array of {row} ends ({told})"
)


class Written(float):
    """A number that remembers how it was written: 12.50 stays 12.50."""

    def __new__(cls, text: str) -> Written:
        made = super().__new__(cls, text)
        made.text = text
        return made

    text: str


_DECODER = json.JSONDecoder(parse_float=Written)


class JsonFile:
    """A JSONL file, or a JSON array of objects, as a source; its columns are all keys in order of appearance."""

    def __init__(self, payload: Payload, notes: tuple[Words, ...] = ()) -> None:
        self._payload = payload
        self._notes = notes
        self._encoding = encoding.detect(payload.head)
        self._array = payload.head.decode(self._encoding, "replace").lstrip("\ufeff \t\r\n").startswith("[")

    @property
    def name(self) -> str:
        return self._payload.name

    @property
    def format(self) -> str:
        return "jsonl"

    def columns_and_samples(self, limit: int = SAMPLE_ROWS) -> Sample:
        """The keys and values of the first objects."""
        with self._objects(Shapes(self.name)) as objects:
            fields = list(islice(objects, limit))
        keys = tuple(dict.fromkeys(key for record in fields for key in record))
        if not keys:
            raise self._no_objects()
        columns, notes = headers.unique(keys)
        records = tuple(tuple(record.get(key) for key in keys) for record in fields)
        called = encoding.called(self._encoding)
        return Sample(self.name, self.format, columns, records, encoding=called, notes=self._notes + notes)

    def write_text(self, into: Path, progress: Progress = silent) -> TextBatch:
        """Write all objects as rows; lines that are no JSON objects are listed as malformed."""
        keys, total = self._keys()
        columns, notes = headers.unique(keys)
        shapes = Shapes(self.name)
        with rows_file(into, self.name) as path, self._objects(shapes) as objects:
            records = ([record.get(key) for key in keys] for record in objects)
            rows = write_records(path, columns, records, progress, total)
        mark = fingerprint(self._payload.path)
        return TextBatch(
            rows_path=path,
            columns=columns,
            rows=rows,
            name=self.name,
            sha256=mark.sha256,
            bytes=mark.bytes,
            format=self.format,
            encoding=encoding.called(self._encoding),
            malformed=tuple(shapes.malformed),
            blank_rows=tuple(shapes.blank),
            notes=self._notes + notes,
        )

    def _keys(self) -> tuple[tuple[str, ...], int]:
        """Every key of every object, and how many objects there are."""
        keys: dict[str, None] = {}
        total = 0
        with self._objects(Shapes(self.name)) as objects:
            for total, record in enumerate(objects, 1):
                keys.update(dict.fromkeys(record))
                if len(keys) > MOST_COLUMNS:
                    raise _too_many_keys(self.name, total)
        if not keys:
            raise self._no_objects()
        return tuple(keys), total

    def _no_objects(self) -> faults.SourceError:
        return faults.empty(self.name) if self._array else faults.unknown_format(self.name, _SPREAD)

    @contextmanager
    def _objects(self, shapes: Shapes) -> Iterator[Iterator[Fields]]:
        with self._payload.stream() as stream:
            pieces = encoding.chunks(stream, self._encoding, self.name)
            yield _elements(pieces, self.name, shapes) if self._array else _lines(pieces, self.name, shapes)


def _lines(pieces: Iterator[bytes], name: str, shapes: Shapes) -> Iterator[Fields]:
    for number, raw in enumerate(_split(pieces, name), 1):
        try:
            line = raw.decode("utf-8-sig").strip()
            value = _DECODER.decode(line) if line else None
        except UnicodeDecodeError as error:
            told = raw[error.start : error.start + 40].decode("gb18030", "replace")
            raise faults.mixed_encoding(name, "UTF-8", number, error.start, told) from None
        except (ValueError, RecursionError) as error:
            at, told = (error.pos + 1, error.msg) if isinstance(error, json.JSONDecodeError) else (1, str(error))
            shapes.bad(number, None, line, _NOT_JSON.format(at=at, told=told))
            continue
        if isinstance(value, dict):
            yield _fields(value)
        elif line:
            shapes.bad(number, None, line, _NO_OBJECT.format())
        else:
            shapes.passed_over(number)


def _split(pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
    """Lines of a stream; none may be endless."""
    rest, number = b"", 0
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        number += len(lines)
        yield from lines
        if len(rest) > LONGEST_CELL * 4:
            raise faults.endless_cell(name, number + 1, number + 1, LONGEST_CELL, rest[:100].decode("utf-8", "replace"))
    if rest.strip():
        yield rest


def _elements(pieces: Iterator[bytes], name: str, shapes: Shapes) -> Iterator[Fields]:
    """The objects of one JSON array, read as they come."""
    buffer = _Buffer(pieces, name)
    buffer.skip("[")
    number = 0
    while not buffer.at("]"):
        number += 1
        value = buffer.value(number)
        if isinstance(value, dict):
            yield _fields(value)
        else:
            shapes.bad(number, None, str(value), _NO_OBJECT.format())
        if not buffer.at("]"):
            buffer.skip(",")
    buffer.skip("]")
    buffer.end()


class _Buffer:
    """Text of a JSON array of which no more than one element has to be held."""

    def __init__(self, pieces: Iterator[bytes], name: str) -> None:
        self._pieces = pieces
        self._name = name
        self._text = ""
        self._at = 0
        self._bytes = b""
        self._row = 0

    def at(self, mark: str) -> bool:
        """True when the next character that is not blank is `mark`."""
        while True:
            rest = len(self._text)
            while self._at < rest and self._text[self._at] in " \t\r\n\ufeff":
                self._at += 1
            if self._at < rest:
                return self._text[self._at] == mark
            self._more("Unterminated array")

    def skip(self, mark: str) -> None:
        """Step over `mark`. Raises DamagedFileError when something else is there."""
        if not self.at(mark):
            raise self._broken(f"expecting {mark!r}")
        self._at += 1

    def end(self) -> None:
        """Read to the end of the file. Raises DamagedFileError when more than blanks is there."""
        while not (rest := self._text[self._at :].strip(" \t\r\n\ufeff")):
            piece = next(self._pieces, b"")
            if not piece:
                return
            text, self._bytes = _whole_characters(self._bytes + piece)
            self._text, self._at = text, 0
        raise faults.damaged(self._name, "JSON", _AFTER_ARRAY.format(row=self._row, told=rest[:20]))

    def value(self, row: int) -> object:
        """The next element, whole."""
        self._row = row
        self.at("{")
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                self._more(str(error))
                continue
            if end == len(self._text) and not isinstance(value, dict):
                self._more("Unterminated array")
                continue
            self._at = end
            return value

    def _more(self, told: str) -> None:
        """Read on; what was used is let go. Raises DamagedFileError at the end of the file or of patience."""
        piece = next(self._pieces, b"")
        if not piece or len(self._text) - self._at > LONGEST_CELL * 2:
            raise self._broken(told)
        text, self._bytes = _whole_characters(self._bytes + piece)
        self._text = self._text[self._at :] + text
        self._at = 0

    def _broken(self, told: str) -> faults.DamagedFileError:
        return faults.damaged(self._name, "JSON", _BROKEN_ARRAY.format(row=self._row, told=told))


def _whole_characters(raw: bytes) -> tuple[str, bytes]:
    """The text of some UTF-8 bytes, and those at the end that are the beginning of one more character."""
    end = len(raw)
    while end and end > len(raw) - 4 and raw[end - 1] & 0xC0 == 0x80:
        end -= 1
    if end and raw[end - 1] >= 0xC0:
        end -= 1
    try:
        return raw.decode("utf-8"), b""
    except UnicodeDecodeError:
        return raw[:end].decode("utf-8", "replace"), raw[end:]


def _fields(value: dict[str, object]) -> Fields:
    return {key: _text(item) for key, item in value.items()}


def _text(value: object) -> str | None:
    """A JSON value as text; numbers as they were written, nested values as JSON."""
    if value is None or isinstance(value, str):
        return value if not value or value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, Written):
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except ValueError:
        return _as_written(value)


def _as_written(value: object) -> str:
    """JSON with numbers that are beyond a float as they were written; what is no number is null."""
    if isinstance(value, dict):
        return f"{{{','.join(f'{json.dumps(k, ensure_ascii=False)}:{_as_written(v)}' for k, v in value.items())}}}"
    if isinstance(value, list):
        return f"[{','.join(_as_written(one) for one in value)}]"
    if isinstance(value, Written):
        return value.text
    return "null" if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


def _too_many_keys(name: str, row: int) -> faults.BrokenTextError:
    return faults.BrokenTextError(
        Words(
            zh=f"{name} 到第 {row} 行已有超过 {MOST_COLUMNS:,} 个不同的字段名",
            en=f"{name} has more than {MOST_COLUMNS:,} different keys by row {row}",
        ),
        Words(zh="把可变的内容放进一个字段里", en="put what varies into the value of one key"),
        file=name,
        row=row,
        reason="too_many_columns",
    )
