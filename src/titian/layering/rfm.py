"""RFM: who buys recently, often and much (customer value in eight layers)."""

from __future__ import annotations

from pydantic import PositiveInt

from titian.domain.cut import Cut
from titian.domain.layer import Layer
from titian.domain.note import Note
from titian.domain.words import Words
from titian.layering.cuts import Axis
from titian.layering.fitted import Fitted
from titian.layering.matrix import Bits, Crossed
from titian.layering.plays import EIGHT_VALUE_LAYERS
from titian.traits.catalogue import trait
from titian.traits.planner import TraitTable

NEARLY_EVERYONE = 0.9
BOUGHT_ONCE = Note(
    code="bought_once",
    text=Words(
        zh="九成以上客户最多只买过一次，“购买次数”几乎不起作用；一次性购买的生意请换用其他指标。",
        en="Nine in ten customers bought once at most: frequency says next to nothing here. Use other traits instead.",
    ),
)


class RFM(Crossed):
    """Eight value layers from recency, frequency and monetary value; *none* for who never bought.

    A customer is high on a dimension when better than its cut; better means *smaller* for recency. A cut taken
    from the customers (mean, median, quantile) splits strictly, so ties are low; a fixed number includes itself.
    Recency looks at all history; frequency and money at the last `window_days` local days (None: all history).

    Needs: orders. Source: Hughes, *Strategic Database Marketing* (1994); the eight names are the trade's.
    """

    kind = "rfm"
    words = Words(zh="价值分层 RFM", en="Value (RFM)")
    meaning = Words(
        zh="按最近购买、购买次数和消费金额，把客户分成八层",
        en="eight layers by how recently, how often and how much a customer buys",
    )

    recency: Cut = "median"
    frequency: Cut = "median"
    monetary: Cut = "median"
    window_days: PositiveInt | None = 365

    def axes(self) -> tuple[Axis, ...]:
        """Recency, frequency, money."""
        recency, orders, spend = trait("recency_days"), trait("order_count"), trait("spend")
        return (
            Axis("recency", "recency_days", recency, self.recency, "low"),
            Axis("frequency", "order_count", orders.within(self.window_days), self.frequency, "high"),
            Axis("monetary", "spend", spend.within(self.window_days), self.monetary, "high"),
        )

    def combinations(self) -> list[Bits]:
        """In rank order: money weighs most, then recency, then frequency."""
        return sorted(super().combinations(), key=lambda rfm: (rfm[2], rfm[0], rfm[1]), reverse=True)

    def named(self, bits: Bits) -> Layer:
        """The trade's name for these highs and lows."""
        return EIGHT_VALUE_LAYERS[bits]

    def fit(self, traits: TraitTable) -> Fitted:
        """The cuts as found in the buyers; notes a trade in which nearly everyone buys once."""
        fitted = super().fit(traits)
        rows = traits.view(self.traits())
        buyers = rows.filter(rows.ranked)
        counted = buyers.aggregate(share=(buyers.order_count <= 1).mean())
        (once,) = traits.data.execute(counted)
        if once["share"] is None or float(str(once["share"])) < NEARLY_EVERYONE:
            return fitted
        return fitted.model_copy(update={"notes": (*fitted.notes, BOUGHT_ONCE)})
