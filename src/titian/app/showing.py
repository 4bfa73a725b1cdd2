"""Showing: values of the rooms below as the answers that callers see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from titian.app.answers import layering as shown
from titian.app.answers.base import LayerInfo, NoteInfo, PlayInfo, TraitInfo
from titian.domain.cut import FittedCut
from titian.domain.layer import Layer
from titian.domain.note import Note
from titian.layering.moves import Move
from titian.traits.trait import Trait, Unit


def trait_info(column: str, trait: Trait) -> TraitInfo:
    """A trait under the name of its column in results."""
    return TraitInfo(
        key=column,
        trait=trait.column,
        name=trait.title,
        meaning=trait.meaning,
        unit="date" if trait.unit is Unit.INSTANT else trait.unit.value,
        better=trait.better,
        window_days=trait.window_days,
        windowed=trait.windowed,
    )


def trait_infos(traits: Mapping[str, Trait]) -> tuple[TraitInfo, ...]:
    """The traits of a layering, or of a list."""
    return tuple(trait_info(column, trait) for column, trait in traits.items())


def layer_info(layer: Layer) -> LayerInfo:
    """A layer with its play."""
    play = PlayInfo(
        aim=layer.play.aim, actions=layer.play.actions, channels=layer.play.channels, cadence=layer.play.cadence
    )
    return LayerInfo(key=layer.key, rank=layer.rank, name=layer.name, meaning=layer.meaning, play=play)


def layer_infos(layers: Iterable[Layer]) -> tuple[LayerInfo, ...]:
    """Layers in rank order."""
    return tuple(layer_info(layer) for layer in layers)


def note_infos(notes: Iterable[Note]) -> tuple[NoteInfo, ...]:
    """What the numbers rest on."""
    return tuple(NoteInfo(code=note.code, text=note.text) for note in notes)


def cut_info(cut: FittedCut) -> shown.FittedCut:
    """A frozen cut."""
    rule = cut.rule if isinstance(cut.rule, str) else f"{cut.rule:g}"
    return shown.FittedCut(
        field=cut.field, trait=cut.trait, rule=rule, value=cut.value, inclusive=cut.inclusive, better=cut.better
    )


def cut_infos(cuts: Iterable[FittedCut]) -> tuple[shown.FittedCut, ...]:
    """The frozen cuts of a fit."""
    return tuple(cut_info(cut) for cut in cuts)


def move_infos(moves: Iterable[Move]) -> tuple[shown.Move, ...]:
    """Moves between layers."""
    return tuple(
        shown.Move(source=move.source, target=move.target, customers=move.customers, direction=move.direction)
        for move in moves
    )


def cell(value: object, zone: ZoneInfo) -> float | str | None:
    """One value of a table: numbers as floats, instants as ISO text of the workspace's zone."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return at_home(value, zone).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return number(value)


def number(value: object) -> float | None:
    """A number as a float; None for what is none, or not finite."""
    if isinstance(value, int | float | Decimal):
        found = float(value)
        return found if found == found and abs(found) != float("inf") else None
    return None


def whole(value: object) -> int:
    """A count."""
    return int(str(value)) if value is not None else 0


def at_home(stored: datetime, zone: ZoneInfo) -> datetime:
    """A stored instant (UTC without a zone) as an aware time of the workspace."""
    return stored.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone)
