"""Groups: customers with whether they are inside, for what measures a group against everybody."""

from __future__ import annotations

from collections.abc import Collection

import ibis.expr.types as ir

from titian.layering.assignment import Assignment


def in_layers(got: Assignment, keys: Collection[str]) -> ir.Table:
    """customer_id and whether they are in one of these layers. Raises UnknownNameError with the valid ones."""
    layers = [got.fitted.layer(key).key for key in keys]
    return got.table.select("customer_id", inside=got.table.layer.isin(layers))
