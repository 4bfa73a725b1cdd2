"""Held: the layerings of a workspace, those of the house and the team's own, each with its version in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from titian.app import masking
from titian.app.definition import Definition
from titian.app.desk import Desk, Reading
from titian.domain.words import Words
from titian.errors import InputError, UnknownNameError
from titian.layering.assignment import Assignment, assign
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.layering.registry import LAYERINGS
from titian.traits.planner import TraitTable
from titian.warehouse.dataset import Dataset
from titian.warehouse.tables import TABLES

DEFAULT = "rfm"


@dataclass(frozen=True)
class Held:
    """A layering with the definition that it was made from."""

    layering: Layering
    definition: Definition

    @property
    def words(self) -> Words:
        """What it is called: the team's own name for it, else that of its kind."""
        return self.definition.name or self.layering.words

    @property
    def whole(self) -> Definition:
        """The definition with every parameter said, so that a later default changes nothing."""
        return self.definition.model_copy(update={"parameters": self.layering.parameters})

    @property
    def own(self) -> bool:
        """Whether the team made it; else it is the house's and always there."""
        return self.definition.key not in LAYERINGS or not LAYERINGS[self.definition.key].ready


def held(desk: Desk) -> dict[str, Held]:
    """All layerings by key: the house's in their order, as published or by default, then the team's own."""
    return held_of(desk.definitions.current())


def held_of(published: Mapping[str, Definition]) -> dict[str, Held]:
    """The same where these are published."""
    ready = [kind for kind, made_by in LAYERINGS.items() if made_by.ready]
    house = {kind: Definition(kind=kind, key=kind) for kind in ready}
    return {key: made(definition) for key, definition in (house | dict(published)).items()}


def one(desk: Desk, key: str) -> Held:
    """The layering called `key`: one of all, or the example of a kind.

    Raises UnknownNameError with the valid keys, MaskedError for one that is hidden from who acts.
    """
    found = held(desk)
    if key in LAYERINGS and key not in found:
        return made(Definition(kind=key, key=key))
    if key not in found:
        raise UnknownNameError("layering", "分层模型", key, list(found))
    return _shown(found[key])


def asked(definition: Definition) -> Held:
    """The layering that somebody asks for by saying it. Raises as `made` does, MaskedError where it is hidden from them."""
    return _shown(made(definition))


def _shown(found: Held) -> Held:
    if not masking.shows_layering(found.layering):
        raise masking.masked(f"layerings/{found.definition.key}", found.words)
    return found


def made(definition: Definition) -> Held:
    """The layering that a definition describes. Raises InputError for an unknown kind or parameter."""
    if definition.kind not in LAYERINGS:
        raise UnknownNameError("kind of layering", "分层类型", definition.kind, list(LAYERINGS))
    return Held(layering_of(definition.kind, definition.key, definition.parameters), definition)


def layering_of(kind: str, key: str, parameters: Mapping[str, Any]) -> Layering:
    """A layering with these parameters; those left out have their defaults. Raises LayeringError."""
    if "key" in parameters:
        raise InputError(
            "the key of a layering is not one of its parameters",
            "leave key out of the parameters",
            zh="标识（key）不是分层模型的参数",
            hint_zh="请从参数中去掉 key",
        )
    return LAYERINGS[kind](key=key, **parameters)


def tried(held: Held, parameters: Mapping[str, Any]) -> Held:
    """The same with other parameters, fitted on the day that is looked at. Raises as `asked` does."""
    definition = held.definition.model_copy(
        update={"parameters": {**held.layering.parameters, **parameters}, "fit_as_of": None}
    )
    return asked(definition)


def assigned(reading: Reading, held: Held, day: date) -> Assignment:
    """Everyone's layer as of a day; cuts fitted on that day, or on the definition's own."""
    data = reading.counted(day)
    return assign(held.layering, data, reading.instant(day), fit_of(reading, held, day, data))


def fit_of(reading: Reading, held: Held, day: date, data: Dataset, traits: TraitTable | None = None) -> Fitted:
    """The cuts as fitted on a day to `data`; or on the definition's own day, to those who count as of that."""
    own = held.definition.fit_as_of
    if own is None or own == day:
        return fitted_on(reading, held.layering, day, data, traits)
    return fitted_on(reading, held.layering, own, reading.counted(own), traits)


def fitted_on(
    reading: Reading, layering: Layering, day: date, data: Dataset, traits: TraitTable | None = None
) -> Fitted:
    """The cuts as fitted on a day to data; remembered while these stay as they are.

    `traits` may hand in what was computed already; those of another day or of other customers are not looked at.
    """
    at = reading.instant(day)
    key = (data.version, layering.kind, layering.model_dump_json(), day)
    if traits is not None and (traits.as_of, traits.data.version) == (at, data.version):
        return reading.desk.fits.get(key, lambda: layering.fit(traits))
    return reading.desk.fits.get(key, lambda: assign(layering, data, at).fitted)


def lacking(data: Dataset, layering: Layering) -> list[list[str]]:
    """The groups of tables that a layering reads one of, where none holds anything."""
    return sorted(sorted(group) for group in layering.needs() if not any(data.has(name) for name in group))


def missing(reading: Reading, layering: Layering) -> Words | None:
    """What data a layering needs that are not there, in words."""
    groups = [[TABLES[name].words for name in group] for group in lacking(reading.data, layering)]
    if not groups:
        return None
    zh = "、".join("或".join(words.zh for words in group) for group in groups)
    en = " and ".join(" or ".join(words.en for words in group) for group in groups)
    return Words(zh=f"需要{zh}数据", en=f"needs {en}")
