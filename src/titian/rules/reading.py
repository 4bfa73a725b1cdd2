"""Reading: a rule as Python, JSON or YAML gives it."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import TypeAdapter, ValidationError

from titian.domain.refused import RefusedError, reason_of
from titian.domain.rule import All, AnyOf, Leaf, Not, Rule, RuleTree, placed
from titian.domain.words import Words
from titian.errors import InputError
from titian.rules.checking import checked

Given = Mapping[str, object] | Leaf | All | AnyOf | Not
"""A rule, or a mapping that says one."""

_ADAPTER: TypeAdapter[Rule] = TypeAdapter(RuleTree)


class RuleError(InputError):
    """A rule that says nothing, or asks what can't be asked."""

    code = "rule"


def read(given: Given) -> Rule:
    """The rule, checked against the traits. Raises RuleError, with where in the rule and why, and UnknownNameError."""
    try:
        rule = _ADAPTER.validate_python(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise _refused(_place(first["loc"]), reason_of(first)) from None
    for place, leaf in placed(rule):
        try:
            checked(leaf)
        except RefusedError as error:
            raise _refused(place, error.reason) from None
    return rule


def _place(said: tuple[int | str, ...]) -> str:
    """Where in the rule, as it is written: before each part stands its kind, which is not."""
    parts, waiting = [], True
    for part in said:
        if not waiting:
            parts.append(str(part))
        waiting = not waiting if waiting else isinstance(part, int) or part in ("not", "rule")
    return ".".join(parts)


def _refused(place: str, reason: Words) -> RuleError:
    at = f"{place}: " if place else ""
    return RuleError(
        f"the rule: {at}{reason.en}",
        'a rule is {"trait": …}, {"did": …}, {"funnel": …}, {"layering": …}, {"moved": …}, {"tag": …}, {"audience": …}, or all, '
        "any, not of rules; see docs/reference/rules.md",
        zh=f"规则：{at}{reason.zh}",
        hint_zh='规则为 {"trait": …}、{"did": …}、{"funnel": …}、{"layering": …}、{"moved": …}、{"tag": …}、{"audience": …}，'
        "或由 all、any、not 组合而成；见 docs/reference/rules.md",
        place=place,
    )
