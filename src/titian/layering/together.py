"""Together: several layerings at once, from one computation of their traits."""

from __future__ import annotations

from collections.abc import Sequence

from titian.domain.instants import Moment, instant
from titian.errors import InputError
from titian.layering.assignment import answerable
from titian.layering.frame import Frame
from titian.layering.layering import Layering
from titian.traits.planner import trait_table, with_bases
from titian.warehouse.dataset import Dataset


def assign_together(definitions: Sequence[Layering], data: Dataset, as_of: Moment) -> Frame:
    """customer_id and one column of layer keys per definition, named by its `key`; one scan per source table."""
    keys = [definition.key for definition in definitions]
    if len(set(keys)) < len(keys):
        raise InputError(
            f"two layerings have the same key: {', '.join(keys)}",
            "give each its own: RFM(key='rfm_year')",
            zh=f"有两个分层的 key 相同：{', '.join(keys)}",
            hint_zh="请分别指定，例如 RFM(key='rfm_year')",
            keys=keys,
        )
    wanted = [trait for definition in definitions for trait in with_bases(definition.traits().values())]
    at = instant(as_of, data.timezone)
    for definition in definitions:
        answerable(definition, data, at)
    traits = trait_table(wanted, data, at)
    rows = traits.rows.select("customer_id")
    for definition in definitions:
        layers = definition.layered(traits, definition.fit(traits)).select("customer_id", **{definition.key: "layer"})
        rows = rows.inner_join(layers, "customer_id")
    return Frame(data.arrow(rows).to_pandas())
