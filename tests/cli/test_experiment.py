"""experiment, sizes: what they print is what the use cases answer."""

import json
from pathlib import Path

import pytest

from tests.alike import alike
from tests.cli.calling import here
from tests.operate.experiment.tables import ARMS, CHANNELS, hillstrom
from titian.app import experiments
from titian.app.experiments import ExperimentAsked

Printed = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("experiment") / "hillstrom.parquet"
    hillstrom(6000).to_parquet(path)
    return path


def call(file: Path, *more: str) -> list[str]:
    return ["experiment", str(file), "--arm", "segment", "--control", "none", "--metric", "visit", *more]


def test_for_machines_it_is_the_answer(capsys: Printed, file: Path) -> None:
    more = ["--metric", "aov=spend/orders", "--covariate", "visit=history", "--layer", "channel", "--json"]
    called = here(capsys, *call(file, *more))
    assert (called.code, called.err) == (0, "")
    asked = ExperimentAsked(
        "segment", "none", {"visit": "visit", "aov": ("spend", "orders")}, {"visit": "history"}, layer="channel"
    )
    expected = experiments.answer(experiments.analyzed(file, asked))
    assert alike(json.loads(called.out), expected.model_dump(mode="json"))


def test_every_option_reaches_the_analysis(capsys: Printed, file: Path) -> None:
    parts = [word for arm in ARMS for word in ("--split", f"{arm}=2.5")]
    more = ["--level", "0.9", "--matters", "0.1", "--correction", "bh", "--lower-is-better", "visit", "--empty", "zero"]
    called = here(
        capsys, *call(file, *parts, *more, "--peeking", "--planned", "6000", "--customer", "customer_id", "--json")
    )
    asked = ExperimentAsked(
        "segment", "none", {"visit": "visit"}, {}, split=dict.fromkeys(ARMS, 2.5), lower_is_better=("visit",),
        level=0.9, matters=0.1, correction="bh", peeking=6000, empty="zero", customer="customer_id",
    )  # fmt: skip
    expected = experiments.answer(experiments.analyzed(file, asked))
    assert alike(json.loads(called.out), expected.model_dump(mode="json"))
    assert expected.peeking


def test_for_people_the_split_comes_first_then_every_verdict(capsys: Printed, file: Path) -> None:
    lines = here(capsys, *call(file, "--layer", "channel")).out.splitlines()
    assert lines[0].startswith("The split is as it should be: none ")
    assert [line.split(":")[0] for line in lines[1:3]] == ["· visit", "· visit"]
    table = lines[4:]
    assert len(table) == 2 + 2 * len(CHANNELS)
    assert all(line.rstrip().endswith(("keep", "change", "stop", "not enough data yet")) for line in table)


def test_a_split_that_is_off_is_marked_before_all_else(capsys: Printed, file: Path) -> None:
    parts = [f"{arm}={part}" for arm, part in zip(ARMS, (1, 5, 5), strict=True)]
    called = here(capsys, *call(file, *(word for part in parts for word in ("--split", part))))
    assert called.code == 0
    assert called.out.startswith("! The split is off")
    assert called.out.count("split is off") == 1 + 2 * 2


def test_it_speaks_chinese(capsys: Printed, file: Path, chinese: None) -> None:
    out = here(capsys, *call(file, "--layer", "channel")).out
    assert all(word in out for word in ("分组符合预期", "层级", "指标", "客户数", "对照组", "区间", "结论", "全部"))


def test_the_comparisons_are_written_to_a_file_and_it_is_said_where(
    capsys: Printed, file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "result.csv"
    called = here(capsys, *call(file, "--out", str(out)))
    assert called.code == 0
    assert f"comparisons written to {out}" in called.out
    assert len(out.read_text("utf-8-sig").splitlines()) == 3


@pytest.mark.parametrize(
    ("more", "what"),
    [
        (["--metric", "spent"], "column of hillstrom.parquet 'spent' is not known"),
        (["--metric", "a=b/c/d"], "neither a column nor one over another"),
        (["--metric", "channel"], "is no number"),
        (["--split", "none=half"], "no part above 0"),
        (["--covariate", "history"], "is no name=value"),
        (["--out", "result.pdf"], "'.pdf' is not known"),
    ],
)
def test_a_wrong_call_says_what_and_how_to_mend_it(capsys: Printed, file: Path, more: list[str], what: str) -> None:
    called = here(capsys, *call(file, *more))
    assert (called.code, called.out) == (2, "")
    assert what in called.err
    assert len(called.err.splitlines()) == 2


def test_a_file_that_is_not_there_is_named(capsys: Printed) -> None:
    called = here(capsys, *call(Path("nowhere.csv")))
    assert called.code == 2
    assert "nowhere.csv" in called.err


def test_sizes_answers_in_a_sentence(capsys: Printed) -> None:
    called = here(capsys, "sizes", "--share", "0.1", "--effect", "0.2", "--holdout", "0.5")
    assert (
        called.out
        == "Of 7,064 customers, 3,532 held out and 3,532 touched, an effect of 20.00% shows with a chance of 80%.\n"
    )


def test_sizes_for_machines_are_the_answer(capsys: Printed) -> None:
    called = here(capsys, "sizes", "--mean", "35", "--deviation", "80", "--customers", "20000", "--peeking", "--json")
    assert json.loads(called.out)["effect"] == pytest.approx(0.2089, abs=0.001)


def test_sizes_that_are_not_said_are_asked_for(capsys: Printed) -> None:
    called = here(capsys, "sizes", "--share", "0.1")
    assert (called.code, "neither the effect nor the customers" in called.err) == (2, True)
