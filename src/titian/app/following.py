"""Following: to whom tags go by their rules, those first on which others rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from uuid import uuid4

from titian.app import usage
from titian.app.in_workspace import InWorkspace
from titian.app.named import named_by
from titian.audience.known import Listed
from titian.audience.selecting import select_together
from titian.domain.rule import Rule
from titian.errors import InputError, MissingDataError


def would_have(known: InWorkspace, keys: Collection[str]) -> dict[str, Listed]:
    """Who would have these tags once they are in step with their rules, each after those that it rests on.

    One that can't be asked, for want of data, is left out.
    """
    rules = usage.tag_rules(known.tags)
    met: dict[str, Listed] = {}
    for level in levels(rules, usage.audience_rules(known.audiences)):
        met |= _listed(replace(known, met=dict(met)), {key: rules[key] for key in level if key in keys})
    return met


def meeting(known: InWorkspace, rules: Mapping[str, Rule]) -> dict[str, list[str]]:
    """Who meets each of several rules on the newest day; what they read is computed once for all."""
    reading = known.reading
    columns = {f"meets_{number}": rule for number, rule in enumerate(rules.values())}
    day = reading.day(None)
    found = select_together(columns, reading.counted(day), reading.instant(day), known)
    # Computed once for all tags. Whom tags and lists hold may change while the data do not: it is nobody else's.
    table, kept = reading.data.engine.keep(("rule tags", uuid4().hex), lambda: found.table)
    members = {}
    for key, column in zip(rules, columns, strict=True):
        rows = reading.data.arrow(table.filter(table[column]).select("customer_id"))
        members[key] = [str(one) for one in rows.column("customer_id").to_pylist()]
    del kept
    return members


def levels(rules: Mapping[str, Rule], audiences: Mapping[str, Rule]) -> list[tuple[str, ...]]:
    """Tags with rules in steps: each rests only on those before, also by way of audiences. Raises InputError for a circle."""
    named = {key: named_by(rule) for key, rule in audiences.items()}
    order = TopologicalSorter({key: _below(named_by(rule), named) & set(rules) for key, rule in rules.items()})
    try:
        order.prepare()
    except CycleError as error:
        raise _circle(error.args[1]) from None
    steps = []
    while order.is_active():
        steps.append(ready := tuple(sorted(order.get_ready())))
        order.done(*ready)
    return steps


def _listed(known: InWorkspace, rules: Mapping[str, Rule]) -> dict[str, Listed]:
    """The same as lists: of all at once, else one by one, without those that can't be asked."""
    if not rules:
        return {}
    with suppress(MissingDataError):
        return {key: Listed(members) for key, members in meeting(known, rules).items()}
    if len(rules) == 1:
        return {}
    alone = (_listed(known, {key: rule}) for key, rule in rules.items())
    return {key: listed for one in alone for key, listed in one.items()}


def _below(names: Iterable[str], audiences: Mapping[str, frozenset[str]]) -> set[str]:
    """The tags that a rule rests on, by itself or by audiences."""
    reached: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += audiences.get(name.removeprefix("audiences/"), ()) if name.startswith("audiences/") else ()
    return {name.removeprefix("tags/") for name in reached if name.startswith("tags/")}


def _circle(path: list[str]) -> InputError:
    said = " → ".join(path)
    return InputError(
        f"tags would follow each other in a circle: {said}",
        "take one of them out of the rules",
        zh=f"标签规则互相引用成环：{said}",
        hint_zh="请从规则中去掉其中一个",
        field="rule",
        path=path,
    )
