"""Remarks: notes that layerings of stages share."""

from __future__ import annotations

import ibis.expr.types as ir

from titian.domain.note import Note
from titian.domain.words import Words
from titian.layering.fitted import Fitted
from titian.warehouse.dataset import Dataset

NOBODY = Note(
    code="nobody",
    text=Words(zh="截至该时点还没有出现过任何客户。", en="No customer had been seen by this day."),
)


def with_sizes(fitted: Fitted, layers: ir.Table, data: Dataset) -> Fitted:
    """The fit with its number of customers, and with the remark that some layers are empty.

    `layers` has a column `layer`, a row per customer.
    """
    counted = layers.group_by("layer").aggregate(customers=layers.count())
    sizes = {str(row["layer"]): int(str(row["customers"])) for row in data.execute(counted)}
    customers = sum(sizes.values())
    empty = [layer for layer in fitted.layers if layer.rank is not None and layer.key not in sizes]
    notes = (*fitted.notes, NOBODY) if not customers else fitted.notes
    if customers and empty:
        text = Words(
            zh="没有人在这些层：{zh}。若不是本该如此，请放宽它们的条件。",
            en="Nobody is in: {en}. If that is not how it should be, ease what they ask for.",
        )
        zh, en = "、".join(layer.name.zh for layer in empty), ", ".join(layer.name.en for layer in empty)
        notes = (*notes, Note(code="empty_layers", text=text.format(zh=zh, en=en)))
    return fitted.model_copy(update={"customers": customers, "notes": notes})
