"""Compiling: a rule as a predicate over a table of traits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import ibis
import ibis.expr.types as ir

from titian.domain.condition import Condition, Did, Scalar
from titian.domain.rule import All, AnyOf, Not, Rule, conditions
from titian.domain.trajectory import WentTo
from titian.rules.checking import Sort, sort_of
from titian.traits.catalogue import trait
from titian.traits.exact import exactly
from titian.traits.moment import Moment
from titian.traits.spans import Span, span_of
from titian.traits.trait import Trait


def needed(rules: Iterable[Rule | None]) -> dict[str, Trait]:
    """The traits that rules read, by column, in the order in which they name them."""
    named = (condition.trait for rule in rules if rule is not None for condition in conditions(rule))
    return {found.column: found for found in map(trait, named)}


def predicate(rule: Rule, rows: ir.Table, moment: Moment) -> ir.BooleanValue:
    """Whether the rule holds, never null, over rows with a column per needed trait and per membership (`column`).

    A condition on a trait without a value does not hold, unless it asks for just that.
    """
    match rule:
        case Condition() | Did() | WentTo():
            return _condition(rule.condition, rows, moment)
        case Not():
            return ~predicate(rule.rule, rows, moment)
        case All():
            return ibis.and_(*(predicate(one, rows, moment) for one in rule.all))
        case AnyOf():
            return ibis.or_(*(predicate(one, rows, moment) for one in rule.any))
        case member:
            held: ir.BooleanColumn = rows[member.column]
            return held


def _condition(condition: Condition, rows: ir.Table, moment: Moment) -> ir.BooleanValue:
    found = trait(condition.trait)
    column = rows[found.column]
    if condition.op in ("is_known", "is_unknown"):
        return column.notnull() if condition.op == "is_known" else column.isnull()
    timed = sort_of(found) is Sort.INSTANT
    held = _in_time(condition, column, moment) if timed else _compared(condition, column)
    return held.fill_null(False)


def _compared(condition: Condition, column: ir.Column) -> ir.BooleanValue:
    values = [_written(value) for value in condition.values]
    if column.type().is_date():
        column = column.cast("string")  # 1990-05-01: born in May contains "-05-"
    match condition.op:
        case "=":
            return column == values[0]
        case "!=":
            return column != values[0]
        case ">":
            return column > values[0]
        case ">=":
            return column >= values[0]
        case "<":
            return column < values[0]
        case "<=":
            return column <= values[0]
        case "between":
            return (column >= values[0]) & (column <= values[1])
        case "in":
            return ibis.or_(*(column == value for value in values))
        case "not_in":
            return ibis.and_(*(column != value for value in values))
        case "contains":
            return column.contains(values[0])
        case _:
            return column.startswith(values[0])


def _written(value: Scalar) -> ir.Scalar:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return exactly(value)
    return ibis.literal(value)


def _in_time(condition: Condition, column: ir.Column, moment: Moment) -> ir.BooleanValue:
    spans = [span_of(value, moment.as_of, moment.timezone) for value in condition.values]
    first = spans[0]
    match condition.op:
        case "=":
            return _within(column, first)
        case "!=":
            return ~_within(column, first)
        case ">":
            return column >= _instant(first.after)
        case ">=":
            return column >= _instant(first.start)
        case "<":
            return column < _instant(first.start)
        case "<=":
            return column < _instant(first.after)
        case _:
            return _within(column, Span(first.start, spans[1].after))


def _within(column: ir.Column, span: Span) -> ir.BooleanValue:
    return (column >= _instant(span.start)) & (column < _instant(span.after))


def _instant(at: datetime) -> ir.TimestampScalar:
    return ibis.literal(at)
