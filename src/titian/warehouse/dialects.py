"""Dialects: what engines say differently, so that an expression means on each what it means on DuckDB."""

from __future__ import annotations

from typing import Any

import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.pyspark import PySparkCompiler, offset_to_filter

SPARK_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
}
"""Stored instants are UTC without a zone; an overflow or an impossible cast is an error and not a NULL."""


class SparkDialect(PySparkCompiler):
    """Ibis's Spark SQL, where it would give another number, type or error than DuckDB, or take far longer.

    Quantiles and medians are Spark's exact `percentile`, which interpolates between order statistics with the same
    products as DuckDB. Nulls sort last, as Ibis asks on every engine.
    """

    __slots__ = ()

    # Spark has OFFSET; what Ibis puts in its place numbers the rows in any order and adds a column to the result.
    rewrites = tuple(rewrite for rewrite in PySparkCompiler.rewrites if rewrite is not offset_to_filter)

    def visit_NonNullLiteral(self, op: ops.Literal, *, value: Any, dtype: Any) -> Any:  # noqa: N802
        """A bare 0.1 is a decimal in Spark: say that it is the double."""
        if dtype.is_floating():
            return self.cast(sge.convert(repr(float(value))), dtype)
        return super().visit_NonNullLiteral(op, value=value, dtype=dtype)

    def visit_IntervalFromInteger(self, op: ops.IntervalFromInteger, *, arg: Any, unit: Any) -> Any:  # noqa: N802
        """Seconds as an interval of seconds: Ibis writes each row's as text and reads it again."""
        if unit.short == "s":
            return self.f.anon.make_dt_interval(0, 0, 0, arg)
        return super().visit_IntervalFromInteger(op, arg=arg, unit=unit)

    def visit_Cast(self, op: ops.Cast, *, arg: Any, to: Any) -> Any:  # noqa: N802
        """A double becomes the decimal that its product with the power of ten rounds to, a tie away from zero."""
        if op.arg.dtype.is_floating() and to.is_decimal():
            whole = self.f.round(arg * self.cast(sge.convert(f"1e{to.scale}"), dt.float64))
            return self.cast(self.cast(whole, dt.Decimal(38, 0)) * self._step(to.scale), to)
        return super().visit_Cast(op, arg=arg, to=to)

    def _step(self, scale: int) -> Any:
        return self.cast(sge.convert(f"1e-{scale}"), dt.Decimal(scale + 1, scale))

    def visit_Strip(self, op: ops.Strip, *, arg: Any) -> Any:  # noqa: N802, ARG002
        """Spark's own trim takes off spaces only."""
        # Spark reads an escaped vertical tab or form feed as the letters v and f.
        white = self.f.concat(sge.convert(" \t\n\r"), self.f.anon.char(11), self.f.anon.char(12))
        return sge.Trim(this=arg, expression=white, position="BOTH")


SPARK = SparkDialect()
