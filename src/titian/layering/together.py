"""Together: several layerings at once, from one computation of their traits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import ibis.expr.types as ir

from titian.domain.instants import Moment, instant
from titian.errors import InputError
from titian.layering.assignment import answerable
from titian.layering.fitted import Fitted
from titian.layering.frame import Frame
from titian.layering.layering import Layering
from titian.traits.planner import TraitTable, trait_table, with_bases
from titian.warehouse.dataset import Dataset


def own_keys(definitions: Sequence[Layering]) -> tuple[Layering, ...]:
    """The definitions, if each has a key of its own. Raises InputError."""
    keys = [definition.key for definition in definitions]
    if len(set(keys)) < len(keys):
        raise InputError(
            f"two layerings have the same key: {', '.join(keys)}",
            "give each its own: RFM(key='rfm_year')",
            zh=f"有两个分层的 key 相同：{', '.join(keys)}",
            hint_zh="请分别指定，例如 RFM(key='rfm_year')",
            keys=keys,
        )
    return tuple(definitions)


def assign_together(definitions: Sequence[Layering], data: Dataset, as_of: Moment) -> Frame:
    """customer_id and one column of layer keys per definition, named by its `key`; one scan per source table."""
    own_keys(definitions)
    at = instant(as_of, data.timezone)
    for definition in definitions:
        answerable(definition, data, at)
    wanted = [trait for definition in definitions for trait in with_bases(definition.traits().values())]
    traits = trait_table(wanted, data, at)
    placed = [(definition, definition.fit(traits)) for definition in definitions]
    return Frame(data.arrow(side_by_side(placed, traits)).to_pandas())


def side_by_side(placed: Sequence[tuple[Layering, Fitted]], traits: TraitTable) -> ir.Table:
    """customer_id and one column of layer keys per definition, named by its `key`.

    Those that look at one row of traits are columns of one pass over the kept traits; others are joined to it.
    """
    rows = traits.rows
    for number, (definition, fitted) in enumerate(placed):
        if definition.by_row:
            # Own names of traits may clash with the table's (spend over a year, spend ever): hold those aside meanwhile.
            aside = {f"{_ASIDE}{name}": name for name in rows.columns}
            seen = replace(traits, rows=rows).view(definition.traits(), aside)
            back = {name: seen[held] for held, name in aside.items()}
            rows = seen.select(**back, **{_column(number): definition.layer(seen, fitted)})
    joined = rows.select("customer_id", *(name for name in rows.columns if name.startswith(_MARK)))
    for number, (definition, fitted) in enumerate(placed):
        if not definition.by_row:
            layers = definition.layered(traits, fitted).select("customer_id", **{_column(number): "layer"})
            joined = joined.inner_join(layers, "customer_id")
    return joined.select("customer_id", **{one.key: _column(n) for n, (one, _) in enumerate(placed)})


def _column(number: int) -> str:
    return f"{_MARK}{number}"


_MARK, _ASIDE = "layer__", "aside__"
"""Begin no trait's name."""
