"""Growth: reached, bought, bought again, brought others (引流 → 成交 → 复购 → 裂变)."""

from __future__ import annotations

from pydantic import PositiveInt

from titian.domain.layer import Layer
from titian.domain.words import Words
from titian.layering.plays_stages import GROWTH_LAYERS
from titian.layering.staged import Ladder, Signal, Stage


class Growth(Ladder):
    """Four stages of growth; the highest stage counts, else *none*.

    reached: did anything at all; bought: bought on one local day; bought_again: on `again_days` or more; brought_others:
    at least one person joined on the customer's invitation, themselves not counted. All within the last `window_days`
    local days (None: all history).

    Purchases are paid orders not fully refunded; before the first order that is known of anybody, events that mean
    purchase stand for them. Needs: orders, events or invites.
    """

    kind = "growth"
    words = Words(zh="增长阶段", en="Growth")
    meaning = Words(
        zh="引流、成交、复购、裂变，取达到的最高一级",
        en="reached, bought, bought again, brought others: the highest stage reached",
    )

    window_days: PositiveInt | None = None
    again_days: PositiveInt = 2

    def ladder(self) -> tuple[Stage, ...]:
        """Four stages."""
        days = self.window_days
        return (
            _stage("reached", Signal(window_days=days)),
            _stage("bought", Signal(counted="purchase_days", window_days=days)),
            _stage("bought_again", Signal(counted="purchase_days", least=self.again_days, window_days=days)),
            _stage("brought_others", Signal(counted="brought", window_days=days)),
        )

    def named(self, stage: Stage) -> Layer:
        """The trade's name and play of a stage."""
        return GROWTH_LAYERS[stage.key]


def _stage(key: str, signal: Signal) -> Stage:
    return Stage(key=key, name=GROWTH_LAYERS[key].name, signals=(signal,))
