"""Selections: who meets a rule, counted, shown and written to a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from titian.app import exporting
from titian.app.answers.selection import Selected, SelectedCustomer, SelectionAsked
from titian.app.desk import Reading
from titian.app.exporting import Cell, Export, Sheet
from titian.app.held import fitted_on, held, one
from titian.app.showing import cell, trait_infos
from titian.audience.known import Listed
from titian.audience.selecting import Selection, select
from titian.domain.instants import local_day
from titian.domain.rule import Rule
from titian.errors import UnknownNameError
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.layering.rule_words import rule_words
from titian.rules.compiling import needed
from titian.rules.reading import read
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
        """None: a workspace keeps no audiences yet."""
        raise UnknownNameError("audience", "人群", key, [])


def selection(reading: Reading, asked: SelectionAsked) -> Selection:
    """Who meets the rule."""
    day = reading.day(asked.as_of)
    return select(read(asked.rule), reading.data, reading.instant(day), InWorkspace(reading))


def selected(reading: Reading, asked: SelectionAsked) -> Selected:
    """How many meet the rule, what it says in words, and some of them."""
    found = selection(reading, asked)
    customers, everyone = found.counts()
    traits = needed([found.rule])
    shown = found.members.order_by("customer_id").limit(asked.sample)
    zone = reading.desk.workspace.zone
    return Selected(
        as_of=reading.day(asked.as_of),
        said=rule_words(found.rule, reading.data.currency),
        customers=customers,
        everyone=everyone,
        share=customers / everyone if everyone else 0.0,
        traits=trait_infos(traits),
        sample=tuple(
            SelectedCustomer(
                customer_id=str(row["customer_id"]), traits={name: cell(row[name], zone) for name in traits}
            )
            for row in reading.data.execute(shown)
        ),
    )


def export(reading: Reading, asked: SelectionAsked, kind: str) -> Export:
    """All who meet the rule, with the traits that it reads; the reading must stay open while the chunks are taken."""
    found = selection(reading, asked)
    traits, zone = tuple(needed([found.rule])), reading.desk.workspace.zone

    def line(row: Mapping[str, object]) -> Iterable[Cell]:
        return (str(row["customer_id"]), *(cell(row[name], zone) for name in traits))

    sheet = Sheet(found.members.order_by("customer_id"), ("customer_id", *traits), line)
    return exporting.exported(reading, f"selection-{reading.day(asked.as_of)}", sheet, kind)


def write(reading: Reading, asked: SelectionAsked, path: Path) -> None:
    """The same into a file of a .csv, .xlsx or .parquet name. Raises InputError for another."""
    exporting.saved(path, lambda kind: export(reading, asked, kind))
