"""A load that is killed half-way leaves the warehouse as it was and can be run again."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.warehouse.shop import orders_csv, put, rows
from titian.warehouse.lake import Lake

CODE = """
import os, signal, sys
from pathlib import Path
from titian.domain.mapping import Mapping
from titian.warehouse import importing, landing, merging
from titian.warehouse.lake import Lake
from titian.warehouse.sources import open_source

def die(*given, **named):
    os.kill(os.getpid(), signal.SIGKILL)

def progress(stage, done, total):
    if sys.argv[3] in stage.en:
        die()

if sys.argv[3] == "landed":
    importing.merge = die
if sys.argv[3] == "committed":
    landing.Landing.commit = die
mapping = Mapping(columns={c: c for c in ("order_id", "customer_id", "ordered_at", "amount")})
with Lake.open(Path(sys.argv[1])) as lake:
    importing.load(lake, open_source(sys.argv[2]), mapping, zone="UTC", progress=progress)
"""


def killed(folder: Path, path: Path, when: str) -> None:
    told = subprocess.run([sys.executable, "-c", CODE, str(folder / "shop"), str(path), when], check=False)
    assert told.returncode == -9


@pytest.mark.parametrize(
    "when",
    [*(pytest.param(when, marks=pytest.mark.full) for when in ("reading", "checking", "times")), "landed", "writing"],
)
def test_killed_before_the_commit_nothing_has_changed(tmp_path: Path, when: str) -> None:
    with Lake.open(tmp_path / "shop") as lake:
        put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1"))
        before = rows(lake)
    path = orders_csv(tmp_path / "b.csv", "1,ann,2020-01-01,5", "2,bob,2020-01-02,2")
    killed(tmp_path, path, when)
    with Lake.open(tmp_path / "shop") as lake:
        assert (rows(lake), lake.notice, len(lake.landing.committed())) == (before, None, 1)
        report = put(lake, path)
        assert (report.repeated, report.added, report.updated) == (False, 1, 1)
        assert len(lake.landing.manifests()) == 2


def test_killed_after_the_commit_the_batch_counts(tmp_path: Path) -> None:
    path = orders_csv(tmp_path / "b.csv", "1,ann,2020-01-01,5")
    killed(tmp_path, path, "committed")
    with Lake.open(tmp_path / "shop") as lake:
        assert len(rows(lake)) == 1
        put(lake, orders_csv(tmp_path / "c.csv", "2,bob,2020-01-02,2"))
        assert [m.state for m in lake.landing.manifests()] == ["committed", "committed"]
        lake.rebuild()
        assert rows(lake, "orders", "order_id") == [("1",), ("2",)]
