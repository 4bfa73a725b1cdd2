"""Crossing: two layerings laid over each other, counted pair by pair, and how far they go together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import fsum

import ibis.expr.types as ir

from titian.domain.instants import Moment, instant
from titian.domain.note import Note
from titian.layering.assignment import answerable
from titian.layering.fitted import Fitted
from titian.layering.frame import Frame
from titian.layering.layering import Layering
from titian.layering.together import own_keys, side_by_side
from titian.stats.association import CategoryEffect, effect_on_category
from titian.traits.catalogue import trait
from titian.traits.exact import total_of
from titian.traits.planner import TraitTable, trait_table, with_bases
from titian.warehouse.dataset import Dataset

BEYOND_CHANCE = 2.0
"""Standardised residuals from here on are seldom chance (Agresti, *Categorical Data Analysis*, 2013, §3.3)."""


@dataclass(frozen=True)
class Pair:
    """Customers in one layer of each of two layerings. Shares are None of nothing."""

    first: str
    second: str
    customers: int
    share: float | None
    """Of everyone."""
    share_of_first: float | None
    share_of_second: float | None
    spend: float | None
    """Money spent, net of refunds, over all history; None without orders."""
    spend_share: float | None
    tgi: float | None
    """Share of `second` within `first` over its share among everyone, × 100: above 100 they go together."""
    residual: float
    """(customers - expected) / √expected, where neither layering told anything of the other."""


@dataclass(frozen=True)
class CrossTable:
    """Two layerings crossed as of an instant: a line per pair of layers, in rank order, empty pairs included."""

    first: Layering
    second: Layering
    as_of: datetime
    fits: tuple[Fitted, Fitted]
    pairs: tuple[Pair, ...]
    association: CategoryEffect
    """Cramér's V: 0 when one tells nothing of the other, 1 when it tells all."""

    @cached_property
    def together(self) -> tuple[Pair, ...]:
        """The pairs that more customers are in than chance would bring, the most striking first."""
        found = [pair for pair in self.pairs if pair.residual >= BEYOND_CHANCE]
        return tuple(sorted(found, key=lambda pair: -pair.residual))

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the numbers rest on."""
        return tuple(dict.fromkeys(note for fit in self.fits for note in fit.notes))

    def to_pandas(self) -> Frame:
        """One line per pair: first, second, customers, share, share_of_first, share_of_second, spend, spend_share, tgi."""
        return Frame([[getattr(pair, name) for name in _COLUMNS] for pair in self.pairs], columns=list(_COLUMNS))


_COLUMNS = (
    "first",
    "second",
    "customers",
    "share",
    "share_of_first",
    "share_of_second",
    "spend",
    "spend_share",
    "tgi",
)


def cross(first: Layering, second: Layering, data: Dataset, as_of: Moment) -> CrossTable:
    """Two layerings crossed, each fitted on everyone as of the instant, with one scan per source table.

    Raises InputError when both have the same key.
    """
    both = own_keys((first, second))
    at = instant(as_of, data.timezone)
    for definition in both:
        answerable(definition, data, at)
    money = [trait("spend")] if data.has("orders") else []
    wanted = [one for definition in both for one in with_bases(definition.traits().values())]
    traits = trait_table([*wanted, *with_bases(money)], data, at)
    fits = (first.fit(traits), second.fit(traits))
    counted = _counted(both, fits, traits, with_money=bool(money))
    pairs = _pairs(fits, counted)
    width = len(fits[1].layers)
    counts = [pair.customers for pair in pairs]
    table = [counts[start : start + width] for start in range(0, len(counts), width)]
    return CrossTable(first, second, at, fits, pairs, effect_on_category(table))


Counted = Mapping[tuple[str, str], tuple[int, float | None]]


def _counted(
    both: tuple[Layering, ...], fits: tuple[Fitted, Fitted], traits: TraitTable, *, with_money: bool
) -> Counted:
    """Customers and money of each pair that occurs."""
    rows: ir.Table = side_by_side(list(zip(both, fits, strict=True)), traits)
    asked: dict[str, ir.Value] = {}
    if with_money:
        spend = traits.rows.select("customer_id", money="spend")
        rows = rows.inner_join(spend, "customer_id")
        # Cents add up to the same in any order.
        asked["money"] = total_of(rows.money)
    keys = [definition.key for definition in both]
    found = traits.data.execute(rows.group_by(keys).aggregate(customers=rows.count(), **asked))
    return {
        (str(row[keys[0]]), str(row[keys[1]])): (
            int(str(row["customers"])),
            float(str(row["money"])) if with_money else None,
        )
        for row in found
    }


def _pairs(fits: tuple[Fitted, Fitted], counted: Counted) -> tuple[Pair, ...]:
    everyone = sum(customers for customers, _ in counted.values())
    money = fsum(spend or 0.0 for _, spend in counted.values())
    by_first, by_second = _margin(counted, 0), _margin(counted, 1)
    known = any(spend is not None for _, spend in counted.values())
    pairs = []
    for one in fits[0].layers:
        for other in fits[1].layers:
            customers, spend = counted.get((one.key, other.key), (0, 0.0 if known else None))
            here, there = by_first.get(one.key, 0), by_second.get(other.key, 0)
            expected = here * there / everyone if everyone else 0.0
            pairs.append(
                Pair(
                    first=one.key,
                    second=other.key,
                    customers=customers,
                    share=_over(customers, everyone),
                    share_of_first=_over(customers, here),
                    share_of_second=_over(customers, there),
                    spend=spend,
                    spend_share=None if spend is None or money <= 0 else spend / money,
                    tgi=customers / expected * 100 if expected else None,
                    residual=(customers - expected) / expected**0.5 if expected else 0.0,
                )
            )
    return tuple(pairs)


def _margin(counted: Counted, side: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for pair, (customers, _) in counted.items():
        found[pair[side]] = found.get(pair[side], 0) + customers
    return found


def _over(part: int, whole: int) -> float | None:
    return part / whole if whole else None
