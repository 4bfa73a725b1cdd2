"""Scanning: the moments of every arm and layer, as pandas finds them, by one scan."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.operate.experiment.tables import hillstrom
from tests.stats.laws import law
from titian.operate.experiment.arms import arms_of, label_of
from titian.operate.experiment.metric import metrics_of
from titian.operate.experiment.scanning import scanned
from titian.warehouse.engine import Engine

METRICS = metrics_of({"x": "x", "ratio": ("x", "y")}, {"x": "before"})
cells = st.one_of(st.none(), st.just(0.0), st.floats(-1e4, 1e4, width=32))
rows = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(["u", "v", None]), cells, cells, cells), min_size=1, max_size=40
)  # fmt: skip


def frame_of(given_rows) -> pd.DataFrame:
    frame = pd.DataFrame(given_rows, columns=["arm", "layer", "x", "y", "before"])
    return frame.astype(dict.fromkeys(("x", "y", "before"), float))


def expected(frame: pd.DataFrame, columns: dict[str, str], empty: str) -> tuple[int, int, dict, dict]:
    """Count, those acting, means and covariances, by pandas."""
    outcomes = [column for part, column in columns.items() if part in ("numerator", "denominator")]
    kept = frame.dropna(subset=outcomes) if empty == "leave_out" else frame
    values = pd.DataFrame({part: kept[column].fillna(0.0) for part, column in columns.items()})
    spreads = values.cov() if len(values) > 1 else pd.DataFrame(0.0, values.columns, values.columns)
    pairs = {(one, two): spreads.loc[one, two] for one in sorted(columns) for two in sorted(columns) if one <= two}
    return len(values), int((values.numerator != 0).sum()), values.mean().to_dict(), pairs


@law
@given(rows, st.sampled_from(["zero", "leave_out"]))
def test_moments_are_those_of_pandas(given_rows, empty):
    frame = frame_of(given_rows)
    found = scanned(frame, "arm", "layer", METRICS, empty)
    assert sum(group.customers for group in found.groups) == len(frame)
    for group in found.groups:
        part = frame[(frame.arm == group.arm) & (frame.layer.fillna("unknown") == group.layer)]
        assert group.customers == len(part)
        for metric in METRICS:
            customers, acting, means, covariances = expected(part, dict(metric.columns), empty)
            ours = group.moments[metric.name]
            assert (ours.customers, ours.acting) == (customers, acting)
            if customers:
                assert ours.means == pytest.approx(means, rel=1e-9, abs=1e-9)
                assert ours.covariances == pytest.approx(covariances, rel=1e-6, abs=1e-6)


@law
@given(rows)
def test_empty_cells_are_counted_by_column(given_rows):
    frame = frame_of(given_rows)
    found = scanned(frame, "arm", None, METRICS, "zero")
    assert found.empty == {name: count for name in ("x", "y", "before") if (count := int(frame[name].isna().sum()))}


@pytest.mark.parametrize("metrics", [["visit"], ["visit", "spend", "orders", "conversion", "history"]])
def test_a_table_is_scanned_once_however_many_metrics_there_are(monkeypatch, metrics):
    asked, arrow = [], Engine.arrow

    def counted(engine: Engine, expression):
        asked.append(expression)
        return arrow(engine, expression)

    monkeypatch.setattr(Engine, "arrow", counted)
    scanned(hillstrom(500), "segment", "channel", metrics_of(metrics), "refuse")
    assert len(asked) == 1


def test_large_numbers_that_hardly_differ_keep_their_variance():
    frame = pd.DataFrame({"arm": "a", "x": 1e9 + np.tile([0.0, 1.0], 500)})
    (group,) = scanned(frame, "arm", None, metrics_of("x")).groups
    assert group.moments["x"].covariances["numerator", "numerator"] == pytest.approx(0.25 * 1000 / 999, rel=1e-6)


def test_layers_may_be_the_arms_themselves():
    frame = pd.DataFrame({"arm": ["a", "b"] * 5, "x": range(10)})
    found = scanned(frame, "arm", "arm", metrics_of("x"))
    assert {(group.arm, group.layer) for group in found.groups} == {("a", "a"), ("b", "b")}


def test_arms_put_layers_together():
    frame = hillstrom(900)
    arms = arms_of(scanned(frame, "segment", "channel", metrics_of("spend")), "segment", "none")
    whole = arms_of(scanned(frame, "segment", None, metrics_of("spend")), "segment", "none")
    for arm in arms.names:
        ours, theirs = (one.moments("spend", arm, None) for one in (arms, whole))
        assert ours.means == pytest.approx(theirs.means)
        assert ours.covariances == pytest.approx(theirs.covariances)
    assert arms.sizes(None) == whole.sizes(None) == frame.segment.value_counts().to_dict()


@pytest.mark.parametrize(
    ("control", "label"),
    [("none", "none"), (" none ", "none"), (0, "0"), (1.0, "1"), (True, "true"), (1.5, "1.5"), (math.inf, "inf")],
)
def test_a_control_is_said_as_the_column_says_it(control, label):
    assert label_of(control) == label
