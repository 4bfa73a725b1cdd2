"""A disk that fills up while loading."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.warehouse.shop import orders_csv, put, rows
from titian.warehouse.lake import Lake

CODE = """
import resource, signal, sys
from pathlib import Path
from titian.domain.mapping import Mapping
from titian.errors import StorageError
from titian.warehouse.importing import load
from titian.warehouse.lake import Lake
from titian.warehouse.sources import open_source

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
mapping = Mapping(columns={c: c for c in ("order_id", "customer_id", "ordered_at", "amount")})
with Lake.open(Path(sys.argv[1])) as lake:
    def progress(stage, done, total):
        if sys.argv[3] in stage.en:
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
    try:
        load(lake, open_source(sys.argv[2]), mapping, zone="UTC", progress=progress)
    except StorageError as error:
        print(error.hint)
        sys.exit(7)
"""


@pytest.mark.full
@pytest.mark.parametrize("when", ["reading", "writing"])
def test_it_is_said_and_the_warehouse_is_as_before(tmp_path: Path, when: str) -> None:
    with Lake.open(tmp_path / "shop") as lake:
        put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1"))
        before = rows(lake)
    lines = [f"{n},{n * 7919 % 100003},2020-01-01 00:00:{n % 60:02d},{n % 977}.5" for n in range(20_000)]
    path = orders_csv(tmp_path / "b.csv", *lines)
    command = [sys.executable, "-c", CODE, str(tmp_path / "shop"), str(path), when]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (told.returncode, "free some space" in told.stdout) == (7, True), told.stderr
    with Lake.open(tmp_path / "shop") as lake:
        assert (rows(lake), lake.notice, len(lake.landing.committed())) == (before, None, 1)
        assert put(lake, path).added == 19_999
