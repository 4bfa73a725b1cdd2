"""Dialects: what engines say differently, so that an expression means the same on each."""

from __future__ import annotations

from typing import Any

import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler
from ibis.backends.sql.compilers.pyspark import PySparkCompiler, offset_to_filter

SPARK_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
}
"""Stored instants are UTC without a zone; an overflow or an impossible cast is an error and not a NULL."""


A_FEW_LAST_BITS = "1e-15"
"""How far, relatively, the products of an interpolation may fall from a value that both neighbours share."""


class DuckDBDialect(DuckDBCompiler):
    """Ibis's DuckDB SQL, where rounding would show in a layer, or where the same can be said in a quarter of the time."""

    __slots__ = ()

    def visit_TimestampAdd(self, op: ops.TimestampAdd, *, left: Any, right: Any) -> Any:  # noqa: N802
        """Seconds as a number: an interval has months and days, which DuckDB looks at in every row."""
        if not (isinstance(op.right, ops.IntervalFromInteger) and op.right.unit.short == "s"):
            return left + right
        (seconds,) = right.expressions
        return self.f.make_timestamp(self.f.epoch_us(left) + self.cast(seconds, dt.int64) * 1_000_000)

    def visit_DateDelta(self, op: ops.DateDelta, *, part: Any, left: Any, right: Any) -> Any:  # noqa: N802
        """Days between two dates: what DuckDB counts by name is counted again for every row."""
        if op.part.value == "day":
            return left - right
        return super().visit_DateDelta(op, part=part, left=left, right=right)

    def visit_Quantile(self, op: ops.Quantile | ops.Median, *, arg: Any, quantile: Any, where: Any) -> Any:  # noqa: N802
        """Between equal neighbours lies their value: 0.2 · 99.99 + 0.8 · 99.99 is a hair less, and a tie would be high.

        The discrete quantile is always one of the two neighbours. Halves add up exactly.
        """
        between = super().visit_Quantile(op, arg=arg, quantile=quantile, where=where)
        halved = isinstance(op, ops.Median) or (isinstance(op.quantile, ops.Literal) and op.quantile.value == 0.5)
        if halved or not op.arg.dtype.is_floating():
            return between
        neighbour = self.agg.percentile_disc(arg, quantile, where=where)
        near = self.f.abs(between - neighbour) <= self.f.abs(neighbour) * self.cast(
            sge.convert(A_FEW_LAST_BITS), dt.float64
        )
        return self.if_(near, neighbour, between)

    def visit_MultiQuantile(self, op: ops.MultiQuantile, *, arg: Any, quantile: Any, where: Any) -> Any:  # noqa: N802, ARG002
        """Several at once are values that somebody has, each the first at which the share is reached."""
        return self.agg.quantile_disc(arg, quantile, where=where)


class SparkDialect(PySparkCompiler):
    """Ibis's Spark SQL, where it would give another number, type or error than DuckDB, or take far longer.

    Quantiles and medians are Spark's exact `percentile`, which interpolates between order statistics with the same
    products as DuckDB, and gives equal neighbours' own value. Nulls sort last, as Ibis asks on every engine.
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

    def visit_MultiQuantile(self, op: ops.MultiQuantile, *, arg: Any, quantile: Any, where: Any) -> Any:  # noqa: N802, ARG002
        """Several at once are values that somebody has, each the first at which the share is reached."""
        value = arg if where is None else self.if_(where, arg, sge.Null())
        order = sge.Order(expressions=[sge.Ordered(this=value)])
        # By its bare name: what sqlglot knows as a percentile it writes for Spark as the approximate one.
        return self.f.array(
            *(
                sge.WithinGroup(this=self.f.anon.percentile_disc(share), expression=order.copy())
                for share in quantile.expressions
            )
        )

    def visit_Strip(self, op: ops.Strip, *, arg: Any) -> Any:  # noqa: N802, ARG002
        """Spark's own trim takes off spaces only."""
        # Spark reads an escaped vertical tab or form feed as the letters v and f.
        white = self.f.concat(sge.convert(" \t\n\r"), self.f.anon.char(11), self.f.anon.char(12))
        return sge.Trim(this=arg, expression=white, position="BOTH")


DUCKDB = DuckDBDialect()
SPARK = SparkDialect()
