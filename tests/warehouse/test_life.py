"""The whole life of a warehouse: loaded, loaded again, refused, rebuilt, tidied, closed and broken in any order."""

from __future__ import annotations

import shutil
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.warehouse.shop import orders_csv, put, rows
from titian.warehouse import buckets
from titian.warehouse.importing import RejectedError
from titian.warehouse.lake import Lake

Line = tuple[int, str, int]
lines = st.lists(st.tuples(st.integers(1, 9), st.sampled_from("abc"), st.integers(0, 999)), min_size=1, max_size=6)
FEW, MANY = (
    settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    for examples, steps in ((2, 9), (15, 20))
)


class Life(RuleBasedStateMachine):
    """A warehouse beside a dictionary that holds what it should hold."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="life-"))
        self.lake = Lake.open(self.folder / "shop")
        self.held: dict[str, tuple[str, Decimal]] = {}
        self.files: list[Path] = []

    def teardown(self) -> None:
        self.lake.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def written(self, given: list[Line], *more: str) -> Path:
        text = [f"{number},{who},2024-01-{number:02},{amount}.5" for number, who, amount in given]
        return orders_csv(self.folder / f"{len(self.files)}.csv", *text, *more)

    @rule(given=lines)
    def load(self, given: list[Line]) -> None:
        path = self.written(given)
        self.files.append(path)
        report = put(self.lake, path)
        before = dict(self.held)
        self.held |= {str(number): (who, Decimal(f"{amount}.5")) for number, who, amount in given}
        if not report.repeated:
            assert report.added == len(self.held) - len(before)

    @rule(given=lines)
    def load_what_is_refused(self, given: list[Line]) -> None:
        with pytest.raises(RejectedError):
            put(self.lake, self.written(given, "8,a,never,1"), strict=True)

    @rule()
    def load_the_last_file_again(self) -> None:
        if self.files:
            report = put(self.lake, self.files[-1])
            assert (report.added, report.updated) == (0, 0)

    @rule()
    def rebuild(self) -> None:
        self.lake.rebuild()

    @rule()
    def tidy(self) -> None:
        self.lake.tidy(keep_days=0)

    @rule()
    def close_and_open(self) -> None:
        self.lake.close()
        self.lake = Lake.open(self.folder / "shop")
        assert self.lake.notice is None

    @rule(part=st.sampled_from(["catalog.sqlite", "data"]))
    def break_and_open(self, part: str) -> None:
        self.lake.close()
        broken = self.folder / "shop" / "warehouse" / part
        shutil.rmtree(broken) if broken.is_dir() else broken.unlink(missing_ok=True)
        self.lake = Lake.open(self.folder / "shop")

    @invariant()
    def it_holds_what_it_should(self) -> None:
        found = rows(self.lake, "orders", "order_id", "customer_id", "amount")
        assert found == sorted(((number, *order) for number, order in self.held.items()), key=repr)

    @invariant()
    def nothing_is_left_lying_about(self) -> None:
        staging = self.folder / "shop" / "landing" / ".staging"
        assert not staging.is_dir() or list(staging.iterdir()) == []
        assert {m.state for m in self.lake.landing.manifests()} <= {"committed"}


@pytest.mark.full
@pytest.mark.parametrize("large", [3, 1_000_000], ids=["in buckets", "together"])
def test_whatever_happens_it_holds_the_last_word_on_every_order(monkeypatch: pytest.MonkeyPatch, large: int) -> None:
    monkeypatch.setattr(buckets, "FROM_ROWS", large)
    run_state_machine_as_test(Life, settings=FEW)


@pytest.mark.full
def test_whatever_happens_for_long_it_holds_the_last_word_on_every_order() -> None:
    run_state_machine_as_test(Life, settings=MANY)
