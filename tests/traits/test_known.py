"""Which of the named customers the data show, wherever they show them."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pyarrow as pa
import pytest

import titian as tt
from titian.traits import population

AT = datetime(2026, 1, 2)


def data(**frames: list[dict[str, object]]) -> tt.Dataset:
    tables = {name: pd.DataFrame(rows) for name, rows in frames.items()}
    return tt.Dataset(timezone="Asia/Shanghai", currency="CNY", **tables)  # type: ignore[arg-type]


def known(given: tt.Dataset, *ids: str) -> set[str]:
    asked, kept = given.engine.upload(("asked", ids), lambda: pa.table({"customer_id": pa.array(ids, pa.string())}))
    shown = [given.arrow(population.known_in(given, table, asked)) for table in population.seen_in(given)]
    del kept
    found = [one.column("customer_id").to_pylist() for one in shown]
    assert all(len(ids) == len(set(ids)) for ids in found), "each once"
    return {one for ids in found for one in ids}


def order(customer: str | None, number: int = 1, at: datetime = AT) -> dict[str, object]:
    return {"order_id": f"o{number}", "customer_id": customer, "ordered_at": at, "amount": 1.0}


def test_buyers_visitors_and_the_described_are_known() -> None:
    given = data(
        customers=[{"customer_id": "ann"}, {"customer_id": "bob"}],
        orders=[order("bob"), order("cid", 2), order("cid", 3)],
        events=[{"event_id": "e", "customer_id": "dan", "event": "view", "occurred_at": AT}],
    )
    assert known(given, "ann", "bob", "cid", "dan", "eve") == {"ann", "bob", "cid", "dan"}


def test_an_order_of_nobody_makes_nobody_known() -> None:
    given = data(orders=[order(None), order("ann", 2)])
    assert known(given, "ann", "None", "") == {"ann"}


def test_it_does_not_matter_when_they_were_seen() -> None:
    given = data(orders=[order("ann", 1, datetime(1990, 1, 1)), order("bob", 2, datetime(2090, 1, 1))])
    assert known(given, "ann", "bob") == {"ann", "bob"}


def test_where_only_links_tell_both_ends_are_known() -> None:
    given = data(links=[{"from_id": "ann", "to_id": "bob", "kind": "follow"}])
    assert known(given, "ann", "bob", "cid") == {"ann", "bob"}


@pytest.mark.parametrize("odd", ["'; DROP TABLE orders; --", "00012", "客户", "a b", "%", "😀"])
def test_an_id_is_known_to_the_letter(odd: str) -> None:
    given = data(orders=[order(odd), order("12", 2)])
    assert known(given, odd, odd + " ", "012", odd.upper() + "x") == {odd}
