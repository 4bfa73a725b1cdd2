"""Judging: a rule for one customer, and which of its conditions decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from titian.domain.condition import Condition, Did, Membership
from titian.domain.rule import All, AnyOf, Not, Rule
from titian.domain.trajectory import WentTo
from titian.rules.checking import Sort, sort_of
from titian.traits.catalogue import trait
from titian.traits.spans import span_of

Judge = Callable[[Condition | Membership], bool]
Decided = tuple[Condition | Membership, bool]
"""A condition or membership, and whether it holds."""


def judge(values: Mapping[str, object], as_of: datetime, timezone: str) -> Judge:
    """Tells of any condition or membership whether it holds for a customer with these values, by column."""

    def holds(condition: Condition | Membership) -> bool:
        if not isinstance(condition, Condition):
            return bool(values[condition.column])
        found = trait(condition.trait)
        value = values[found.column]
        if condition.op in ("is_known", "is_unknown"):
            return (value is None) == (condition.op == "is_unknown")
        if value is None:
            return False
        if sort_of(found) is Sort.INSTANT:
            assert isinstance(value, datetime)
            return _in_time(condition, value.replace(tzinfo=None), as_of, timezone)
        return _compared(condition, value)

    return holds


def holds(rule: Rule, judged: Judge) -> bool:
    """Whether the rule holds."""
    match rule:
        case Condition() | Did() | WentTo():
            return judged(rule.condition)
        case Not():
            return not holds(rule.rule, judged)
        case All():
            return all(holds(one, judged) for one in rule.all)
        case AnyOf():
            return any(holds(one, judged) for one in rule.any)
        case member:
            return judged(member)


def deciding(rule: Rule, judged: Judge) -> Iterator[Decided]:
    """The conditions that made the rule what it is, each with whether it holds.

    Of a true `all` and a false `any` every part decided; of a false `all` the first that failed, of a true `any`
    those that hold.
    """
    whole = holds(rule, judged)
    match rule:
        case Condition() | Did() | WentTo():
            yield rule.condition, whole
        case Not():
            yield from deciding(rule.rule, judged)
        case All() | AnyOf():
            parts = rule.all if isinstance(rule, All) else rule.any
            told = [one for one in parts if holds(one, judged) == whole]
            for one in told[:1] if isinstance(rule, All) and not whole else told:
                yield from deciding(one, judged)
        case member:
            yield member, whole


def _compared(condition: Condition, value: object) -> bool:
    have = _plain(value)
    asked = [_plain(one) for one in condition.values]
    first = asked[0]
    match condition.op:
        case "=" | "in":
            return have in asked
        case "!=" | "not_in":
            return have not in asked
        case "contains":
            return str(first) in str(have)
        case "starts_with":
            return str(have).startswith(str(first))
        case op:
            assert isinstance(have, float)
            return _ordered(op, have, [float(str(one)) for one in asked])


def _ordered(op: str, have: float, asked: list[float]) -> bool:
    match op:
        case ">":
            return have > asked[0]
        case ">=":
            return have >= asked[0]
        case "<":
            return have < asked[0]
        case "<=":
            return have <= asked[0]
        case _:
            return asked[0] <= have <= asked[1]


def _plain(value: object) -> str | float:
    """A value of a customer or of a condition: text, truth or number."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | bool) else float(str(value))


def _in_time(condition: Condition, have: datetime, as_of: datetime, timezone: str) -> bool:
    spans = [span_of(value, as_of, timezone) for value in condition.values]
    start, after = spans[0].start, spans[0].after
    match condition.op:
        case "=":
            return start <= have < after
        case "!=":
            return not start <= have < after
        case ">":
            return have >= after
        case ">=":
            return have >= start
        case "<":
            return have < start
        case "<=":
            return have < after
        case _:
            return start <= have < spans[1].after
