"""Exact: numbers that reach every engine as the very double that they are."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def exactly(value: float) -> ir.FloatingScalar:
    """A number as the very double that it is: DuckDB reads 0.1 as a decimal, and loses the last bit of three in a hundred."""
    return ibis.literal(repr(float(value))).cast("float64")


def total_of(money: ir.Value) -> ir.DecimalScalar:
    """The sum of a column of money, to the last cent the same in whatever order an engine adds it up."""
    return money.cast("decimal(38, 4)").sum()
