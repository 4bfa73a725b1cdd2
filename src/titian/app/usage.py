"""Usage: which definitions rest on which: what a rule names, and by whom something is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from titian.app import population, tag_definition
from titian.app.audience_definition import audience_of
from titian.app.definition import Definition, Sort
from titian.app.desk import Desk
from titian.app.named import Named, named_by
from titian.domain.audience import Audience
from titian.domain.rule import Rule
from titian.errors import ConflictError

Defined = Mapping[Sort, Mapping[str, Definition]]
"""Definitions by sort and key."""
NAMING: tuple[Sort, ...] = ("audiences", "tags", "population")
"""Whose rules name others. Layerings name nothing: those within others are part of them."""
FOUND: tuple[Sort, ...] = ("audiences", "tags")
"""Which of them others can name in turn."""


def rule_of(sort: Sort, definition: Definition) -> Rule | None:
    """The rule of a definition; None where it has none. Raises InputError for what means nothing."""
    match sort:
        case "audiences":
            return audience_of(definition).rule
        case "tags":
            return tag_definition.rule_of(definition)
        case "population":
            return population.rule_of(definition)
        case _:
            return None


def uses(sort: Sort, definition: Definition) -> frozenset[Named]:
    """What a definition names: in its rule, and of a tag its group."""
    rule = rule_of(sort, definition)
    named = frozenset() if rule is None else named_by(rule)
    group = tag_definition.look_of(definition).group if sort == "tags" else None
    return named if group is None else named | {f"tag_groups/{group}"}


def audiences_of(definitions: Mapping[str, Definition]) -> dict[str, Audience]:
    """What definitions of audiences mean, by key."""
    return {key: audience_of(definition) for key, definition in definitions.items()}


def rules_of(audiences: Mapping[str, Audience]) -> dict[str, Rule]:
    """The rules of audiences that have one, by key."""
    return {key: one.rule for key, one in audiences.items() if one.rule is not None}


def audience_rules(definitions: Mapping[str, Definition]) -> dict[str, Rule]:
    """The same of their definitions."""
    return _rules("audiences", definitions)


def tag_rules(tags: Mapping[str, Definition]) -> dict[str, Rule]:
    """The rules of tags that have one, by key."""
    return _rules("tags", tags)


def _rules(sort: Sort, definitions: Mapping[str, Definition]) -> dict[str, Rule]:
    found = {key: rule_of(sort, definition) for key, definition in definitions.items()}
    return {key: rule for key, rule in found.items() if rule is not None}


def naming(desk: Desk) -> dict[Sort, dict[str, Definition]]:
    """All in force that may name others."""
    return {sort: desk.defined(sort).current() for sort in NAMING}


def used_by(defined: Defined) -> dict[Named, tuple[str, ...]]:
    """What names each of those that are named at all: audiences, tags, and the rule of who is left out."""
    found: dict[Named, list[str]] = {}
    for sort in NAMING:
        for key, definition in defined.get(sort, {}).items():
            user = key if sort == "population" else f"{sort}/{key}"
            for name in uses(sort, definition):
                found.setdefault(name, []).append(user)
    return {name: tuple(sorted(users)) for name, users in found.items()}


def users(desk: Desk, name: Named) -> tuple[str, ...]:
    """What names something: until it does no more, that can't be removed."""
    return used_by(naming(desk)).get(name, ())


def resting_on(changed: frozenset[Named], defined: Defined) -> frozenset[Named]:
    """The audiences and tags whose rules name one of these, or one that does, and so on."""
    named = {
        f"{sort}/{key}": named_by(rule) for sort in FOUND for key, rule in _rules(sort, defined.get(sort, {})).items()
    }
    reached = set(changed)
    while True:
        more = {name for name, names in named.items() if names & reached} - reached
        if not more:
            return frozenset(reached - changed)
        reached |= more


def check_whole(defined: Defined) -> None:
    """Raise ConflictError where a rule names an audience or tag that is not there, or they name each other in a circle."""
    there = {f"{sort}/{key}" for sort in FOUND for key in defined.get(sort, {})}
    users = {name: those for name, those in used_by(defined).items() if name.partition("/")[0] in FOUND}
    for name in sorted(set(users) - there):
        raise in_use(name.partition("/")[2], users[name])
    named: dict[Named, set[Named]] = {}
    for name, those in users.items():
        for user in those:
            named.setdefault(user, set()).add(name)
    try:
        TopologicalSorter(named).prepare()
    except CycleError as error:
        raise in_use(str(error.args[1][0]), [str(one) for one in error.args[1][1:]]) from None


def in_use(key: str, users: Iterable[str]) -> ConflictError:
    """What to say when something can't go because rules name it."""
    said = ", ".join(users)
    return ConflictError(
        f"{key} is in use: the rules of {said} name it",
        "change their rules first",
        zh=f"“{key}”正在使用：{said} 的规则引用了它",
        hint_zh="请先修改这些规则",
        key=key,
        used_by=list(users),
    )
