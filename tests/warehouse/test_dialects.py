"""What Ibis's Spark SQL is mended to say, without a cluster."""

from __future__ import annotations

import ibis
import pytest

from titian.warehouse.dialects import SPARK


@pytest.mark.parametrize("within", [False, True], ids=["of all", "of some"])
def test_several_quantiles_are_exact_ones_on_spark(within: bool) -> None:
    assert ibis.pyspark.name == "pyspark"  # whose options the compiler reads
    rows = ibis.table({"spend": "int64", "inside": "boolean"}, name="rows")
    asked = rows.spend.quantile([0.2, 0.5], where=rows.inside if within else None)
    said = SPARK.to_sqlglot(rows.aggregate(found=asked)).sql("spark")
    assert said.count("PERCENTILE_DISC(") == 2
    assert "APPROX" not in said
