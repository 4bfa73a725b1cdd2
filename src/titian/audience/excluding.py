"""Excluding: who is left out of every fit and count, by one rule, as of the day that is looked at."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from titian.audience import known as known_names
from titian.audience.known import Known, Listed
from titian.audience.selecting import Selection, resolve, select
from titian.domain.condition import InAudience, InCharge, InLayer, Moved, Tagged
from titian.domain.rule import Rule, memberships
from titian.domain.words import Words
from titian.errors import InputError
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.traits.planner import TraitTable
from titian.warehouse.dataset import Dataset
from titian.warehouse.group import Group

ABOVE = "population"
Value = TypeVar("Value")
REMEMBERED = 50
FEW = 10_000
"""As many are named one by one, so that the same customers are the same group on every day and after every import."""


@dataclass(frozen=True)
class Excluding:
    """Whoever meets the rule is out (an `Exclusion`); `known` has the tags and audiences that it names."""

    rule: Rule
    known: Known
    _found: OrderedDict[Hashable, Group | None] = field(default_factory=OrderedDict, compare=False, repr=False)

    def out(self, data: Dataset, as_of: datetime) -> Group | None:
        """Those who are out as of an instant; the newest of them are remembered.

        Raises InputError for a rule that rests on layers, and as `select` does.
        """
        named = Named(self.known)
        state = digest(self.rule, named)
        key = (data.version, as_of, state)
        if key not in self._found:
            self._found[key] = self._looked(data, as_of, named, state)
            while len(self._found) > REMEMBERED:
                self._found.popitem(last=False)
        return self._found[key]

    def _looked(self, data: Dataset, as_of: datetime, named: Named, state: str) -> Group | None:
        rows, kept = data.engine.keep(
            (data.version, as_of, "out", state),
            lambda: select(self.rule, data, as_of, named).members.select("customer_id"),
        )
        (row,) = data.execute(rows.aggregate(n=rows.count()))
        customers = int(str(row["n"]))
        if not customers:
            return None
        if customers > FEW:
            return Group(f"without {state} {as_of.isoformat()}", rows, customers, kept)
        ids = data.arrow(rows.order_by("customer_id"))
        name = f"without {_hashed(ids.column('customer_id').to_pylist())}"
        few, held = data.engine.upload((name,), lambda: ids)
        return Group(name, few, customers, held, steady=True)


def would_be_out(rule: Rule, data: Dataset, as_of: datetime, known: Known) -> Selection:
    """Everyone, and whether they would be out by a rule. Raises as `select` does, InputError where it rests on layers."""
    return select(rule, data, as_of, Named(known))


def check(rule: Rule, known: Known) -> None:
    """Look up all that a rule names by which customers are left out. Raises as `resolve` does, and where it rests on layers."""
    resolve(rule, Named(known), above=ABOVE)


@dataclass(frozen=True)
class Named:
    """What such a rule can name (a `Known`), each looked up once: tags, audiences and staff, and no layerings."""

    of: Known
    tags: dict[str, Listed] = field(default_factory=dict)
    audiences: dict[str, Rule | Listed] = field(default_factory=dict)
    staff: dict[str, Listed] = field(default_factory=dict)
    """Those that were looked up."""

    def layering(self, key: str) -> Layering:
        """Refused: the layers are made of those who are not left out."""
        raise circular(f"layerings/{key}")

    def fit(self, key: str, traits: TraitTable) -> Fitted:  # noqa: ARG002
        """Refused likewise."""
        raise circular(f"layerings/{key}")

    def tagged(self, key: str) -> Listed:
        """Who holds this tag."""
        return _once(self.tags, key, self.of.tagged)

    def audience(self, key: str) -> Rule | Listed:
        """The rule of this audience, or its list."""
        return _once(self.audiences, key, self.of.audience)

    def in_charge(self, staff: str) -> Listed:
        """Of whom somebody of the team is in charge."""
        return _once(self.staff, staff, self.of.in_charge)


def circular(name: str) -> InputError:
    """What to say of a rule that names what is made of those whom it leaves."""
    kind, _, key = name.partition("/")
    said = Words(zh="标签", en="tag") if kind == "tags" else Words(zh="分层", en="layering")
    return InputError(
        f"who is left out can't rest on the {said.en} {key}: that is made of those who are left",
        "use traits, events, tags given by hand, lists, and audiences of these",
        zh=f"排除规则不能使用{said.zh}“{key}”：它本身要在排除之后才能算出",
        hint_zh="请使用指标、行为、手工标签、名单，以及由它们组成的人群",
        field="rule",
        key=key,
    )


def digest(rule: Rule, known: Named) -> str:
    """Names a rule and whom all that it names stands for at present."""
    said: dict[str, str] = {}
    _say(rule, known, said)
    return _hashed([rule.model_dump_json(), json.dumps(said, sort_keys=True)])


def _say(rule: Rule, known: Named, said: dict[str, str]) -> None:
    for member in memberships(rule):
        if member.column in said:
            continue
        match member:
            case Tagged():
                said[member.column] = _hashed(sorted(known.tagged(member.tag).customers))
            case InCharge():
                said[member.column] = _hashed(sorted(known.in_charge(member.staff).customers))
            case InAudience():
                found = known.audience(member.audience)
                if isinstance(found, Listed):
                    said[member.column] = _hashed(sorted(found.customers))
                else:
                    said[member.column] = found.model_dump_json()
                    _say(found, known, said)
            case InLayer():
                raise circular(f"layerings/{member.layering}")
            case Moved():
                raise circular(f"layerings/{member.moved}")


def _hashed(texts: list[str]) -> str:
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:24]


def _once(held: dict[str, Value], key: str, look: Callable[[str], Value]) -> Value:
    if key not in held:
        held[key] = look(key)
    return held[key]


def as_named(rule: Rule, known: Known) -> known_names.Named:
    """All that a rule names by which customers are left out, looked up now: tags, audiences and staff."""
    named = Named(known)
    digest(rule, named)
    return known_names.Named(tags=named.tags, audiences=named.audiences, staff=named.staff)
