"""Rule: what must hold of a customer, as a tree of conditions that Python, JSON and YAML write alike."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    Tag,
    WithJsonSchema,
    field_validator,
    model_serializer,
    model_validator,
)

from titian.domain.refused import RefusedError

DEEPEST = 8
LARGEST = 200
"""Nodes of one rule, lists counted by their values."""
LONGEST_TEXT = 1000

Op = Literal[
    "=", "!=", ">", ">=", "<", "<=", "between", "in", "not_in", "is_known", "is_unknown", "contains", "starts_with"
]
WITHOUT_VALUE: frozenset[str] = frozenset({"is_known", "is_unknown"})
WITH_LIST: frozenset[str] = frozenset({"in", "not_in", "between"})


class Before(BaseModel):
    """The instant a number of local days before the as_of: {"days_before": 30}."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days_before: StrictInt = Field(ge=0, le=36_500)


Scalar = StrictBool | StrictInt | StrictFloat | StrictStr | Before
"""A literal: yes or no, a number, a text or a date (2024-06-01, 2024-06-01T08:30), or days before the as_of."""


class Condition(BaseModel):
    """One trait against a value: {"trait": "spend_90d", "op": ">=", "value": 100}.

    `between` takes [low, high], both included; `in` and `not_in` a list; `is_known` and `is_unknown` nothing. A date
    stands for its whole local day. Where the trait has no value only `is_unknown` holds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    trait: str
    op: Op = "="
    value: Scalar | tuple[Scalar, ...] | None = None

    @field_validator("value", mode="before")
    @classmethod
    def _plain(cls, given: object) -> object:
        """Dates as YAML and Python give them become text."""
        if isinstance(given, list | tuple):
            return tuple(_literal(one) for one in given)
        return _literal(given)

    @model_validator(mode="after")
    def _as_many_values_as_asked_for(self) -> Condition:
        many = isinstance(self.value, tuple)
        if self.op in WITHOUT_VALUE:
            fits, zh, en = self.value is None, "不带 value", "takes no value"
        elif self.op == "between":
            fits, zh, en = many and len(self.values) == 2, "需要两个值：[下限, 上限]", "takes two values: [low, high]"
        elif self.op in WITH_LIST:
            fits, zh, en = many and bool(self.values), "需要一个非空的值列表", "takes a list of values"
        else:
            fits, zh, en = self.value is not None and not many, "需要一个值", "takes one value"
        if not fits:
            raise RefusedError(zh=f"{self.trait} {self.op} {zh}", en=f"{self.trait} {self.op} {en}")
        return self

    @property
    def values(self) -> tuple[Scalar, ...]:
        """The value, or all of a list."""
        if self.value is None:
            return ()
        return self.value if isinstance(self.value, tuple) else (self.value,)

    @model_serializer(mode="wrap")
    def _without_nothing(self, handler: Any) -> dict[str, Any]:
        written: dict[str, Any] = handler(self)
        return {name: value for name, value in written.items() if value is not None}


class All(BaseModel):
    """Every one of these holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    all: tuple[Rule, ...] = Field(min_length=1)


class AnyOf(BaseModel):
    """At least one of these holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    any: tuple[Rule, ...] = Field(min_length=1)


class Not(BaseModel):
    """This does not hold: true, too, where the trait of a condition has no value."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)

    rule: Rule = Field(alias="not")

    @model_serializer(mode="wrap")
    def _written(self, handler: Any) -> dict[str, Any]:
        return {"not": next(iter(handler(self).values()))}


_KINDS = {"trait": "trait", "all": "all", "any": "any", "not": "not", "rule": "not"}


def _kind(node: object) -> str | None:
    names = node if isinstance(node, Mapping) else type(node).model_fields if isinstance(node, BaseModel) else ()
    return next((_KINDS[name] for name in names if name in _KINDS), None)


Rule = Annotated[
    Annotated[Condition, Tag("trait")]
    | Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")],
    Discriminator(_kind),
]
"""A condition, or rules joined by all, any and not."""


def _literal(given: object) -> object:
    if isinstance(given, datetime | date):
        return given.isoformat()
    if isinstance(given, str) and ("\0" in given or len(given) > LONGEST_TEXT):
        raise RefusedError(
            zh=f"文本不能含空字符，最长 {LONGEST_TEXT} 字",
            en=f"a text has no NUL and at most {LONGEST_TEXT} characters",
        )
    if isinstance(given, int | float) and not _finite(given):
        raise RefusedError(zh="数字必须有限", en="a number must be finite")
    return given


def _finite(number: float) -> bool:
    try:
        return math.isfinite(float(number))
    except OverflowError:
        return False


def _bounded(given: object) -> object:
    """Refuse, before anything is built, what is no tree, or too deep or too large a one (a cycle is endlessly deep)."""
    nodes = 0
    waiting: list[tuple[object, int]] = [(given, 1)]
    while waiting:
        node, depth = waiting.pop()
        nodes += 1 + _listed(node)
        if depth > DEEPEST or nodes > LARGEST:
            raise RefusedError(
                zh=f"规则最多 {DEEPEST} 层、{LARGEST} 个条件和值；请拆成几个层级",
                en=f"a rule has at most {DEEPEST} levels and {LARGEST} conditions and values; split it into layers",
            )
        waiting += [(one, depth + 1) for one in _below(node)]
    return given


def _below(node: object) -> list[object]:
    kind = _kind(node)
    if kind is None:
        raise RefusedError(
            zh=f"规则的每一项应为条件（trait、op、value）、all、any 或 not，而不是 {_short(node)}",
            en=f"each part of a rule is a condition (trait, op, value), all, any or not; not {_short(node)}",
        )
    if kind == "trait":
        return []
    held = _held(node, "not" if kind == "not" else kind)
    if kind == "not":
        return [held]
    if not isinstance(held, list | tuple):
        raise RefusedError(zh=f"{kind} 后应为规则列表", en=f"{kind} takes a list of rules")
    return list(held)


def _held(node: object, name: str) -> object:
    if isinstance(node, Mapping):
        return node.get(name, node.get("rule") if name == "not" else None)
    return getattr(node, "rule" if name == "not" else name)


def _listed(node: object) -> int:
    value = node.get("value") if isinstance(node, Mapping) else getattr(node, "value", None)
    return len(value) if isinstance(value, list | tuple) else 0


def _short(node: object) -> str:
    said = repr(list(node)) if isinstance(node, Mapping) else type(node).__name__
    return said[:80]


def conditions(rule: Rule) -> Iterator[Condition]:
    """All conditions of a rule, from left to right."""
    match rule:
        case Condition():
            yield rule
        case Not():
            yield from conditions(rule.rule)
        case All():
            for one in rule.all:
                yield from conditions(one)
        case AnyOf():
            for one in rule.any:
                yield from conditions(one)


RuleTree = Annotated[
    Rule,
    BeforeValidator(_bounded),
    WithJsonSchema({"type": "object", "x-titian": "rule"}),
]
"""A whole rule, its depth and size bounded."""
