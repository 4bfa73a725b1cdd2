"""What rules name in a workspace: its layerings, tags, audiences and staff."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property

from titian.app.definition import Definition, Sort
from titian.app.desk import Reading
from titian.app.held import Held, fit_of, held_of
from titian.app.hiding import Hiding
from titian.app.named import Named
from titian.app.population import InStore
from titian.audience.known import Listed
from titian.audience.selecting import resolve, select
from titian.domain.condition import InLayer, Moved
from titian.domain.instants import local_day
from titian.domain.rule import Rule, memberships
from titian.errors import MissingDataError, UnknownNameError
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.traits.planner import TraitTable


@dataclass(frozen=True)
class Defined:
    """Definitions as they would be, and the lists that the store does not keep yet."""

    by_sort: Mapping[Sort, Mapping[str, Definition]]
    lists: Mapping[str, Collection[str]]


@dataclass(frozen=True)
class InWorkspace:
    """What rules name in a workspace (a `Known`): its layerings, each by the cuts that its pages show.

    It is what is in force, unless `instead` says otherwise. Each raises MaskedError for what is hidden from who acts, unless
    it is `unmasked`: for what is done for everybody, or told masked afterwards.
    """

    reading: Reading
    instead: Defined | None = None
    unmasked: bool = False
    met: Mapping[str, Listed] = field(default_factory=dict)
    """Who would have tags that are not yet in step with their rules."""

    @cached_property
    def layerings(self) -> dict[str, Held]:
        """All layerings by key."""
        return held_of(self.defined("layerings"))

    @cached_property
    def audiences(self) -> Mapping[str, Definition]:
        """All audiences by key."""
        return self.defined("audiences")

    @cached_property
    def tags(self) -> Mapping[str, Definition]:
        """All tags by key."""
        return self.defined("tags")

    def defined(self, sort: Sort) -> Mapping[str, Definition]:
        """All of a sort by key."""
        if self.instead is None:
            return self.reading.desk.defined(sort).current()
        return self.instead.by_sort.get(sort, {})

    def layering(self, key: str) -> Layering:
        """The layering of this key."""
        self._need(f"layerings/{key}")
        return self._layering(key).layering

    def fit(self, key: str, traits: TraitTable) -> Fitted:
        """Fitted on the day of its definition, else of the traits."""
        day = local_day(traits.as_of, traits.data.timezone)
        return fit_of(self.reading, self._layering(key), day, traits.data, traits)

    @cached_property
    def decided(self) -> InStore:
        """The tags, audiences and staff of it, which no layering is needed for."""
        if self.instead is None:
            return InStore(self.reading.desk.stored, self.audiences)
        return InStore(self.reading.desk.stored, self.audiences, self.instead.lists, self.tags)

    def tagged(self, key: str) -> Listed:
        """Who has this tag now, or would have it once it is in step with its rule."""
        self._need(f"tags/{key}")
        return self.met[key] if key in self.met else self.decided.tagged(key)

    def in_charge(self, staff: str) -> Listed:
        """Of whom somebody is in charge now."""
        return self.decided.in_charge(staff)

    def audience(self, key: str) -> Rule | Listed:
        """The rule of this audience, or who is in its list."""
        self._need(f"audiences/{key}")
        return self.decided.audience(key)

    @cached_property
    def _hiding(self) -> Hiding:
        return Hiding(self.reading.desk)

    def _need(self, place: Named) -> None:
        if not self.unmasked:
            self._hiding.need(place)

    def _layering(self, key: str) -> Held:
        if key not in self.layerings:
            raise UnknownNameError("layering", "分层", key, list(self.layerings))
        return self.layerings[key]


def check_names(reading: Reading, rule: Rule, above: str) -> None:
    """Look up all that a rule names that is to stand for `above`; layers too, where there are data to fit layerings to.

    Raises UnknownNameError, and InputError for audiences in a circle.
    """
    known = InWorkspace(reading)
    resolve(rule, known, above=above)
    if reading.present.end is not None and any(isinstance(one, InLayer | Moved) for one in memberships(rule)):
        day = reading.day(None)
        # What is not loaded yet may come: the rule can be asked then.
        with suppress(MissingDataError):
            select(rule, reading.counted(day), reading.instant(day), known)
