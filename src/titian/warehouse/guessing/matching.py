"""Matching: which source column is which canonical column, how surely, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from titian.domain.words import Words
from titian.warehouse.guessing import aliases
from titian.warehouse.guessing.looks import Look, fit
from titian.warehouse.parsing.targets import allowed
from titian.warehouse.tables import Column

LEAST = 0.3
"""What is less sure than this is no guess."""

FEW = 0.02
"""Different values among all, of a column too coarse to tell customers apart."""

_NAMED = Words(zh="列名“{name}”就是{target}的常用叫法", en='"{name}" is a usual name for {target}')
_CALLED = Words(zh="列名就是“{name}”", en='it is called "{name}"')
_NAMED_BUT = Words(
    zh="列名“{name}”像{target}，但部分值不像", en='"{name}" is named like {target}, but some values do not look like it'
)
_PARTLY = Words(zh="列名“{name}”里含有{target}的叫法", en='the name "{name}" holds a name for {target}')
_VALUES = {
    "instant": Words(zh="这一列的值都是日期或时间", en="its values are dates or times"),
    "money": Words(zh="这一列的值是带小数的金额", en="its values are amounts with decimals"),
    "id": Words(zh="这一列的值像编号，并且会重复出现", en="its values look like ids and come again"),
    "unique": Words(zh="这一列的值像编号，并且没有重复", en="its values look like ids and none comes twice"),
    "status": Words(zh="这一列的值都是订单状态词", en="its values are words for the state of an order"),
}


@dataclass(frozen=True)
class Match:
    """One source column taken for one canonical column."""

    target: Column
    source: Look
    confidence: float
    why: Words


def targets_of(table: str) -> tuple[Column, ...]:
    """The canonical columns that a file can be guessed to hold."""
    return tuple(column for column in allowed(table) if column.name in aliases.BY_TABLE[table])


def candidates(table: str, columns: Sequence[Look]) -> list[Match]:
    """Every pair of canonical and source column that is at all likely, the surest first."""
    found = [match for target in targets_of(table) for column in columns if (match := _match(table, target, column))]
    return sorted(found, key=lambda match: (-match.confidence, match.source.place))


def assign(found: Sequence[Match]) -> dict[str, Match]:
    """The surest match for each canonical column, no source column twice."""
    chosen: dict[str, Match] = {}
    taken: set[str] = set()
    for match in found:
        if match.target.name not in chosen and match.source.name not in taken:
            chosen[match.target.name] = match
            taken.add(match.source.name)
    return chosen


def _match(table: str, target: Column, column: Look) -> Match | None:
    named = aliases.exact(table, target.name, column.name)
    part = 0.0 if named else aliases.partly(table, target.name, column.name)
    if not named and not part:
        return _by_values(target, column)
    suits = fit(target.kind, column)
    confidence = (named or part) * (0.3 + 0.7 * suits)
    why = _why(part > 0, suits, column.name in (target.name, target.words.zh))
    return _made(
        target,
        column,
        confidence,
        Words(zh=_filled(why.zh, column, target.words.zh), en=_filled(why.en, column, target.words.en)),
    )


def _why(part: bool, suits: float, same: bool) -> Words:
    if part:
        return _PARTLY
    if suits <= 0.8:
        return _NAMED_BUT
    return _CALLED if same else _NAMED


def _filled(text: str, column: Look, target: str) -> str:
    return text.replace("{name}", column.name).replace("{target}", target)


def _by_values(target: Column, column: Look) -> Match | None:
    """A match for a column whose name says nothing."""
    if not column.values or aliases.known(column.name):
        return None
    if target.kind == "status":
        return _made(target, column, 0.75, _VALUES["status"]) if column.statuses > 0.9 else None
    if not (target.required or target.name == "order_id"):
        return None
    if target.kind == "id":
        return _made(target, column, *_as_id(target, column))
    score = _VALUE_SCORES.get(target.kind)
    return _made(target, column, score(column), _VALUES[target.kind]) if score else None


def _made(target: Column, column: Look, confidence: float, why: Words) -> Match | None:
    return Match(target, column, round(confidence, 3), why) if confidence >= LEAST else None


def _as_instant(column: Look) -> float:
    return 0.6 if column.dates > 0.95 else 0.0


def _as_money(column: Look) -> float:
    if column.numbers <= 0.95 or column.dates >= 0.5 or column.coded:
        return 0.0
    return 0.6 if column.whole < 0.9 else 0.4


_VALUE_SCORES = {"instant": _as_instant, "money": _as_money}


def _as_id(target: Column, column: Look) -> tuple[float, Words]:
    """Ids of orders never come twice; those of customers do, but not everywhere the same few."""
    unique = column.sameness < 1.001
    if column.dates > 0.9 or (column.numbers > 0.9 and column.whole < 0.99):
        return 0.0, _VALUES["id"]
    if target.name == "order_id":
        return (0.45 if unique and len(column.values) > 20 else 0.0), _VALUES["unique"]
    if len(column.distinct) <= FEW * len(column.values):
        return 0.0, _VALUES["id"]
    return (0.35 if unique else 0.5), _VALUES["id"]
