"""Removals: who took what out of force last, as the audit log tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from titian.app.definition import DEEDS, Place, Sort
from titian.app.desk import Desk

if TYPE_CHECKING:
    from titian.store.definitions import Origin

APPLIED = "definitions.apply"


@dataclass(frozen=True)
class Removal:
    """One removal: by whom, when, and whether here or because its file was gone."""

    by: str
    at: datetime
    origin: Origin


def removals(desk: Desk) -> dict[Place, Removal]:
    """The last removal of each definition that was ever removed: one by one, merged into another, or with its file."""
    deeds: dict[str, Sort] = {f"{deed}.remove": sort for sort, deed in DEEDS.items()} | {"tag.merge": "tags"}
    found: dict[Place, Removal] = {}
    for line in desk.trail.of_actions(*deeds, APPLIED):
        at = datetime.fromisoformat(line.at).astimezone(desk.workspace.zone)
        if line.action in deeds:
            found.setdefault((deeds[line.action], line.subject), Removal(line.actor, at, "here"))
            continue
        for name in line.details.get("remove", ()):
            sort, _, key = name.partition("/")
            found.setdefault((cast("Sort", sort), key), Removal(line.actor, at, "file"))
    return found
