"""Files of the Tea House hold its rows, load without a reject, and need little memory."""

import csv
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from titian.domain.mapping import Mapping
from titian.testing import tea_house
from titian.warehouse.importing import load
from titian.warehouse.lake import Lake
from titian.warehouse.sources.opening import open_source
from titian.warehouse.tables import TABLES

MEGABYTES = 1_500
MEASURED = """
import sys
from titian.testing import tea_house
tea_house(int(sys.argv[1])).write(sys.argv[2], tables=sys.argv[3:])
# The peak since the process became this one: that of resource.getrusage begins with what its parent held.
print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def test_parquet_holds_the_rows_with_their_zone(tmp_path):
    house = tea_house(60)
    paths = house.write(tmp_path)
    assert set(paths) == {*house.tables, "truth"}
    for name, rows in house.tables.items():
        assert duckdb.read_parquet(str(paths[name])).to_arrow_table().num_rows == len(rows)
    kinds = duckdb.read_parquet(str(paths["orders"])).types
    assert "TIMESTAMP WITH TIME ZONE" in map(str, kinds)


def test_csv_holds_the_same_orders(tmp_path):
    house = tea_house(60)
    path = house.write(tmp_path, "csv", tables=["orders"])["orders"]
    with path.open(encoding="utf-8", newline="") as file:
        read = {row["order_id"]: row["amount"] for row in csv.DictReader(file)}
    rows = house.tables["orders"].to_arrow_table().to_pylist()
    assert {key: float(amount) for key, amount in read.items()} == {
        row["order_id"]: float(row["amount"]) for row in rows
    }


def test_progress_is_told_up_to_the_last_customer(tmp_path):
    told = []
    tea_house(60).write(tmp_path, tables=["orders"], progress=lambda _, *done: told.append(done))
    assert told == [(0, 60), (60, 60)]


def test_progress_may_stop_it(tmp_path):
    def enough(stage, done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tea_house(60).write(tmp_path, progress=enough)


@pytest.mark.parametrize("kind", ["parquet", pytest.param("csv", marks=pytest.mark.full)])
def test_the_importer_takes_every_row_as_it_is(tmp_path, kind):
    house = tea_house(150)
    paths = house.write(tmp_path / "files", kind, tables=list(TABLES))
    lake = Lake.open(tmp_path / "shop")
    for name, path in paths.items():
        mapping = Mapping(table=name, columns={column: column for column in house.tables[name].columns})
        report = load(lake, open_source(path), mapping, zone=house.timezone, strict=True)
        assert (report.added, report.rejected) == (len(house.tables[name]), 0)


def peak_megabytes(customers: int, folder: Path, *tables: str) -> int:
    command = [sys.executable, "-c", MEASURED, str(customers), str(folder), *tables]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.full
def test_a_million_customers_stream_in_little_memory(tmp_path):
    peak = peak_megabytes(
        1_000_000, tmp_path, "customers", "orders", "order_items", "links", "invites", "costs", "truth"
    )
    assert peak < MEGABYTES
    assert duckdb.read_parquet(str(tmp_path / "customers.parquet")).count("*").fetchone() == (1_000_000,)


@pytest.mark.full
def test_the_events_of_many_customers_stream_too(tmp_path):
    assert peak_megabytes(100_000, tmp_path, "events") < MEGABYTES
