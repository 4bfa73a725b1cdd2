"""Funnel drops: where a funnel loses oddly many, and of whom, the oddest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from titian.domain.note import FEW_CUSTOMERS
from titian.domain.words import Words
from titian.measure.funnel_figures import FunnelPart
from titian.stats.proportions import difference, level_of_each


@dataclass(frozen=True)
class Drop:
    """Those who got to a step (its `number`, from 1) and no further, of everybody or of a layer, against the others.

    The others are those of the other steps for everybody, and those of the other layers at the same step for a layer.
    `loss` is `lost` of `customers`; `excess` is what it is above that of the others, from `low` to `high`: an interval so
    wide that those of all drops hold together at the level of the funnel. It is `odd` when the others surely lose less, and
    neither are few.
    """

    number: int
    here: Words
    next: Words
    layer: str | None
    name: Words
    customers: int
    lost: int
    others: int
    others_lost: int
    excess: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def loss(self) -> float | None:
        """The share of those at the step who went no further."""
        return self.lost / self.customers if self.customers else None

    @property
    def others_loss(self) -> float | None:
        """The same of the others."""
        return self.others_lost / self.others if self.others else None

    @property
    def few(self) -> bool:
        """Whether they or the others are so few that a few people can move it."""
        return min(self.customers, self.others) < FEW_CUSTOMERS

    @property
    def odd(self) -> bool:
        """Whether more are lost than of the others, for all that many were looked at."""
        return self.low is not None and self.low > 0 and not self.few


def ranked(
    everybody: FunnelPart, layers: Sequence[FunnelPart], level: float
) -> tuple[tuple[Drop, ...], tuple[Drop, ...]]:
    """The drops of everybody by step, and those of layers by step: odd ones first, by the least that they are above the others.

    Who went on at a step is a new draw from those who got there, so that steps are as good as independent of each other.
    """
    steps, of_layers = _of_steps(everybody), _of_layers(layers)
    compared = sum(1 for drop in (*steps, *of_layers) if drop.customers and drop.others)
    each = level_of_each(compared, level=level)
    return _by_oddness(steps, each), _by_oddness(of_layers, each)


def _by_oddness(drops: Sequence[Drop], level: float) -> tuple[Drop, ...]:
    found = [_measured(drop, level) for drop in drops]
    return tuple(sorted(found, key=lambda drop: (drop.odd, -2.0 if drop.low is None else drop.low), reverse=True))


def _measured(drop: Drop, level: float) -> Drop:
    found = difference((drop.lost, drop.customers), (drop.others_lost, drop.others), level=level)
    return replace(drop, excess=found.value, low=found.low, high=found.high)


def _of_steps(everybody: FunnelPart) -> list[Drop]:
    counts = _counts(everybody)
    return [
        _drop(everybody, place, [one for at, one in enumerate(counts) if at != place]) for place in range(len(counts))
    ]


def _of_layers(layers: Sequence[FunnelPart]) -> list[Drop]:
    places = range(len(layers[0].steps) - 1) if layers else range(0)
    return [
        _drop(part, place, [_counts(other)[place] for other in layers if other is not part])
        for place in places
        for part in layers
    ]


def _drop(part: FunnelPart, place: int, others: Sequence[tuple[int, int]]) -> Drop:
    at, lost = _counts(part)[place]
    return Drop(
        number=place + 1,
        here=part.steps[place].name,
        next=part.steps[place + 1].name,
        layer=part.layer,
        name=part.name,
        customers=at,
        lost=lost,
        others=sum(size for size, _ in others),
        others_lost=sum(gone for _, gone in others),
    )


def _counts(part: FunnelPart) -> list[tuple[int, int]]:
    """Of each step but the last, how many got there and how many of them no further."""
    return [(step.customers, step.lost) for step in part.steps if step.lost is not None]
