"""A workspace layers what was loaded as the oracle does, however often and in whatever order it came."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import titian as tt
from tests.acceptance.product import QUICK, differences, layers
from tests.oracle.matrix import rfm
from tests.oracle.shop import Customer, Order, Shop
from tests.oracle.strategies import streets
from titian.cli.main import app
from titian.samples import ONLINE_RETAIL

FEW = settings(QUICK, max_examples=2)
BY_MEAN = tt.RFM(recency="mean", frequency="mean", monetary="mean")


def titian(*words: str | Path) -> dict[str, object]:
    """The JSON answer of one command."""
    done = CliRunner().invoke(app, [*map(str, words), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def load(workspace: Path, file: Path, table: str = "orders") -> tuple[int, int]:
    """Rows added and updated by one import; none may be rejected."""
    result = titian("load", file, "--table", table, "--workspace", workspace, "--yes")["result"]
    assert isinstance(result, dict)
    assert result["rejected"] == 0, result
    return result["added"], result["updated"]


def made(folder: Path, zone: str) -> Path:
    titian("init", folder, "--timezone", zone)
    return folder


def written(rows: Sequence[Order | Customer], path: Path) -> Path:
    """The rows as CSV; instants with their offset, nothing where nothing is known."""
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.DictWriter(file, vars(rows[0]).keys())
        lines.writeheader()
        lines.writerows({name: said(value) for name, value in vars(row).items()} for row in rows)
    return path


def said(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


@pytest.mark.full
@FEW
@given(streets().filter(lambda asked: len(asked[0].orders) > 30), st.randoms(use_true_random=False))
def test_any_file_of_orders(asked: tuple[Shop, datetime], order: random.Random) -> None:
    shop, as_of = asked
    with TemporaryDirectory() as folder:
        workspace = made(Path(folder) / "店", shop.zone)
        file = written(shop.orders, Path(folder) / "orders.csv")
        assert load(workspace, file) == (len(shop.orders), 0)
        if shop.customers:
            load(workspace, written(shop.customers, Path(folder) / "customers.csv"), "customers")
        shuffled = order.sample(shop.orders, len(shop.orders))
        assert load(workspace, written(shuffled, Path(folder) / "again.csv")) == (0, 0)
        got = BY_MEAN.assign(tt.Dataset.open(workspace), as_of=as_of)
        assert differences(layers(got), rfm("mean", "mean", "mean").assign(shop, as_of)) == {}


def test_orders_without_an_id_loaded_in_parts_and_twice(cdnow_sample: Shop, tmp_path: Path) -> None:
    workspace = made(tmp_path / "shop", cdnow_sample.zone)
    days = [
        {"customer": o.customer_id, "date": cdnow_sample.day(o.ordered_at), "amount": o.amount}
        for o in cdnow_sample.orders
    ]
    file = tmp_path / "cdnow.csv"
    for rows, added in ((days, len(days)), (days[::-1], 0), (days[:100], 0)):
        pd.DataFrame(rows).to_csv(file, index=False)
        assert load(workspace, file) == (added, 0)
    got = tt.RFM().assign(tt.Dataset.open(workspace), as_of=date(1998, 7, 1))
    assert differences(layers(got), rfm().assign(cdnow_sample, cdnow_sample.instant(date(1998, 7, 1)))) == {}


@pytest.mark.full
def test_the_invoices_with_their_own_headers(invoices: Shop, tmp_path: Path) -> None:
    workspace = made(tmp_path / "shop", ONLINE_RETAIL.timezone)
    assert load(workspace, ONLINE_RETAIL.path) == (25900, 0)
    got = tt.RFM().assign(tt.Dataset.open(workspace), as_of=date(2011, 12, 10))
    assert differences(layers(got), rfm().assign(invoices, invoices.instant(date(2011, 12, 10)))) == {}
