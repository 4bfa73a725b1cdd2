"""Inside: a layering applied to one layer of another, a small pyramid in the pyramid (层内再分层)."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from titian.domain.layer import Layer
from titian.domain.reason import Reason
from titian.domain.words import Words
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.layering.nesting import Nested
from titian.layering.paired import Paired
from titian.layering.plays_own import OUTSIDE
from titian.layering.quantiles import Quantiles
from titian.layering.value_levels import ValueLevels
from titian.traits.planner import TraitTable

OUTSIDE_KEY = "outside"


class Inside(Paired):
    """The layers of `inner` among the customers of one layer of `outer`, fitted on them alone; all others *outside*.

    Columns beside the traits: `outer` and `inner`, the layers in the parts; `inner` is empty outside.
    """

    kind = "inside"
    words = Words(zh="层内再分层", en="Inside a layer")
    meaning = Words(
        zh="只在某一层的客户里再分一次，切分只看这些客户",
        en="one layer looked into by another layering, its cuts taken from these customers alone",
    )
    ordered = True

    outer: Nested = ValueLevels()
    at: str = "active"
    """The layer of `outer` that is looked into."""
    inner: Nested = Quantiles()

    def parts(self) -> Mapping[str, Layering]:
        """The one around and the one within."""
        return {"outer": self.outer, "inner": self.inner}

    def fit(self, traits: TraitTable) -> Fitted:
        """The outer fit on everyone, the inner one on the customers of the layer. Raises UnknownNameError for its key."""
        outer = self.outer.fit(traits)
        at = outer.layer(self.at)
        inner = self.inner.fit(traits.among(self._members(traits, outer)))
        return Fitted(
            kind=self.kind,
            as_of=traits.as_of,
            currency=traits.data.currency,
            layers=(*(layer for layer in inner.layers if layer.key != OUTSIDE_KEY), _outside(at)),
            cuts=(),
            customers=inner.customers,
            notes=tuple(dict.fromkeys((*outer.notes, *inner.notes))),
            parts={"outer": outer, "inner": inner},
        )

    def _members(self, traits: TraitTable, outer: Fitted) -> ir.Table:
        """Who is in the layer, computed once: the inner layering may ask for them again and again."""
        rows = self.outer.layered(traits, outer)
        members = rows.filter(rows.layer == self.at).select("customer_id")
        if traits.members is not None:
            return members
        named = (self.outer.kind, self.outer.model_dump_json(), outer.model_dump_json(), self.at)
        return traits.computed(("members", traits.as_of, *named), lambda: members)

    def layered(self, traits: TraitTable, fitted: Fitted) -> ir.Table:
        """The inner layers where the outer layer is the one, else outside."""
        outer, inner = fitted.parts["outer"], fitted.parts["inner"]
        within = traits.among(self._members(traits, outer))
        placed = {"outer": self.outer.layered(traits, outer), "inner": self.inner.layered(within, inner)}
        rows = self.beside(traits, placed, "outer")
        return rows.mutate(layer=self.layer(rows, fitted)).relocate("layer", after="customer_id")

    def layer(self, rows: ir.Table, fitted: Fitted) -> ir.StringValue:  # noqa: ARG002
        """The inner layer, or outside, over rows that hold it as `inner`."""
        return ibis.coalesce(rows.inner, OUTSIDE_KEY)

    def reasons(self, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        """Why the customer is in the outer layer and, where that is the one, in the inner."""
        outer = self.said("outer", row, fitted)
        return outer if row["inner"] is None else [*outer, *self.said("inner", row, fitted)]


def _outside(at: Layer) -> Layer:
    return Layer(
        key=OUTSIDE_KEY,
        rank=None,
        name=Words(zh="层外", en="outside"),
        meaning=Words(zh=f"不在“{at.name.zh}”层的客户", en=f"customers who are not in the layer {at.name.en}"),
        play=OUTSIDE,
    )
