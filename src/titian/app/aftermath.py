"""Aftermath: what an import changed in the layers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import ibis

from titian.app.answers.layering import Move
from titian.app.desk import Desk
from titian.app.held import DEFAULT, lacking, one
from titian.app.showing import move_infos
from titian.domain.instants import instant
from titian.layering.assignment import Assignment, assign
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.layering.moves import count_moves
from titian.traits.counted import counted
from titian.traits.planner import trait_query
from titian.warehouse.dataset import Dataset


@dataclass(frozen=True)
class Changed:
    """Who moved, and how many were never seen before."""

    layering: str | None
    moves: tuple[Move, ...]
    entered: int


def standing(desk: Desk, fitted: Fitted | None = None) -> Assignment | None:
    """Everyone's place in the default layering by the newest data; None while it can't be told."""
    now = _now(desk)
    return assign(_layering(desk), *now, fitted) if now else None


def changed(desk: Desk, before: Assignment | None) -> Changed:
    """What moved since `before`, each by its own newest day, under the cuts that were in force before."""
    if before is None:
        return _first(desk)
    after = standing(desk, before.fitted)
    if after is None:
        return Changed(None, (), 0)
    layers = after.fitted.layers
    moves = count_moves(after.data, before.table, after.table, layers, layers)
    moved = (pair for pair in moves.pairs if pair.direction != "stayed")
    return Changed(DEFAULT, move_infos(moved), moves.entered)


def _first(desk: Desk) -> Changed:
    """Nobody was there before: all entered, and nobody moved."""
    now = _now(desk)
    if now is None:
        return Changed(None, (), 0)
    data, at = now
    (row,) = data.execute(trait_query((), data, at).aggregate(customers=ibis._.count()))
    return Changed(DEFAULT, (), int(str(row["customers"])))


def _now(desk: Desk) -> tuple[Dataset, datetime] | None:
    """The data and the end of their newest day; None while the default layering can't be told of them."""
    present = desk.present()
    if present.end is None or lacking(present.data, _layering(desk)):
        return None
    data = present.data.fork()
    at = instant(present.end, data.timezone)
    return counted(data, at), at


def _layering(desk: Desk) -> Layering:
    return one(desk, DEFAULT).layering
