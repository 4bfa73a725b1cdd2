"""Fitted: what a layering found in the customers of one instant, frozen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from titian.domain.counting import counted
from titian.domain.cut import FittedCut
from titian.domain.layer import Layer
from titian.domain.note import FEW_CUSTOMERS, Note
from titian.domain.words import Words
from titian.errors import UnknownNameError


class Fitted(BaseModel):
    """The layers in rank order and the cuts, as found at `as_of`; the same data give the same on every engine.

    `customers` were fitted on; `notes` say what the cuts rest on.
    """

    model_config = ConfigDict(frozen=True)

    kind: str
    as_of: datetime
    layers: tuple[Layer, ...]
    cuts: tuple[FittedCut, ...]
    customers: int
    currency: str
    """Of the money in the cuts."""
    notes: tuple[Note, ...] = ()
    found: dict[str, Any] = {}
    """What else was found and is needed to layer, as plain JSON values: the centres of clusters, a rhythm in days."""
    parts: dict[str, Fitted] = {}
    """The fits of the layerings that this one is made of, by their part in it."""

    def layer(self, key: str) -> Layer:
        """The layer called `key`. Raises UnknownNameError with the valid keys."""
        for layer in self.layers:
            if layer.key == key:
                return layer
        raise UnknownNameError("layer", "层级", key, [layer.key for layer in self.layers])

    def cut(self, field: str) -> FittedCut:
        """The cut that the parameter `field` asked for. Raises UnknownNameError with the valid ones."""
        for cut in self.cuts:
            if cut.field == field:
                return cut
        raise UnknownNameError("cut", "切分", field, [cut.field for cut in self.cuts])


def notes_on_size(customers: int) -> tuple[Note, ...]:
    """The remark that a fit rests on nobody, or on few."""
    if customers == 0:
        text = Words(
            zh="截至该时点还没有可用于切分的客户，所有人都在“未购”层。",
            en="Nobody could be fitted on as of this day: everyone is in the layer none.",
        )
        return (Note(code="nobody", text=text),)
    if customers < FEW_CUSTOMERS:
        text = Words(
            zh="切分只基于 {n} 位客户，数字会随少数人变动。",
            en="The cuts rest on only {counted}: a few people can move them.",
        )
        said = counted(customers, "customer", "customers")
        return (Note(code="few_customers", text=text.format(n=customers, counted=said)),)
    return ()
