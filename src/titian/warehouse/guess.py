"""Guess: which canonical table a file is, which column is what, how surely, and what a person must still say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from titian.domain.mapping import DateOrder, Mapping
from titian.domain.words import Words
from titian.warehouse.guessing import asking, lines
from titian.warehouse.guessing.asking import Question
from titian.warehouse.guessing.looks import Look, decimal_comma, fit, look
from titian.warehouse.guessing.matching import Match, assign, candidates, targets_of
from titian.warehouse.sources.batch import Sample
from titian.warehouse.tables import TABLES, Column
from titian.warehouse.tables import table as canonical

__all__ = ["Guess", "Question", "SourceColumn", "TargetColumn", "guess"]

LEAST_POINTS = 0.7
_REMEMBERED = Words(zh="沿用上次确认的对应关系", en="as confirmed for an earlier file with the same columns")


@dataclass(frozen=True)
class SourceColumn:
    """One column of the file, with up to five different values."""

    name: str
    samples: tuple[str, ...]
    empty_share: float


@dataclass(frozen=True)
class TargetColumn:
    """One canonical column and what was guessed for it."""

    name: str
    words: Words
    kind: str
    required: bool
    source: str | None
    confidence: float
    why: Words | None


@dataclass(frozen=True)
class Guess:
    """What a file seems to be; `confident` when it can be loaded as it is."""

    table: str
    columns: tuple[SourceColumn, ...]
    targets: tuple[TargetColumn, ...]
    mapping: Mapping
    questions: tuple[Question, ...]
    confident: bool
    remembered: bool


@dataclass(frozen=True)
class _Reading:
    """One way to read the file: as which table, with which matches."""

    table: str
    found: Sequence[Match]
    chosen: dict[str, Match]

    def required(self) -> tuple[Column, ...]:
        """The canonical columns that must be there, for rows that are lines their parts in place of the amount."""
        needed = [column for column in canonical(self.table).columns if column.required]
        if self.table == "orders" and lines.are_lines(self.chosen):
            needed = [column for column in needed if column.name != "amount"]
        return tuple(needed)

    def points(self) -> float:
        """How well the table explains the file: its required columns count most."""
        required = {column.name for column in self.required()}
        have = sum(self.chosen[name].confidence if name in self.chosen else -1.0 for name in required)
        more = sum(match.confidence > 0.75 for name, match in self.chosen.items() if name not in required)
        lacking = self.table == "order_items" and not {"product_id", "product", "quantity"} & set(self.chosen)
        return have + 0.25 * more - lacking


def guess(sample: Sample, table: str | None = None, *, remembered: Sequence[Mapping] = ()) -> Guess:
    """What the file that `sample` comes from seems to be.

    `table` is what a person said it is. A `remembered` mapping wins when the file has all of its columns and the
    values still suit. Raises UnknownNameError when `table` is none of the canonical ones.
    """
    columns = look(sample.columns, (*sample.records, *sample.further))
    tables = [canonical(table).name] if table else list(TABLES)
    earlier = _earlier(columns, tables, remembered)
    if earlier:
        return _answer(_recalled(earlier, columns), columns, sample, earlier)
    readings = [_read(name, columns) for name in tables]
    best = max(readings, key=_Reading.points)
    return _answer(best if best.points() >= LEAST_POINTS else _likeliest(readings), columns, sample, None)


def _likeliest(readings: Sequence[_Reading]) -> _Reading:
    """Where nothing is known of a file, it is most likely one of orders."""
    return next((reading for reading in readings if reading.table == "orders"), readings[0])


def _read(table: str, columns: Sequence[Look]) -> _Reading:
    found = candidates(table, columns)
    chosen = assign(found)
    return _Reading(table, found, lines.settled(chosen, found) if table == "orders" else chosen)


def _earlier(columns: Sequence[Look], tables: Sequence[str], remembered: Sequence[Mapping]) -> Mapping | None:
    """The remembered mapping that covers most columns of this file and whose values suit."""
    by_name = {column.name: column for column in columns}
    fitting = [
        mapping
        for mapping in remembered
        if mapping.table in tables
        and mapping.columns
        and all(_suits(mapping, target, by_name) for target in mapping.columns)
    ]
    return max(fitting, key=lambda mapping: len(mapping.columns), default=None)


def _suits(mapping: Mapping, target: str, by_name: dict[str, Look]) -> bool:
    column = by_name.get(mapping.columns[target])
    kinds = {known.name: known.kind for known in targets_of(mapping.table)}
    return column is not None and (target not in kinds or fit(kinds[target], column) >= 0.3)


def _recalled(mapping: Mapping, columns: Sequence[Look]) -> _Reading:
    by_name = {column.name: column for column in columns}
    chosen = {
        target.name: Match(target, by_name[mapping.columns[target.name]], 1.0, _REMEMBERED)
        for target in targets_of(mapping.table)
        if target.name in mapping.columns
    }
    return _Reading(mapping.table, (), chosen)


def _answer(reading: _Reading, columns: Sequence[Look], sample: Sample, earlier: Mapping | None) -> Guess:
    mapping, questions = _mapping(reading, columns, earlier)
    if not earlier and not sample.has_header:
        mapping = mapping.model_copy(update={"has_header": False})
    return Guess(
        table=reading.table,
        columns=tuple(SourceColumn(c.name, c.samples, round(c.empty_share, 4)) for c in columns),
        targets=tuple(_target(column, reading) for column in targets_of(reading.table)),
        mapping=mapping,
        questions=questions,
        confident=not questions,
        remembered=earlier is not None,
    )


def _target(column: Column, reading: _Reading) -> TargetColumn:
    match = reading.chosen.get(column.name)
    return TargetColumn(
        name=column.name,
        words=column.words,
        kind=column.kind,
        required=column in reading.required(),
        source=match.source.name if match else None,
        confidence=match.confidence if match else 0.0,
        why=match.why if match else None,
    )


def _mapping(
    reading: _Reading, columns: Sequence[Look], earlier: Mapping | None
) -> tuple[Mapping, tuple[Question, ...]]:
    taken = {match.source.name for match in reading.chosen.values()}
    asked = [
        asking.unsure(column, reading.chosen.get(column.name), reading.found, columns, taken)
        for column in reading.required()
    ]
    times = _of_kinds(reading, ("instant", "date"))
    order, about_dates = asking.about_dates(times)
    if earlier and earlier.date_order:
        order, about_dates = earlier.date_order, None
    known, about_words = _statuses(reading, earlier)
    questions = tuple(question for question in (*asked, about_dates, *about_words) if question)
    made = {
        "columns": earlier.columns if earlier else _sources(reading),
        "date_order": cast("DateOrder | None", order),
        "status_values": known,
    }
    if earlier:
        return earlier.model_copy(update=made), questions
    comma = decimal_comma(_of_kinds(reading, ("money", "number")))
    return Mapping.model_validate({"table": reading.table, "decimal_comma": comma, **made}), questions


def _sources(reading: _Reading) -> dict[str, str]:
    chosen = reading.chosen
    return {c.name: chosen[c.name].source.name for c in targets_of(reading.table) if c.name in chosen}


def _of_kinds(reading: _Reading, kinds: tuple[str, ...]) -> list[Look]:
    return [match.source for match in reading.chosen.values() if match.target.kind in kinds]


def _statuses(reading: _Reading, earlier: Mapping | None) -> tuple[dict[str, str], list[Question]]:
    said = dict(earlier.status_values) if earlier else {}
    match = reading.chosen.get("status")
    if match is None:
        return said, []
    known, questions = asking.about_statuses(match.source)
    open_ones = [question for question in questions if question.field.removeprefix("status_values.") not in said]
    return known | said, open_ones
