"""Experiments and holdouts say the same on DuckDB and on a Spark cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pytest

import titian as tt
from tests.engines.comparing import differing
from tests.engines.conftest import there_as
from tests.operate.experiment.tables import hillstrom
from titian.errors import InputError
from titian.layering.frame import Frame

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [pytest.mark.full, pytest.mark.xdist_group("spark")]
ROWS = pa.Table.from_pandas(hillstrom(2000))
METRICS = {"visit": "visit", "spend": "spend", "aov": ("spend", "orders")}
ASKED = {
    "arm": "segment",
    "control": "none",
    "metrics": METRICS,
    "covariates": {"spend": "history"},
    "layer": "channel",
}


def test_every_figure_is_the_same(spark: SparkSession) -> None:
    asked = ASKED | {"customer": "customer_id"}
    here, there = (tt.experiment.analyze(rows, **asked) for rows in (ROWS, there_as(spark, ROWS)))
    pd.testing.assert_frame_equal(there.to_pandas(), here.to_pandas(), rtol=1e-9)
    pd.testing.assert_frame_equal(there.in_all.to_pandas(), here.in_all.to_pandas(), rtol=1e-9)


@pytest.mark.parametrize("empty", ["zero", "leave_out"])
def test_empty_cells_mean_the_same(spark: SparkSession, empty: str) -> None:
    rows = hillstrom(600).astype({"visit": float})
    rows.loc[::7, "spend"], rows.loc[::11, "visit"], rows.loc[::13, "history"] = float("nan"), None, None
    table = pa.Table.from_pandas(rows)
    here, there = (tt.experiment.analyze(one, **ASKED, empty=empty) for one in (table, there_as(spark, table)))
    pd.testing.assert_frame_equal(there.to_pandas(), here.to_pandas(), rtol=1e-9)
    assert there.notes == here.notes


def test_everybody_has_the_same_arm(spark: SparkSession) -> None:
    ids = pa.table({"customer_id": [*map(str, range(500)), "王芳", "é", "O'Brien", 'a\\b"c', "😀", " x "]})
    split = tt.experiment.Split(
        holdout=tt.experiment.Holdout(salt="summer", share=0.2),
        everywhere=tt.experiment.Holdout(salt="global", share=0.1),
        variants={"mail": 0.5, "sms": 0.5},
    )
    here, there = (tt.experiment.assign(rows, split) for rows in (ids, there_as(spark, ids)))
    assert differing(Frame(here), Frame(there)) == {}


def test_a_customer_with_two_rows_is_refused(spark: SparkSession) -> None:
    twice = pa.concat_tables([ROWS, ROWS.slice(5, 1)])
    with pytest.raises(InputError, match="customer '5' has 2 rows"):
        tt.experiment.analyze(there_as(spark, twice), **ASKED, customer="customer_id")


@pytest.mark.parametrize(
    ("column", "what"),
    [("channel", "'channel' is of type string"), ("spend", "column 'spend' is empty in 200 rows")],
)
def test_what_can_not_be_compared_is_told(spark: SparkSession, column: str, what: str) -> None:
    rows = hillstrom(1000)
    rows.loc[::5, "spend"] = float("nan")
    there = there_as(spark, pa.Table.from_pandas(rows))
    with pytest.raises(InputError, match=what):
        tt.experiment.analyze(there, arm="segment", control="none", metrics=[column])
