"""Exact: numbers that reach every engine as the very double that they are."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def exactly(value: float) -> ir.FloatingScalar:
    """A number as the very double that it is: DuckDB reads 0.1 as a decimal, and loses the last bit of three in a hundred."""
    return ibis.literal(repr(float(value))).cast("float64")
