"""Experiments as use cases: the answer says what the analysis says, and files hold all of it."""

import pandas as pd
import pytest

from tests.operate.experiment.tables import hillstrom
from titian.app import experiments
from titian.app.experiments import ExperimentAsked, columns_in
from titian.errors import InputError

ASKED = ExperimentAsked("segment", "none", {"visit": "visit", "aov": ("spend", "orders")}, {}, layer="channel")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    path = tmp_path_factory.mktemp("experiment") / "hillstrom.csv"
    hillstrom(3000).to_csv(path, index=False)
    return experiments.analyzed(path, ASKED)


def test_the_answer_is_the_analysis(found):
    shown = experiments.answer(found)
    assert (shown.arm, shown.control, shown.layer, shown.level) == ("segment", "none", "channel", 0.95)
    assert [one.sentence for one in (*shown.comparisons, *shown.by_layer)] == list(found.sentences[1:])
    assert shown.sample_ratio.p_value == found.sample_ratio.p_value
    for one, theirs in zip(shown.comparisons, found.overall, strict=True):
        assert one.verdict == theirs.verdict.key
        assert (one.low, one.high, one.p_adjusted) == (theirs.low, theirs.high, theirs.p_adjusted)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_a_file_holds_every_comparison_those_in_all_first(found, tmp_path, kind):
    path = tmp_path / f"result.{kind}"
    experiments.write(found, path)
    read = {"csv": pd.read_csv, "xlsx": pd.read_excel, "parquet": pd.read_parquet}[kind](path)
    assert len(read) == 4 + 12
    assert read.layer.isna().tolist() == [True] * 4 + [False] * 12
    assert read["mean"].iloc[0] == pytest.approx(found.overall[0].mean)


def test_what_a_spreadsheet_would_run_is_text_in_the_file(tmp_path):
    source, target = tmp_path / "a.csv", tmp_path / "out.csv"
    source.write_text("arm,x\n=1+1,1\n=1+1,2\nno,3\nno,5\n")
    found = experiments.analyzed(source, ExperimentAsked("arm", "no", {"x": "x"}, {}))
    experiments.write(found, target)
    assert "'=1+1" in target.read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("said", "columns"), [("spend", "spend"), ("spend/orders", ("spend", "orders")), (" a / b ", ("a", "b"))]
)
def test_columns_as_people_write_them(said, columns):
    assert columns_in(said) == columns


@pytest.mark.parametrize("said", ["", "a/", "/b", "a/b/c"])
def test_what_is_no_column_is_refused(said):
    with pytest.raises(InputError, match="neither a column"):
        columns_in(said)
