"""Aftermath: what an import changed in the layers."""

from __future__ import annotations

from dataclasses import dataclass

from titian.app.answers.layering import Move
from titian.app.desk import Desk
from titian.app.held import DEFAULT, lacking, one
from titian.app.showing import move_infos
from titian.domain.instants import instant
from titian.layering.assignment import Assignment, assign
from titian.layering.fitted import Fitted
from titian.layering.moves import count_moves


@dataclass(frozen=True)
class Changed:
    """Who moved, and how many were never seen before."""

    layering: str | None
    moves: tuple[Move, ...]
    entered: int


def standing(desk: Desk, fitted: Fitted | None = None) -> Assignment | None:
    """Everyone's place in the default layering by the newest data; None while it can't be told."""
    present = desk.present()
    layering = one(desk, DEFAULT).layering
    if present.end is None or lacking(present.data, layering):
        return None
    data = present.data.fork()
    return assign(layering, data, instant(present.end, data.timezone), fitted)


def changed(desk: Desk, before: Assignment | None) -> Changed:
    """What moved since `before`, each by its own newest day, under the cuts that were in force before."""
    after = standing(desk, before.fitted if before else None)
    if after is None:
        return Changed(None, (), 0)
    if before is None:
        return Changed(DEFAULT, (), sum(after.customers_by_layer().values()))
    layers = after.fitted.layers
    moves = count_moves(after.data, before.table, after.table, layers, layers)
    moved = (pair for pair in moves.pairs if pair.direction != "stayed")
    return Changed(DEFAULT, move_infos(moved), moves.entered)
