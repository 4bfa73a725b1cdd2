"""Sheet: one table of any columns, handed in, of which a caller reads some as labels and some as numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import ibis
import ibis.expr.types as ir

from titian.domain.counting import counted as counted_words
from titian.domain.words import Words
from titian.errors import InputError, TitianError, UnknownNameError
from titian.warehouse import rejecting, sql
from titian.warehouse.abilities import LIMITS, Ability
from titian.warehouse.alone import alone
from titian.warehouse.engine import Engine
from titian.warehouse.engine_duckdb import DuckDBEngine
from titian.warehouse.engines import engine_of, lives_elsewhere
from titian.warehouse.frames import FrameError
from titian.warehouse.handed import Frame, Handed, handed, kept
from titian.warehouse.intake import MEMORY_LIMIT
from titian.warehouse.parsing.profile import PLAIN_NUMBER
from titian.warehouse.parsing.targets import Target
from titian.warehouse.parsing.typed import MACROS
from titian.warehouse.placed import EDGES
from titian.warehouse.report import Reject
from titian.warehouse.tables import Column

FILE = "sheet.sql"
CALLED = "frame"
"""What a table without a file is called in messages."""

MOST = 1e60
"""Beyond it the square of a variance is more than a double holds: such numbers count as none."""

TEXT = "VARCHAR"
_FLOATS = ("FLOAT", "DOUBLE")
_WHOLE = (
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "UHUGEINT",
)


@dataclass(frozen=True)
class Sheet:
    """Rows on their engine: labels as text, numbers as doubles, and NULL where a cell is empty.

    `unread` marks cells that hold something that is no finite number; they are NULL, too. Nothing is checked until a
    query looks, so that the query of interest can count such cells on its way, and `refusal` then names the first one.
    """

    engine: Engine
    rows: ir.Table
    labels: Sequence[str]
    numbers: Sequence[str]
    _first: Callable[[str, bool], Reject | None]
    name: str = CALLED
    first_row: int = 0

    def label(self, column: str) -> ir.StringColumn:
        """A column that was asked for as a label."""
        return self.rows[_label(self.labels, column)]

    def number(self, column: str) -> ir.FloatingColumn:
        """A column that was asked for as a number."""
        return self.rows[_number(self.numbers, column)]

    def unread(self, column: str) -> ir.BooleanColumn:
        """Whether a cell of the column holds something that is no finite number."""
        return self.rows[_unread(self.numbers, column)]

    def refusal(self, column: str, cells: int, *, empty: bool, mend: Words) -> TitianError:
        """What to say of `cells` of a column that are empty, or that can't be read: where the first one is, and how to mend."""
        found = self._first(column, empty)
        what = Words(zh="为空", en="is empty") if empty else Words(zh="不是数字", en="is no number")
        more, more_zh = (f" (and {cells - 1:,} more)", f"（另有 {cells - 1:,} 处）") if cells > 1 else ("", "")
        counted, counted_zh = ("", "") if self.first_row else (" (counted from 0)", "（从 0 数起）")
        if found is None:
            said = Words(
                zh=f"{self.name} 的 {column!r} 列有 {cells:,} 处{what.zh}",
                en=f"{self.name}: column {column!r} {what.en} in {counted_words(cells, 'row', 'rows')}",
            )
        else:
            value = "" if found.value is None else f" {found.value!r}"
            said = Words(
                zh=f"{self.name} 第 {found.row} 行{counted_zh} {column!r} 列{value} {what.zh}{more_zh}",
                en=f"{self.name}, row {found.row}{counted}, column {column!r}:{value or ' it'} {what.en}{more}",
            )
        details = {} if found is None else {"row": found.row, "value": found.value}
        return FrameError(said.en, mend.en, zh=said.zh, hint_zh=mend.zh, column=column, cells=cells, **details)


@contextmanager
def sheet(frame: Frame, labels: Sequence[str], numbers: Sequence[str]) -> Iterator[Sheet]:
    """`frame` with the columns that are named, as long as the context lasts.

    An Ibis table of an engine with an adapter stays there; all else is read in this process: a pandas or Polars frame, a
    pyarrow table, a DuckDB relation, another Ibis table, or a path. Raises UnknownNameError for a column that is not
    there, and InputError for one that can't be a number, a file with malformed rows, and things that are no table.
    """
    if lives_elsewhere(frame):
        yield _placed(frame, labels, numbers)
        return
    connection = alone(MEMORY_LIMIT)
    try:
        with handed(connection, CALLED, frame) as given:
            _check(given, (*labels, *numbers))
            yield _here(connection, given, labels, numbers)
    finally:
        connection.close()


def _here(connection: duckdb.DuckDBPyConnection, given: Handed, labels: Sequence[str], numbers: Sequence[str]) -> Sheet:
    said, types = sql.statements(FILE), given.rows.types
    for macro in (*sql.statements(MACROS).values(), said["bounded"]):
        connection.execute(macro)
    plain = _plain(connection, given, [one for one in numbers if _is_text(types.get(one, TEXT))])
    cells = [
        *(f"{_label_of(one, types)} AS {sql.name(_label(labels, one))}" for one in labels),
        *(f"{_number_of(one, types, plain)} AS {sql.name(_number(numbers, one))}" for one in numbers),
        *(f"{_unread_of(one, types)} AS {sql.name(_unread(numbers, one))}" for one in numbers),
    ]
    connection.execute(said["made"].format(cells=", ".join(cells), relation=given.rows.relation))
    engine = DuckDBEngine(connection)
    rows = engine.backend.table("sheet", database=("temp", "main"))

    def first(column: str, empty: bool) -> Reject | None:
        return _first(connection, given, column, empty)

    return Sheet(engine, rows, labels, numbers, first, given.rows.name, given.rows.first_row)


def _check(given: Handed, columns: Sequence[str]) -> None:
    for column in columns:
        if column not in given.rows.columns:
            raise _no_column(given.rows.name, column, given.rows.columns)
    malformed = given.batch.malformed if given.batch else ()
    if malformed:
        bad = malformed[0]
        raise FrameError(
            f"{given.rows.name}, row {bad.row}: {bad.reason.en}",
            "mend or leave out such rows and call again; nothing was read",
            zh=f"{given.rows.name} 第 {bad.row} 行：{bad.reason.zh}",
            hint_zh="请修正或去掉这样的行后再调用；没有读入任何数据",
            row=bad.row,
            column=bad.column,
            value=bad.value,
        )


def _no_column(name: str, column: str, columns: Sequence[str]) -> InputError:
    return UnknownNameError(f"column of {name}", f"列（{name}）", column, list(columns))


def _label_of(column: str, types: Mapping[str, str]) -> str:
    cell = sql.name(column)
    if types.get(column) in _FLOATS:
        return sql.statements(FILE)["float_label"].format(cell=cell)
    return f"trimmed(CAST({cell} AS VARCHAR))"


def _plain(connection: duckdb.DuckDBPyConnection, given: Handed, texts: Sequence[str]) -> frozenset[str]:
    """The columns of text in which every cell is a number as it stands: reading others with care takes far longer."""
    if not texts:
        return frozenset()
    said = sql.statements(FILE)
    columns = [
        said["plain_column"].format(cell=cell, number=said["plain_number"].format(cell=cell))
        for cell in map(sql.name, texts)
    ]
    counted = connection.execute(said["plain"].format(columns=", ".join(columns), relation=given.rows.relation))
    found = counted.fetchone() or ()
    return frozenset(one for one, filled, read in zip(texts, found[::2], found[1::2], strict=True) if filled == read)


def _number_of(column: str, types: Mapping[str, str], plain: Set[str] = frozenset()) -> str:
    cell, kind, said = sql.name(column), types.get(column, TEXT), sql.statements(FILE)
    if column in plain:
        return said["plain_number"].format(cell=cell)
    if kind in _FLOATS:
        return said["typed_number"].format(cell=cell)
    if kind in _WHOLE or kind == "BOOLEAN" or kind.startswith("DECIMAL"):
        return f"CAST({cell} AS DOUBLE)"
    if _is_text(kind):
        return said["text_number"].format(cell=cell, plain=PLAIN_NUMBER)
    raise _no_number(column, kind)


def _unread_of(column: str, types: Mapping[str, str]) -> str:
    cell, kind, said = sql.name(column), types.get(column, TEXT), sql.statements(FILE)
    if kind in _FLOATS:
        return said["typed_unread"].format(cell=cell)
    if _is_text(kind):
        return said["text_unread"].format(cell=cell, number=_number_of(column, types))
    return "false"


def _is_text(kind: str) -> bool:
    return kind == TEXT or kind.startswith("ENUM")


def _no_number(column: str, kind: str) -> InputError:
    return InputError(
        f"column {column!r} is of type {kind}, which is no number",
        "choose a column of numbers, or turn it into one",
        zh=f"{column!r} 列的类型是 {kind}，不是数字",
        hint_zh="请选择数值列，或先将它转换为数字",
        column=column,
        type=kind,
    )


def _first(connection: duckdb.DuckDBPyConnection, given: Handed, column: str, empty: bool) -> Reject | None:
    """The first row whose cell of a column is empty, or can't be read."""
    rows = kept(connection, given, {column: column})
    number, unread = _number_of(column, rows.types), _unread_of(column, rows.types)
    wrong = f"{number} IS NULL AND NOT {unread}" if empty else unread
    statement = sql.statements(FILE)["first_fault"].format(
        place=sql.name(rows.place), column=sql.literal(column), unread=unread, wrong=wrong, relation=rows.relation
    )
    connection.execute(statement)
    target = Target(Column(column, "number", Words(zh=column, en=column)), column, needed=True)
    found = rejecting.gather(connection, rows, [target], given.batch)
    return found[0] if found else None


def _placed(frame: object, labels: Sequence[str], numbers: Sequence[str]) -> Sheet:
    """A table that lives on another engine: columns have their types there."""
    assert isinstance(frame, ir.Table)
    engine = engine_of(frame)
    rows = engine.adopt(frame)
    for column in (*labels, *numbers):
        if column not in rows.columns:
            raise _no_column(CALLED, column, rows.columns)
    cells = {
        **{_label(labels, one): rows[one].cast("string").re_replace(EDGES, "").nullif("") for one in labels},
        **{_number(numbers, one): _bounded(engine, rows[one]) for one in numbers},
        **{_unread(numbers, one): _beyond(rows[one]) for one in numbers},
    }
    return Sheet(engine, rows.select(**cells), labels, numbers, lambda *_: None)


def _bounded(engine: Engine, given: ir.Value) -> ir.Value:
    kind = given.type()
    if kind.is_boolean():
        return given.cast("int64").cast("float64")
    if not kind.is_numeric():
        reason = LIMITS[engine.key][Ability.TEXT]
        error = _no_number(given.get_name(), str(kind))
        raise InputError(error.message, reason.en, zh=error.zh, hint_zh=reason.zh, **error.details)
    if kind.is_floating():
        return ibis.cases((~given.isnan() & (given.abs() < MOST), given.cast("float64")))
    return given.cast("float64")


def _beyond(given: ir.Value) -> ir.Value:
    if not given.type().is_floating():
        return ibis.literal(False)
    return (~given.isnan() & (given.abs() >= MOST)).fill_null(False)


def _label(labels: Sequence[str], column: str) -> str:
    return f"label_{list(labels).index(column)}"


def _number(numbers: Sequence[str], column: str) -> str:
    return f"number_{list(numbers).index(column)}"


def _unread(numbers: Sequence[str], column: str) -> str:
    return f"unread_{list(numbers).index(column)}"
