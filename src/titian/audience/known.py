"""Known: what rules name by a key: layerings, tags, audiences, and staff by their names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import ibis.expr.types as ir
import pyarrow as pa

from titian.domain.rule import Rule
from titian.errors import UnknownNameError
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.traits.planner import TraitTable
from titian.warehouse.engine import Engine
from titian.warehouse.keeping import KeptRelation


@dataclass(frozen=True)
class Listed:
    """Customers in a list that stays as it is."""

    customers: Collection[str]

    def table(self, engine: Engine) -> tuple[ir.Table, KeptRelation]:
        """customer_id of each, once, on `engine`, as long as the second value is held."""
        held = sorted(set(self.customers))
        ids = pa.table({"customer_id": pa.array(held, pa.string())})
        return engine.upload(("listed", tuple(held)), lambda: ids)


class Known(Protocol):
    """Where rules find what they name. Each raises UnknownNameError, with the valid keys, for one that is not there."""

    def layering(self, key: str) -> Layering:
        """The layering of this key."""

    def fit(self, key: str, traits: TraitTable) -> Fitted:
        """What it is fitted to as of an instant, from traits that it reads."""

    def tagged(self, key: str) -> Listed:
        """Who holds this tag."""

    def audience(self, key: str) -> Rule | Listed:
        """The rule of this audience, or its list."""

    def in_charge(self, staff: str) -> Listed:
        """Of whom somebody of the team is in charge; who is in charge of none is no error."""


@dataclass(frozen=True)
class Named:
    """Layerings, tags and audiences that were handed in."""

    layerings: Mapping[str, Layering] = field(default_factory=dict)
    tags: Mapping[str, Listed] = field(default_factory=dict)
    audiences: Mapping[str, Rule | Listed] = field(default_factory=dict)
    staff: Mapping[str, Listed] = field(default_factory=dict)

    def layering(self, key: str) -> Layering:
        """The layering of this key."""
        if key in self.layerings:
            return self.layerings[key]
        raise UnknownNameError("layering", "分层", key, sorted(self.layerings))

    def fit(self, key: str, traits: TraitTable) -> Fitted:
        """Its fit of that instant."""
        return self.layering(key).fit(traits)

    def tagged(self, key: str) -> Listed:
        """Who holds this tag."""
        if key in self.tags:
            return self.tags[key]
        raise UnknownNameError("tag", "标签", key, sorted(self.tags))

    def audience(self, key: str) -> Rule | Listed:
        """The rule of this audience, or its list."""
        if key in self.audiences:
            return self.audiences[key]
        raise UnknownNameError("audience", "人群", key, sorted(self.audiences))

    def in_charge(self, staff: str) -> Listed:
        """Of whom they are in charge."""
        return self.staff.get(staff, Listed(()))
