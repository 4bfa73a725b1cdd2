"""Portrait: a group against everybody, by every trait, ordered by what sets it apart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import ibis.expr.types as ir

from titian.domain.note import FEW_CUSTOMERS, Note
from titian.domain.words import Words
from titian.layering.frame import Frame
from titian.measure.portrait_bins import Counted, CountedTrait, Counting, Sizes
from titian.measure.portrait_everyone import Everyone
from titian.measure.portrait_table import as_arrow
from titian.measure.portrait_traits import asked_traits, drawn_by
from titian.measure.portrait_words import (
    EVERYBODY,
    NOBODY,
    bin_words,
    note_on_empty,
    note_on_undated,
    sentence,
)
from titian.measure.portrayed import PortraitBin, PortraitTrait
from titian.stats.association import CategoryEffect, effect_on_category
from titian.stats.discoveries import corrected
from titian.stats.effect_notes import on_size
from titian.stats.effects import LEVEL
from titian.stats.tgi import TGI, tgi
from titian.traits.planner import trait_table
from titian.traits.trait import Trait
from titian.warehouse.dataset import Dataset

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

APART = 0.05
"""Which share of the traits that are said to set a group apart may do so by chance alone."""


@dataclass(frozen=True)
class Portrait:
    """A group of `inside` customers against all `everyone` seen before `as_of`, what sets it apart most first."""

    as_of: datetime
    inside: int
    everyone: int
    level: float
    traits: tuple[PortraitTrait, ...]
    notes: tuple[Note, ...]

    def __repr__(self) -> str:
        return f"<Portrait of {self.inside:,} of {self.everyone:,} by {len(self.traits)} traits>"

    def to_arrow(self) -> pa.Table:
        """A row per trait and bin in their order, as an Arrow table.

        trait, name_zh, name_en, kind, value, low, high, value_zh, value_en, inside, everyone, share_inside, share, tgi,
        tgi_low, tgi_high, few; and of the trait effect, p, apart, drawn_by, and the means and medians.
        """
        return as_arrow(self.traits)

    def to_pandas(self) -> Frame:
        """The same as a pandas frame."""
        return Frame(self.to_arrow().to_pandas())

    def to_polars(self) -> pl.DataFrame:
        """The same as a Polars frame."""
        import polars as pl

        return pl.DataFrame(self.to_arrow())


def portrait(
    group: ir.Table,
    data: Dataset,
    as_of: datetime,
    traits: Sequence[str] | None = None,
    *,
    drawing: Collection[Trait] = (),
    only: Callable[[Trait], bool] = lambda _: True,
    level: float = LEVEL,
) -> Portrait:
    """What sets a group apart from everybody seen before `as_of`.

    `group` has customer_id and `inside`, a truth value. `traits` are names; the usual ones of which there are data unless
    said. `drawing` are the traits that the group was drawn by. Those for which `only` does not hold are not looked at, so that no
    p-value of another, corrected for all, tells of them. Raises UnknownNameError and MissingDataError.
    """
    wanted = [one for one in asked_traits(traits, data) if only(one)]
    table = trait_table(wanted, data, as_of)
    everyone = Everyone(table, wanted)
    members = group.filter(group.inside).select("customer_id")
    counting = Counting(table.rows.semi_join(members, "customer_id"), everyone, data)
    # Whom the group holds may change while the data do not: it is nobody else's.
    counting.rows, kept = data.engine.keep(("portrait", uuid4().hex), lambda: counting.rows)
    sizes, counted = counting.counted()
    del kept
    valued = [one for one in counted if traits is not None or any(found.kind != "unknown" for found in one.bins)]
    without = [one.trait for one in counted if one not in valued]
    return Portrait(
        as_of=as_of,
        inside=sizes.inside,
        everyone=sizes.everyone,
        level=level,
        traits=_ordered(valued, sizes, data.currency, drawing, level),
        notes=(*_on_group(sizes), *note_on_empty(without), *note_on_undated([one.trait for one in valued], data)),
    )


def _ordered(
    counted: Sequence[CountedTrait], sizes: Sizes, currency: str, drawing: Collection[Trait], level: float
) -> tuple[PortraitTrait, ...]:
    """The traits by how much they set the group apart; those that say as much in the order that they were asked in."""
    effects = [effect_on_category(_table(one), level=level) for one in counted]
    p_values = corrected([effect.p for effect in effects])
    found = [
        _trait(one, sizes, currency, effect, p, drawn_by(one.trait, drawing))
        for one, effect, p in zip(counted, effects, p_values, strict=True)
    ]
    return tuple(sorted(found, key=_nearness))


def _nearness(one: PortraitTrait) -> tuple[float, float]:
    """Small for what sets apart; effects that differ by rounding are the same."""
    return -round(one.effect.v or 0.0, 9), -round(one.effect.plain_v or 0.0, 9)


def _table(one: CountedTrait) -> list[list[int]]:
    return [[found.inside for found in one.bins], [found.everyone - found.inside for found in one.bins]]


def _trait(
    one: CountedTrait, sizes: Sizes, currency: str, effect: CategoryEffect, p: float | None, drawn: bool
) -> PortraitTrait:
    inside, everyone = [found.inside for found in one.bins], [found.everyone for found in one.bins]
    indices = tgi(inside, everyone, sizes.inside, sizes.everyone, level=effect.level)
    names = bin_words(one, currency)
    bins = tuple(_bin(*parts, sizes) for parts in zip(one.bins, names, indices, strict=True))
    apart = p is not None and p < APART
    return PortraitTrait(
        trait=one.trait,
        dated=one.dated,
        bins=bins,
        inside=one.inside,
        everyone=one.everyone,
        effect=effect,
        p=p,
        apart=apart,
        drawn_by=drawn,
        sentence=sentence(one.trait, bins, apart),
    )


def _bin(found: Counted, name: Words, index: TGI, sizes: Sizes) -> PortraitBin:
    return PortraitBin(
        kind=found.kind,
        value=found.value,
        low=found.low,
        high=found.high,
        name=name,
        inside=found.inside,
        everyone=found.everyone,
        share_inside=found.inside / sizes.inside if sizes.inside else None,
        share=found.everyone / sizes.everyone if sizes.everyone else None,
        tgi=index.value,
        tgi_low=index.low,
        tgi_high=index.high,
        few=min(found.everyone, sizes.inside) < FEW_CUSTOMERS,
    )


def _on_group(sizes: Sizes) -> tuple[Note, ...]:
    if not sizes.inside:
        return (NOBODY,)
    return (*((EVERYBODY,) if sizes.inside == sizes.everyone else ()), *on_size(sizes.inside))
