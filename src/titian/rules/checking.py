"""Checking: whether a rule fits the traits that it names."""

from __future__ import annotations

from enum import StrEnum

from titian.domain.condition import WITHOUT_VALUE, Before, Condition, InLayer, Moved, Scalar
from titian.domain.instants import instant
from titian.domain.refused import RefusedError
from titian.domain.rule import Rule, conditions, memberships
from titian.domain.words import Words
from titian.errors import InputError
from titian.traits.catalogue import trait
from titian.traits.trait import Trait, Unit


class Sort(StrEnum):
    """What a trait's values are to a rule."""

    NUMBER = "number"
    TEXT = "text"
    INSTANT = "instant"
    FLAG = "flag"


FIRST_YEAR, LAST_YEAR = 1900, 2999

_SORTS = {Unit.CATEGORY: Sort.TEXT, Unit.INSTANT: Sort.INSTANT, Unit.FLAG: Sort.FLAG}
_ORDER = frozenset({"=", "!=", ">", ">=", "<", "<=", "between"})
OPS: dict[Sort, frozenset[str]] = {
    Sort.NUMBER: _ORDER | {"in", "not_in"} | WITHOUT_VALUE,
    Sort.INSTANT: _ORDER | WITHOUT_VALUE,
    Sort.TEXT: frozenset({"=", "!=", "in", "not_in", "contains", "starts_with"}) | WITHOUT_VALUE,
    Sort.FLAG: frozenset({"=", "!="}) | WITHOUT_VALUE,
}
TAKES: dict[Sort, Words] = {
    Sort.NUMBER: Words(zh="数字", en="a number"),
    Sort.INSTANT: Words(zh='日期（2024-06-01）或 {"days_before": 30}', en='a date (2024-06-01) or {"days_before": 30}'),
    Sort.TEXT: Words(zh="文本", en="a text"),
    Sort.FLAG: Words(zh="true 或 false", en="true or false"),
}


def sort_of(one: Trait) -> Sort:
    """What the trait's values are to a rule."""
    return _SORTS.get(one.unit, Sort.NUMBER)


def checked(rule: Rule) -> Rule:
    """The rule, if every condition can be asked of its trait; whether layers, tags and audiences are there is not looked at.

    Raises UnknownNameError for an unknown trait, RefusedError for an operator or a value that does not fit it.
    """
    for condition in conditions(rule):
        one = trait(condition.trait)
        _check(condition, one)
        for edge in one.edges:
            _check_date("between" if one.picked else condition.trait, edge)
    for member in memberships(rule):
        if isinstance(member, InLayer) and member.as_of is not None:
            _check_date(member.layering, member.as_of)
        if isinstance(member, Moved):
            _check_date(member.moved, member.since)
    return rule


def of_traits(rule: Rule) -> Rule:
    """The same, if it asks of traits and events alone, as a layer does. Raises RefusedError."""
    for one in memberships(rule):
        asked = next(iter(one.model_dump()))
        raise RefusedError(
            zh=f"层级的规则只能使用指标和行为，不能使用 {asked}；请改用人群，或用交叉分层",
            en=f"the rule of a layer asks of traits and events, not of {asked}: make an audience, or cross two layerings",
        )
    return checked(rule)


def relative(rule: Rule) -> bool:
    """Whether the rule reckons some instant back from the as_of."""
    found = tuple(conditions(rule))
    edges = (edge for condition in found for edge in trait(condition.trait).edges)
    return any(isinstance(value, Before) for condition in found for value in (*condition.values, *edges))


def dated(rule: Rule) -> bool:
    """Whether the rule names a date of the calendar."""
    found = tuple(conditions(rule))
    asked = (one for one in found if sort_of(trait(one.trait)) is Sort.INSTANT)
    edges = (edge for one in found for edge in trait(one.trait).edges)
    return any(isinstance(value, str) for value in (*edges, *(value for one in asked for value in one.values)))


def _check(condition: Condition, one: Trait) -> None:
    sort = sort_of(one)
    if condition.op not in OPS[sort]:
        valid = " ".join(sorted(OPS[sort]))
        raise RefusedError(
            zh=f"指标 {condition.trait} 不能用 {condition.op}，可用：{valid}",
            en=f"{condition.op} can't be asked of {condition.trait}; choose one of: {valid}",
        )
    for value in condition.values:
        if not _fits(value, sort):
            raise RefusedError(
                zh=f"{condition.trait} {condition.op} 的值应为{TAKES[sort].zh}，而不是 {value!r}",
                en=f"{condition.trait} {condition.op} takes {TAKES[sort].en}, not {value!r}",
            )


def _check_date(name: str, value: Scalar) -> None:
    if not _fits(value, Sort.INSTANT):
        takes = TAKES[Sort.INSTANT]
        raise RefusedError(
            zh=f"{name} 的时间应为{takes.zh}，而不是 {value!r}", en=f"{name} takes {takes.en}, not {value!r}"
        )


def _fits(value: Scalar, sort: Sort) -> bool:
    match sort:
        case Sort.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Sort.TEXT:
            return isinstance(value, str)
        case Sort.FLAG:
            return isinstance(value, bool)
        case Sort.INSTANT:
            return isinstance(value, Before) or (isinstance(value, str) and _is_date(value))


def _is_date(text: str) -> bool:
    try:
        at = instant(text, "UTC")
    except (InputError, OverflowError):
        return False
    return FIRST_YEAR <= at.year <= LAST_YEAR
