"""Selections: who meets a rule, counted, shown and written to a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from uuid import uuid4

from titian.app import exporting, masking
from titian.app.answers.selection import Selected, SelectedCustomer, SelectionAsked
from titian.app.called import CalledHere
from titian.app.desk import Reading
from titian.app.exporting import Export, Sheet
from titian.app.hiding import rule_asked
from titian.app.in_workspace import InWorkspace
from titian.app.showing import cell, trait_infos, whole
from titian.audience.selecting import Selection, select
from titian.domain.spreadsheet import Cell
from titian.layering.rule_words import rule_sentence
from titian.rules.compiling import needed
from titian.traits.trait import Trait


def selection(reading: Reading, asked: SelectionAsked) -> Selection:
    """Who meets the rule."""
    day = reading.day(asked.as_of)
    return select(
        rule_asked(reading.desk, asked.rule), reading.counted(day), reading.instant(day), InWorkspace(reading)
    )


def selected(reading: Reading, asked: SelectionAsked) -> Selected:
    """How many meet the rule, what it says in words, and some of them."""
    found = selection(reading, asked)
    customers, first = _members(reading, found, asked.sample)
    everyone = whole(reading.data.execute(found.everyone.count().as_table())[0].popitem()[1])
    traits = _shown(found)
    zone = reading.desk.workspace.zone
    return Selected(
        excluded=found.data.excluded,
        as_of=reading.day(asked.as_of),
        said=rule_sentence(found.rule, reading.data.currency, CalledHere(reading)),
        customers=customers,
        everyone=everyone,
        share=customers / everyone if everyone else 0.0,
        traits=trait_infos(traits),
        sample=tuple(
            SelectedCustomer(
                customer_id=str(row["customer_id"]), traits={name: cell(row[name], zone) for name in traits}
            )
            for row in first
        ),
    )


def _members(reading: Reading, found: Selection, most: int) -> tuple[int, list[dict[str, object]]]:
    """How many members there are, and the first by their ids.

    Who they are is asked once, without their traits, which are looked up for the few that are shown.
    """
    ids, kept = reading.data.engine.keep(("members", uuid4().hex), lambda: found.members.select("customer_id"))
    rows = reading.data.execute(ids.mutate(members=ids.count().as_scalar()).order_by("customer_id").limit(max(most, 1)))
    del kept
    chosen = [str(row["customer_id"]) for row in rows[:most]]
    if not chosen:
        return whole(rows[0]["members"]) if rows else 0, []
    shown = found.members.filter(found.members.customer_id.isin(chosen)).order_by("customer_id")
    return whole(rows[0]["members"]), reading.data.execute(shown)


def _shown(found: Selection) -> dict[str, Trait]:
    """The traits that a rule reads, also the rule of an audience that it names; personal ones only for whom may see them."""
    return {name: trait for name, trait in needed([found.rule]).items() if masking.shows(trait)}


def export(reading: Reading, asked: SelectionAsked, kind: str, stem: str = "selection") -> Export:
    """All who meet the rule, with the traits that it reads; the reading must stay open while the chunks are taken.

    `stem` begins the name of the file.
    """
    found = selection(reading, asked)
    traits, zone = tuple(_shown(found)), reading.desk.workspace.zone

    def line(row: Mapping[str, object]) -> Iterable[Cell]:
        return (str(row["customer_id"]), *(cell(row[name], zone) for name in traits))

    members = found.members.select("customer_id", *traits).order_by("customer_id")
    sheet = Sheet(members, ("customer_id", *traits), line)
    return exporting.exported(reading, f"{stem}-{reading.day(asked.as_of)}", sheet, kind)


def write(reading: Reading, asked: SelectionAsked, path: Path, stem: str = "selection") -> None:
    """The same into a file of a .csv, .xlsx or .parquet name. Raises InputError for another."""
    exporting.saved(path, lambda kind: export(reading, asked, kind, stem))
