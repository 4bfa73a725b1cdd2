"""What rules name in a workspace: its layerings, tags and audiences."""

from __future__ import annotations

from dataclasses import dataclass

from titian.app import saved_audiences
from titian.app.desk import Reading
from titian.app.held import fitted_on, held, one
from titian.audience.known import Listed
from titian.domain.instants import local_day
from titian.domain.rule import Rule
from titian.errors import UnknownNameError
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.traits.planner import TraitTable


@dataclass(frozen=True)
class InWorkspace:
    """What rules name in a workspace (a `Known`): its layerings, each by the cuts that its pages show."""

    reading: Reading

    def layering(self, key: str) -> Layering:
        """The layering of this key, as it is in force."""
        found = held(self.reading.desk)
        if key not in found:
            raise UnknownNameError("layering", "分层", key, list(found))
        return found[key].layering

    def fit(self, key: str, traits: TraitTable) -> Fitted:
        """Fitted on the day of its definition, else of the traits."""
        asked = one(self.reading.desk, key)
        day = asked.definition.fit_as_of or local_day(traits.as_of, self.reading.data.timezone)
        return fitted_on(self.reading, asked.layering, day, traits)

    def tagged(self, key: str) -> Listed:
        """Who has this tag now."""
        return Listed(self.reading.desk.tags.customers(key))

    def audience(self, key: str) -> Rule | Listed:
        """The rule of this audience, or who is in its list."""
        made, _ = saved_audiences.one(self.reading.desk, key)
        if made.rule is not None:
            return made.rule
        assert made.customers is not None
        return Listed(self.reading.desk.listed(made.customers))
