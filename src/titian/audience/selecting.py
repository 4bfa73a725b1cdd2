"""Selecting: who meets a rule as of an instant, whatever the rule asks of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import ibis
import ibis.expr.types as ir

from titian.audience.known import Known, Listed
from titian.domain.condition import Edge, InAudience, InCharge, InLayer, Membership, Moved, Tagged
from titian.domain.instants import Moment, instant
from titian.domain.rule import Rule, memberships
from titian.errors import InputError, UnknownNameError
from titian.layering.assignment import answerable
from titian.layering.fitted import Fitted
from titian.layering.frame import Frame
from titian.rules.checking import checked
from titian.rules.compiling import needed, predicate
from titian.traits.parts import trait_parts
from titian.traits.planner import TraitTable, tables_of, trait_table, with_bases
from titian.traits.population import SEEN_ELSE, SEEN_IN
from titian.traits.spans import span_of
from titian.warehouse.dataset import Dataset
from titian.warehouse.keeping import KeptRelation

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

DEEPEST = 8
"""Audiences within audiences."""
MOST_JOINS = 8
"""Memberships that are looked up in one query."""


@dataclass(frozen=True)
class Selection:
    """Everyone seen before `as_of`, and whether they meet the rule.

    `table` has customer_id, `held` (never null) and a column per trait that the rule reads.
    """

    rule: Rule
    data: Dataset
    as_of: datetime
    table: ir.Table
    everyone: ir.Table
    """Everyone, a row each."""
    held: tuple[KeptRelation, ...]
    """Holds what was computed for it."""

    def __repr__(self) -> str:
        return f"<Selection of {self.count():,}>"

    @property
    def members(self) -> ir.Table:
        """customer_id and the traits of those who meet it."""
        return self.table.filter(self.table.held).drop("held")

    def count(self) -> int:
        """How many meet it."""
        return self.counts()[0]

    def counts(self) -> tuple[int, int]:
        """How many meet it, and of how many."""
        # Rows that are filtered, not marked, let the engine leave out early whoever fails one condition.
        members = self.members.aggregate(members=ibis._.count())
        (found,) = self.data.execute(members.mutate(everyone=self.everyone.count().as_scalar()))
        return int(str(found["members"])), int(str(found["everyone"]))

    def to_arrow(self) -> pa.Table:
        """Who meets it, by customer_id, as an Arrow table."""
        return self.data.arrow(self.members.order_by("customer_id"))

    def to_pandas(self) -> Frame:
        """The same as a pandas frame."""
        return Frame(self.to_arrow().to_pandas())

    def to_polars(self) -> pl.DataFrame:
        """The same as a Polars frame."""
        import polars as pl

        return pl.DataFrame(self.to_arrow())


@dataclass(frozen=True)
class Together:
    """Everyone seen before `as_of`, and whether they meet each of several rules: customer_id and a column a name."""

    data: Dataset
    as_of: datetime
    table: ir.Table
    held: tuple[KeptRelation, ...]
    """Holds what was computed for it."""


def select(rule: Rule, data: Dataset, as_of: Moment, known: Known) -> Selection:
    """Who of everyone seen before `as_of` meets `rule`; `known` has what it names.

    Raises UnknownNameError for a trait, layering, layer, tag or audience that is not there, InputError for audiences in a
    circle or too deep within each other, and MissingDataError where a table that it reads was never handed in.
    """
    at = instant(as_of, data.timezone)
    looked, rows = _looked([rule], data, at, known)
    shown = {name: rows[name] for name in needed([rule])}
    table = rows.select("customer_id", held=predicate(rule, rows, looked.traits.moment), **shown)
    return Selection(rule, data, at, table, looked.traits.everyone, looked.holds)


def select_together(rules: Mapping[str, Rule], data: Dataset, as_of: Moment, known: Known) -> Together:
    """Who meets which of several rules: what they read is computed once for all. Raises as `select`."""
    at = instant(as_of, data.timezone)
    looked, rows = _looked(rules.values(), data, at, known)
    columns = {name: predicate(rule, rows, looked.traits.moment) for name, rule in rules.items()}
    return Together(data, at, rows.select("customer_id", **columns), looked.holds)


def resolve(rule: Rule, known: Known, above: str) -> None:
    """Look up all that a rule names that is to stand for the audience `above`. Raises as `select` does for names."""
    _gather(checked(rule), known, (above,), {}, {})
    for member in memberships(rule):
        match member:
            case InLayer():
                known.layering(member.layering)
            case Moved():
                known.layering(member.moved)
            case Tagged():
                known.tagged(member.tag)


def _looked(rules: Collection[Rule], data: Dataset, at: datetime, known: Known) -> tuple[_Lookup, ir.Table]:
    """Everyone with the traits and the memberships that the rules ask of."""
    named: dict[str, Rule | Listed] = {}
    heights: dict[str, int] = {}
    for rule in rules:
        _gather(checked(rule), known, (), named, heights)
    traits = needed([*rules, *(found for found in named.values() if not isinstance(found, Listed))])
    data.need(*SEEN_IN, *SEEN_ELSE)
    for group in sorted(tables_of(traits.values()), key=sorted):
        data.need(*sorted(group))
    looked = _Lookup(trait_parts(traits.values(), data, at), known, named)
    rows = looked.traits.rows
    for rule in rules:
        rows = looked.with_members(rows, rule)
    return looked, rows


def _gather(
    rule: Rule, known: Known, path: tuple[str, ...], found: dict[str, Rule | Listed], heights: dict[str, int]
) -> int:
    """Put all audiences that a rule names, that those name, and so on, into `found`, each looked up once.

    Returns how many stand within each other below the rule; `heights` says so of those that were looked up.
    """
    named = [member.audience for member in memberships(rule) if isinstance(member, InAudience)]
    for key in named:
        if key in path or len(path) >= DEEPEST:
            raise _endless((*path, key))
        if key not in heights:
            inner = found[key] = known.audience(key)
            below = 0 if isinstance(inner, Listed) else _gather(checked(inner), known, (*path, key), found, heights)
            heights[key] = below + 1
        if len(path) + heights[key] > DEEPEST:
            raise _endless((*path, key))
    return max((heights[key] for key in named), default=0)


class _Lookup:
    """Looks up who is in what, each once."""

    def __init__(self, traits: TraitTable, known: Known, audiences: Mapping[str, Rule | Listed]) -> None:
        self.traits = traits
        self._known, self._audiences = known, audiences
        self._placed: dict[tuple[str, datetime], tuple[ir.Table, Fitted]] = {}
        self._held: list[KeptRelation] = []
        self._joined = 0

    @property
    def holds(self) -> tuple[KeptRelation, ...]:
        """What was computed on the way."""
        kept = [] if self.traits.kept is None else [self.traits.kept]
        return (*kept, *self.traits.held, *self._held)

    def with_members(self, rows: ir.Table, rule: Rule) -> ir.Table:
        """`rows` with a column for each membership that the rule asks of."""
        for member in memberships(rule):
            if member.column in rows.columns:
                continue
            inner = self._audiences[member.audience] if isinstance(member, InAudience) else None
            if inner is None or isinstance(inner, Listed):
                rows = self._shortened(_marked(rows, self._members(member, inner), member.column))
            else:
                rows = self.with_members(rows, inner)
                rows = rows.mutate(**{member.column: predicate(inner, rows, self.traits.moment)})
        return rows

    def _members(self, member: Membership, inner: Listed | None) -> ir.Table:
        """customer_id of who is in it; `inner` is the list of an audience."""
        match member:
            case InLayer():
                layers = self._layers_of(member)
                return layers.filter(layers.layer.isin(member.layers)).select("customer_id")
            case Moved():
                return self._moved(member)
            case Tagged():
                return self._listed(self._known.tagged(member.tag))
            case InCharge():
                return self._listed(self._known.in_charge(member.staff))
            case InAudience():
                assert inner is not None
                return self._listed(inner)

    def _listed(self, customers: Listed) -> ir.Table:
        table, kept = customers.table(self.traits.data.engine)
        self._held.append(kept)
        return table

    def _shortened(self, rows: ir.Table) -> ir.Table:
        """The rows, computed now and then: a query of hundreds of joins is one that nobody can write."""
        self._joined += 1
        if self._joined % MOST_JOINS:
            return rows
        # What it is made of may change while the data do not, as tags: it is nobody else's.
        found, kept = self.traits.data.engine.keep(("selecting", uuid4().hex), lambda: rows)
        self._held.append(kept)
        return found

    def _layers_of(self, member: InLayer) -> ir.Table:
        """customer_id and layer, now or then."""
        at = self.traits.as_of if member.as_of is None else self._instant(member.as_of)
        table, fitted = self._assigned(member.layering, at)
        _check_layers(member.layers, fitted, member.layering)
        return table.select("customer_id", "layer")

    def _moved(self, member: Moved) -> ir.Table:
        """Who is elsewhere than on the day, by the cuts of that day."""
        then, fitted = self._assigned(member.moved, self._instant(member.since))
        _check_layers((*(member.source or ()), *(member.target or ())), fitted, member.moved)
        now, _ = self._assigned(member.moved, self.traits.as_of, fitted)
        before = then.select("customer_id", source="layer")
        both = now.select("customer_id", target="layer").left_join(before, "customer_id")
        moved = both.filter(both.source.isnull() | (both.source != both.target))
        if member.source is not None:
            moved = moved.filter(moved.source.isin(member.source))
        if member.target is not None:
            moved = moved.filter(moved.target.isin(member.target))
        return moved.select("customer_id")

    def _assigned(self, key: str, at: datetime, fitted: Fitted | None = None) -> tuple[ir.Table, Fitted]:
        """Everyone's layer as of an instant, by the cuts of then unless others are given."""
        if fitted is None and (key, at) in self._placed:
            return self._placed[key, at]
        definition, data = self._known.layering(key), self.traits.data
        answerable(definition, data, at)
        traits = trait_table(with_bases(definition.traits().values()), data, at)
        found = fitted or self._known.fit(key, traits)
        placed = (definition.layered(traits, found), found)
        self._held += [kept for kept in (traits.kept, *traits.held) if kept is not None]
        if fitted is None:
            self._placed[key, at] = placed
        return placed

    def _instant(self, said: Edge) -> datetime:
        moment = self.traits.moment
        return span_of(said, moment.as_of, moment.timezone).start.replace(tzinfo=UTC)


def _marked(rows: ir.Table, members: ir.Table, column: str) -> ir.Table:
    """`rows` with whether each customer is one of `members`, under `column`."""
    marks = members.distinct().select("customer_id", **{column: ibis.literal(True)})
    joined = rows.left_join(marks, "customer_id").drop("customer_id_right")
    return joined.mutate(**{column: joined[column].fill_null(False)})


def _check_layers(layers: tuple[str, ...], fitted: Fitted, key: str) -> None:
    valid = [layer.key for layer in fitted.layers]
    for layer in layers:
        if layer not in valid:
            raise UnknownNameError(f"layer of {key}", f" {key} 的层级", layer, valid)


def _endless(path: tuple[str, ...]) -> InputError:
    shown = " → ".join(path)
    return InputError(
        f"audiences name each other in a circle or too deep: {shown}",
        f"take one of them out of the rule; at most {DEEPEST} stand within each other",
        zh=f"人群互相引用成环或嵌套过深：{shown}",
        hint_zh=f"请从规则中去掉其中一个；最多嵌套 {DEEPEST} 层",
        path=list(path),
    )
