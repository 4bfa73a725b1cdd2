"""Usage: which definitions rest on which: what a rule names, and by whom something is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from titian.app import population
from titian.app.audience_definition import audience_of
from titian.app.definition import Definition, Sort
from titian.app.desk import Desk
from titian.app.named import Named, named_by
from titian.domain.audience import Audience
from titian.domain.rule import Rule
from titian.errors import ConflictError


def uses(sort: Sort, definition: Definition) -> frozenset[Named]:
    """What a definition names. Layerings name nothing: those within others are part of them."""
    rule = audience_of(definition).rule if sort == "audiences" else None
    rule = population.rule_of(definition) if sort == "population" else rule
    return frozenset() if rule is None else named_by(rule)


def audiences_of(definitions: Mapping[str, Definition]) -> dict[str, Audience]:
    """What definitions of audiences mean, by key."""
    return {key: audience_of(definition) for key, definition in definitions.items()}


def rules_of(audiences: Mapping[str, Audience]) -> dict[str, Rule]:
    """The rules of audiences that have one, by key."""
    return {key: one.rule for key, one in audiences.items() if one.rule is not None}


def audience_rules(definitions: Mapping[str, Definition]) -> dict[str, Rule]:
    """The same of their definitions."""
    return rules_of(audiences_of(definitions))


def tag_rules(desk: Desk) -> dict[str, Rule]:
    """The rules of tags that have one, by key."""
    if desk.stored.there is None:
        return {}
    return {one.tag.key: one.tag.rule for one in desk.tags.all()[0] if one.tag.rule is not None}


def used_by(
    audiences: Mapping[str, Definition], tags: Mapping[str, Rule], excluded: Rule | None
) -> dict[Named, tuple[str, ...]]:
    """What names each of those that are named at all: audiences, tags by their rules, and the rule of who is left out."""
    rules = {f"audiences/{key}": rule for key, rule in audience_rules(audiences).items()}
    rules |= {f"tags/{key}": rule for key, rule in tags.items()}
    rules |= {} if excluded is None else {population.KEY: excluded}
    found: dict[Named, list[str]] = {}
    for user, rule in rules.items():
        for name in named_by(rule):
            found.setdefault(name, []).append(user)
    return {name: tuple(sorted(users)) for name, users in found.items()}


def users(desk: Desk, name: Named) -> tuple[str, ...]:
    """What names something: until it does no more, that can't be removed."""
    return used_by(desk.audiences.current(), tag_rules(desk), desk.population.rule()).get(name, ())


def resting_on(changed: frozenset[Named], audiences: Mapping[str, Definition]) -> frozenset[str]:
    """The audiences that name one of these, or one that does, and so on."""
    reached = set(changed)
    while True:
        more = {
            f"audiences/{key}" for key, definition in audiences.items() if uses("audiences", definition) & reached
        } - reached
        if not more:
            break
        reached |= more
    return frozenset(key for key in audiences if f"audiences/{key}" in reached - changed)


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


def check_whole(audiences: Mapping[str, Definition]) -> None:
    """Raise ConflictError where one names an audience that is not there, or they name each other in a circle."""
    named = {
        key: {name.removeprefix("audiences/") for name in named_by(rule) if name.startswith("audiences/")}
        for key, rule in audience_rules(audiences).items()
    }
    for key in sorted(set().union(*named.values()) - set(audiences)):
        raise in_use(key, [one for one, names in named.items() if key in names])
    try:
        TopologicalSorter(named).prepare()
    except CycleError as error:
        raise in_use(str(error.args[1][0]), [str(one) for one in error.args[1][1:]]) from None
