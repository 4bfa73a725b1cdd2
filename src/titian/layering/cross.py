"""Cross: two layerings at once, a layer for each pair of theirs (交叉分层)."""

from __future__ import annotations

from collections.abc import Mapping

import ibis.expr.types as ir

from titian.domain.layer import Layer
from titian.domain.reason import Reason
from titian.domain.words import Words
from titian.layering.contract import LayeringError
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.layering.nesting import Nested
from titian.layering.paired import Paired
from titian.layering.plays_own import play_of_both
from titian.layering.quantiles import Quantiles
from titian.layering.value_levels import ValueLevels
from titian.traits.planner import TraitTable

MOST_LAYERS = 400
BETWEEN = "__"


class Cross(Paired):
    """Every pair of layers of two layerings: `<first>__<second>`. Pairs have no rank among each other.

    A part is another layering: a value in Python, elsewhere `{"kind": "rfm", "key": "…", "parameters": {…}}`. Columns
    beside the traits: `first` and `second`, the layers in the parts.
    """

    kind = "cross"
    words = Words(zh="交叉分层", en="Cross")
    meaning = Words(zh="两个分层交叉，每一对层级成一层", en="two layerings crossed: a layer for each pair")

    first: Nested = Quantiles(key="by_spend", trait="spend_365d", shares=(0.2, 0.8))
    second: Nested = ValueLevels()

    def parts(self) -> Mapping[str, Layering]:
        """The two that are crossed."""
        return {"first": self.first, "second": self.second}

    def fit(self, traits: TraitTable) -> Fitted:
        """Both fits, and a layer for each pair. Raises LayeringError beyond 400 pairs."""
        first, second = self.first.fit(traits), self.second.fit(traits)
        count = len(first.layers) * len(second.layers)
        if count > MOST_LAYERS:
            raise _too_many(self, count)
        return Fitted(
            kind=self.kind,
            as_of=traits.as_of,
            currency=traits.data.currency,
            layers=tuple(_both(one, other) for one in first.layers for other in second.layers),
            cuts=(),
            customers=max(first.customers, second.customers),
            notes=tuple(dict.fromkeys((*first.notes, *second.notes))),
            parts={"first": first, "second": second},
        )

    def layered(self, traits: TraitTable, fitted: Fitted) -> ir.Table:
        """Everyone in both, side by side."""
        placed = {part: layering.layered(traits, fitted.parts[part]) for part, layering in self.parts().items()}
        rows = self.beside(traits, placed, "first")
        return rows.mutate(layer=self.layer(rows, fitted)).relocate("layer", after="customer_id")

    def layer(self, rows: ir.Table, fitted: Fitted) -> ir.StringValue:  # noqa: ARG002
        """The two layers joined, over rows that hold them as `first` and `second`."""
        joined: ir.StringValue = rows.first + BETWEEN + rows.second
        return joined

    def reasons(self, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        """Why the customer is in each of the two."""
        return [*self.said("first", row, fitted), *self.said("second", row, fitted)]


def _both(one: Layer, other: Layer) -> Layer:
    return Layer(
        key=f"{one.key}{BETWEEN}{other.key}",
        rank=None,
        name=Words(zh=f"{one.name.zh} × {other.name.zh}", en=f"{one.name.en} × {other.name.en}"),
        meaning=Words(zh=f"{one.meaning.zh}；{other.meaning.zh}", en=f"{one.meaning.en}; {other.meaning.en}"),
        play=play_of_both(one.play, other.play),
    )


def _too_many(cross: Cross, count: int) -> LayeringError:
    return LayeringError(
        f"{cross.first.key} × {cross.second.key} would have {count} layers; at most {MOST_LAYERS} can be told apart",
        "cross layerings with fewer layers",
        zh=f"{cross.first.key} × {cross.second.key} 会有 {count} 层，最多 {MOST_LAYERS} 层",
        hint_zh="请选择层级较少的分层来交叉",
        layers=count,
    )
