"""The analysis of a table: planted effects, layers, every kind of table, and what is said of bad ones."""

import duckdb
import ibis
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import titian as tt
from tests.operate.experiment.tables import ARMS, CHANNELS, VISITS, hillstrom, two_arms
from titian.errors import InputError, UnknownNameError
from titian.operate.experiment.table import COLUMNS

TABLE = hillstrom()
ASKED = {"arm": "segment", "control": "none", "metrics": ["visit", "spend"], "covariates": {"spend": "history"}}


@pytest.fixture(scope="module")
def found() -> tt.experiment.Analysis:
    return tt.experiment.analyze(TABLE, **ASKED)


@pytest.fixture(scope="module")
def layered() -> tt.experiment.Analysis:
    return tt.experiment.analyze(TABLE, **ASKED, layer="channel")


def test_there_is_a_row_for_each_metric_and_arm_in_the_order_asked(found):
    rows = found.to_pandas()
    assert rows[["metric", "arm"]].values.tolist() == [[m, a] for m in ("visit", "spend") for a in ARMS[1:]]
    assert list(rows.columns) == [name for name, _ in COLUMNS[1:]]
    assert rows.customers.tolist() == [(TABLE.segment == arm).sum() for arm in ARMS[1:]] * 2


def test_by_layer_there_is_a_row_for_each_layer_too_and_the_whole_beside_it(found, layered):
    rows = layered.to_pandas()
    assert rows[["metric", "layer", "arm"]].values.tolist() == [
        [m, c, a] for m in ("visit", "spend") for c in sorted(CHANNELS) for a in ARMS[1:]
    ]
    pd.testing.assert_frame_equal(layered.in_all.to_pandas(), found.to_pandas())


def test_planted_effects_lie_within_their_intervals_and_are_kept():
    found = tt.experiment.analyze(hillstrom(40_000), arm="segment", control="none", metrics="visit")
    for one in found.overall:
        assert one.low < VISITS[one.arm] - VISITS["none"] < one.high
        assert one.verdict.key == "keep"


def test_where_nothing_is_planted_nothing_is_kept_or_stopped():
    table = hillstrom(40_000, planted=False)
    found = tt.experiment.analyze(table, arm="segment", control="none", metrics="visit", matters=0.1)
    assert {one.verdict.key for one in found.overall} <= {"change", "not_enough"}
    assert all(one.low < 0 < one.high for one in found.overall)


def test_layers_add_up_to_the_whole(found, layered):
    parts = layered.to_pandas()
    for (metric, arm), rows in parts.groupby(["metric", "arm"]):
        (whole,) = (one for one in found.overall if (one.metric, one.arm) == (metric, arm))
        assert rows.customers.sum() == whole.customers
        assert rows.control_customers.sum() == whole.control_customers
        if metric == "visit":
            assert (rows.customers * rows["mean"]).sum() == pytest.approx(whole.customers * whole.mean)


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_layer_is_as_if_it_were_all(layered, channel):
    alone = tt.experiment.analyze(TABLE[TABLE.channel == channel], **ASKED)
    for one, other in zip(alone.overall, (one for one in layered.by_layer if one.layer == channel), strict=True):
        ours, theirs = ([getattr(x, n) for n in ("mean", "low", "high", "p_value")] for x in (other, one))
        assert ours == pytest.approx(theirs, rel=1e-9)


def test_results_convert_and_are_frozen(found):
    assert found.to_polars().to_dicts() == found.to_arrow().to_pylist()
    with pytest.raises(AttributeError):
        found.control = "mens"
    assert "visit mens: keep" in repr(found)


KINDS = {
    "pandas": lambda frame, _: frame,
    "polars": lambda frame, _: pl.from_pandas(frame),
    "arrow": lambda frame, _: pa.Table.from_pandas(frame),
    "duckdb": lambda frame, _: duckdb.from_df(frame),
    "ibis": lambda frame, _: ibis.memtable(frame),
    "csv": lambda frame, folder: written(frame.to_csv, folder / "a.csv", index=False),
    "csv.gz": lambda frame, folder: written(frame.to_csv, folder / "a.csv.gz", index=False),
    "tsv": lambda frame, folder: written(frame.to_csv, folder / "a.tsv", index=False, sep="\t"),
    "zip": lambda frame, folder: written(frame.to_csv, folder / "a.zip", index=False),
    "xlsx": lambda frame, folder: written(frame.to_excel, folder / "a.xlsx", index=False),
    "parquet": lambda frame, folder: written(frame.to_parquet, folder / "a.parquet"),
    "jsonl": lambda frame, folder: written(frame.to_json, folder / "a.jsonl", orient="records", lines=True),
}


def written(write, path, **how):
    write(path, **how)
    return str(path)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table_gives_the_same(kind, tmp_path):
    small = TABLE.head(600)
    expected, got = (
        tt.experiment.analyze(frame, **ASKED, layer="channel").to_pandas()
        for frame in (small, KINDS[kind](small, tmp_path))
    )
    pd.testing.assert_frame_equal(got, expected, rtol=1e-9)


@pytest.mark.parametrize("arms", [[0, 1], [0.0, 1.0], [False, True], ["0", "1"]], ids=str)
def test_arms_may_be_numbers_or_truth_values(arms):
    frame = pd.DataFrame({"arm": np.repeat(arms, 40), "x": np.arange(80.0)})
    found = tt.experiment.analyze(frame, arm="arm", control=arms[0], metrics="x")
    assert found.overall[0].difference == 40


def test_rows_without_an_arm_count_nowhere_and_are_told():
    frame = two_arms([1, 2, 3], [4, 5, 6])
    more = pd.concat([frame, pd.DataFrame({"arm": [None, " "], "x": [1e6, 1e6]})])
    found = tt.experiment.analyze(more, arm="arm", control="no", metrics="x")
    assert (found.overall[0].difference, [note.code for note in found.notes]) == (3, ["without_arm"])
    assert "2 rows" in found.notes[0].text.en


def test_rows_without_a_layer_are_a_layer_of_their_own():
    frame = two_arms([1, 2, 3, 4], [4, 5, 6, 7], layer=["b", None, "b", None] * 2)
    found = tt.experiment.analyze(frame, arm="arm", control="no", metrics="x", layer="layer")
    assert [one.layer for one in found.by_layer] == ["b", "unknown"]


def test_a_layer_in_which_an_arm_has_nobody_says_so():
    frame = two_arms([1, 2, 3, 4], [4, 5, 6, 7], layer=["a", "a", "b", "b", "b", "b", "b", "b"])
    found = tt.experiment.analyze(frame, arm="arm", control="no", metrics="x", layer="layer")
    (one,) = (one for one in found.by_layer if one.layer == "a")
    assert (one.customers, one.control_customers, one.mean, one.verdict.key) == (0, 2, None, "not_enough")
    assert one.notes[0].code == "nobody"


def test_a_ratio_without_a_denominator_says_so():
    frame = two_arms([1, 2], [3, 4], orders=[0, 0, 1, 1])
    (one,) = tt.experiment.analyze(frame, arm="arm", control="no", metrics={"aov": ("x", "orders")}).overall
    assert (one.mean, one.notes[0].code) == (None, "no_denominator")


def test_an_empty_outcome_is_refused_unless_it_is_said_what_it_means():
    frame = two_arms([1, 2, 3, 4], [4, None, 6, 8])
    asked = {"arm": "arm", "control": "no", "metrics": "x"}
    with pytest.raises(InputError, match=r"frame, row 5 \(counted from 0\), column 'x': it is empty") as refused:
        tt.experiment.analyze(frame, **asked)
    assert "empty=" in refused.value.hint
    zero, left = (tt.experiment.analyze(frame, **asked, empty=how) for how in ("zero", "leave_out"))
    assert (zero.overall[0].mean, zero.overall[0].customers, zero.notes[0].code) == (4.5, 4, "empty_as_zero")
    assert (left.overall[0].mean, left.overall[0].customers, left.notes[0].code) == (6, 3, "left_out")


def test_who_is_left_out_of_a_ratio_is_left_out_of_both_its_parts():
    frame = two_arms([1, 2, 3, 4], [4, None, 6, 8], orders=[1, 1, 1, 1, 1, 9, 2, 1], before=[1, 2, 3, 4, 4, 99, 6, 8])
    asked = {"arm": "arm", "control": "no", "metrics": {"aov": ("x", "orders")}, "covariates": {"aov": "before"}}
    left = tt.experiment.analyze(frame, **asked, empty="leave_out")
    expected = tt.experiment.analyze(frame.dropna(), **asked)
    assert left.to_pandas().equals(expected.to_pandas())


def test_an_empty_covariate_counts_as_nothing_known_and_is_told():
    frame = two_arms([1, 2, 3, 4], [4, 5, 6, 8], before=[1, None, 3, 4, 4, 5, 6, None])
    found = tt.experiment.analyze(frame, arm="arm", control="no", metrics="x", covariates={"x": "before"})
    filled = tt.experiment.analyze(frame.fillna(0), arm="arm", control="no", metrics="x", covariates={"x": "before"})
    assert found.to_pandas().equals(filled.to_pandas())
    assert [note.code for note in found.notes] == ["empty_as_zero"]


def test_a_customer_with_two_rows_is_refused_where_customers_are_named():
    frame = two_arms([1, 2, 3], [4, 5, 6], who=["a", "b", "b", "c", "c", "d"])
    asked = {"arm": "arm", "control": "no", "metrics": "x"}
    with pytest.raises(InputError, match="customer 'b' has 2 rows; so have 1 more"):
        tt.experiment.analyze(frame, **asked, customer="who")
    found = tt.experiment.analyze(frame.assign(who=list("abcdef")), **asked, customer="who")
    assert found.to_pandas().equals(tt.experiment.analyze(frame, **asked).to_pandas())


def test_a_customer_in_two_arms_is_refused_by_both_names():
    frame = two_arms([1, 2, 3], [4, 5, 6], who=["a", "b", None, "a", None, "c"])
    with pytest.raises(InputError, match="customer 'a' has 2 rows, in the arms no and yes"):
        tt.experiment.analyze(frame, arm="arm", control="no", metrics="x", customer="who")


@pytest.mark.parametrize("value", ["lots", "12 apples", float("inf"), -float("inf"), 1e61], ids=str)
def test_a_value_that_is_no_number_is_named_with_its_row(value):
    frame = two_arms([1, 2, 3], [4, 5, 6]).astype({"x": object})
    frame.loc[4, "x"] = value
    with pytest.raises(InputError, match=r"row 4 \(counted from 0\), column 'x': .* is no number") as refused:
        tt.experiment.analyze(frame, arm="arm", control="no", metrics="x")
    assert refused.value.details["column"] == "x"


@pytest.mark.parametrize(
    ("asked", "what", "mend"),
    [
        ({"control": "nope"}, "arm 'nope' is not known", "no, yes"),
        ({"arm": "group"}, "column of frame 'group' is not known", "arm, x"),
        ({"metrics": ["y"]}, "column of frame 'y' is not known", "arm, x"),
        ({"layer": "city"}, "column of frame 'city' is not known", "arm, x"),
        ({"covariates": {"x": "past"}}, "column of frame 'past' is not known", "arm, x"),
        ({"correction": "magic"}, "correction 'magic' is not known", "holm, bh, none"),
        ({"empty": "mean"}, "'mean' is not known", "refuse, zero, leave_out"),
        ({"level": 95}, "level of the interval is 95", "0.95"),
        ({"peeking": 0.5}, "can't be tuned for 0.5", "at least 1"),
    ],
)
def test_what_is_not_there_is_named_with_what_is(asked, what, mend):
    call = {"arm": "arm", "control": "no", "metrics": ["x"]} | asked
    with pytest.raises(InputError, match=what) as refused:
        tt.experiment.analyze(two_arms([1, 2], [3, 4]), **call)
    assert mend in refused.value.hint
    assert all(max(text) >= "一" for text in (refused.value.zh, refused.value.hint_zh))


@pytest.mark.parametrize("scale", [1e-250, 1e-60, 1e-9, 1e9, 1e59], ids=str)
def test_numbers_of_any_size_are_compared(scale):
    frame = two_arms([1 * scale, 2 * scale, 3 * scale], [4 * scale, 5 * scale, 6 * scale], d=[scale] * 6)
    asked = {"arm": "arm", "control": "no", "metrics": {"x": "x", "r": ("x", "d"), "i": ("d", "x")}}
    for peeking in (False, True):
        found = tt.experiment.analyze(frame, **asked, covariates={"x": "d"}, peeking=peeking)
        numbers = found.to_arrow().select(["low", "high", "relative", "relative_low", "relative_high", "p_value"])
        assert all(value is None or np.isfinite(value) for row in numbers.to_pylist() for value in row.values())
        assert len(found.sentences) == 4


def test_a_control_alone_is_no_experiment():
    frame = two_arms([1, 2], [])
    with pytest.raises(InputError, match="everybody is in the control"):
        tt.experiment.analyze(frame, arm="arm", control="no", metrics="x")


def test_a_column_of_empty_arms_is_no_experiment():
    frame = pd.DataFrame({"arm": [None, None], "x": [1, 2]}).astype({"arm": object})
    with pytest.raises(InputError, match="no row has an arm"):
        tt.experiment.analyze(frame, arm="arm", control="no", metrics="x")


def test_a_column_of_ids_is_not_taken_for_arms():
    frame = pd.DataFrame({"arm": np.arange(6000).astype(str), "x": 1.0})
    with pytest.raises(InputError, match="more than 5,000 different values"):
        tt.experiment.analyze(frame, arm="arm", control="0", metrics="x")


def test_an_unknown_name_lists_the_valid_ones():
    with pytest.raises(UnknownNameError) as refused:
        tt.experiment.analyze(TABLE.head(100), arm="segment", control="non", metrics="visit")
    assert refused.value.details["valid"] == sorted(ARMS)
