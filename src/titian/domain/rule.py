"""Rule: what must hold of a customer, as a tree of conditions (`condition`) that Python, JSON and YAML write alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_serializer,
)

from titian.domain.condition import Condition, Did, InAudience, InCharge, InLayer, Membership, Moved, Tagged
from titian.domain.refused import RefusedError
from titian.domain.trajectory import WentTo, values_said

DEEPEST = 8
LARGEST = 200
"""Nodes of one rule, lists counted by their values."""

Leaf = Condition | Did | WentTo | Membership
OfTrait = Did | WentTo
"""What is the same as a condition on a trait."""


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


_LEAVES = ("trait", "did", "funnel", "layering", "moved", "tag", "audience", "staff")
_KINDS = {name: name for name in (*_LEAVES, "all", "any", "not")} | {"rule": "not"}


def _kind(node: object) -> str | None:
    names = node if isinstance(node, Mapping) else type(node).model_fields if isinstance(node, BaseModel) else ()
    return next((_KINDS[name] for name in names if name in _KINDS), None)


Rule = Annotated[
    Annotated[Condition, Tag("trait")]
    | Annotated[Did, Tag("did")]
    | Annotated[WentTo, Tag("funnel")]
    | Annotated[InLayer, Tag("layering")]
    | Annotated[Moved, Tag("moved")]
    | Annotated[Tagged, Tag("tag")]
    | Annotated[InAudience, Tag("audience")]
    | Annotated[InCharge, Tag("staff")]
    | Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")],
    Discriminator(_kind),
]
"""A condition, or rules joined by all, any and not."""
_LISTS = ("value", "layers", "source", "target")
"""Where a condition has a list."""


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
            zh="规则的每一项应为条件（trait、did、funnel、layering、moved、tag、audience 或 staff）、all、any 或 not，"
            f"而不是 {_short(node)}",
            en="each part of a rule is a condition (trait, did, funnel, layering, moved, tag, audience or staff), all, any or not; "
            f"not {_short(node)}",
        )
    if kind in _LEAVES:
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
    held = [_said(node, name) for name in _LISTS]
    return sum(len(found) for found in held if isinstance(found, list | tuple)) + values_said(_said(node, "funnel"))


def _said(node: object, name: str) -> object:
    return node.get(name) if isinstance(node, Mapping) else getattr(node, name, None)


def _short(node: object) -> str:
    said = repr(list(node)) if isinstance(node, Mapping) else type(node).__name__
    return said[:80]


def leaves(rule: Rule) -> Iterator[Leaf]:
    """All that a rule asks, from left to right."""
    match rule:
        case Not():
            yield from leaves(rule.rule)
        case All():
            for one in rule.all:
                yield from leaves(one)
        case AnyOf():
            for one in rule.any:
                yield from leaves(one)
        case leaf:
            yield leaf


def placed(rule: Rule, place: str = "") -> Iterator[tuple[str, Leaf]]:
    """The same, each with where it stands: all.1.not.any.0; a rule that is a condition stands nowhere."""

    def inner(step: str) -> str:
        return f"{place}.{step}" if place else step

    match rule:
        case Not():
            yield from placed(rule.rule, inner("not"))
        case All():
            for at, one in enumerate(rule.all):
                yield from placed(one, inner(f"all.{at}"))
        case AnyOf():
            for at, one in enumerate(rule.any):
                yield from placed(one, inner(f"any.{at}"))
        case leaf:
            yield place, leaf


def conditions(rule: Rule) -> Iterator[Condition]:
    """All conditions on traits, those on what was done and how far somebody went among them."""
    for leaf in leaves(rule):
        if isinstance(leaf, Condition | OfTrait):
            yield leaf.condition


def memberships(rule: Rule) -> Iterator[Membership]:
    """All that a rule asks of layers, tags, audiences and staff."""
    for leaf in leaves(rule):
        if not isinstance(leaf, Condition | OfTrait):
            yield leaf


RuleTree = Annotated[
    Rule,
    BeforeValidator(_bounded),
    WithJsonSchema({"type": "object", "x-titian": "rule"}),
]
"""A whole rule, its depth and size bounded."""
