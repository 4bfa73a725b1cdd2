"""The Tea House is the same for the same plan, whatever the threads and parts; sizes and bad plans."""

from datetime import date
from pathlib import Path

import pytest

import titian as tt
from titian.errors import TitianError, UnknownNameError
from titian.samples.tea import making
from titian.testing import TeaHouse, tea_house


def content(house: TeaHouse) -> dict[str, object]:
    relations = {**house.tables, "truth": house.truth}
    return {name: relation.to_arrow_table() for name, relation in relations.items()}


def bytes_of(folder: Path, **plan: int) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in tea_house(300, **plan).write(folder).items()}


def test_the_same_seed_gives_the_same_bytes_and_another_others(tmp_path):
    first = bytes_of(tmp_path / "a", seed=7)
    assert bytes_of(tmp_path / "b", seed=7) == first
    other = bytes_of(tmp_path / "c", seed=8)
    assert [name for name in first if first[name] == other[name]] == []


@pytest.mark.parametrize(("workers", "part"), [(1, 10_000), (4, 10_000), (3, 77)])
def test_neither_threads_nor_parts_change_a_row(monkeypatch, workers, part):
    whole = content(tea_house(300))
    monkeypatch.setattr(making, "WORKERS", workers)
    monkeypatch.setattr(making, "PART", part)
    split = content(tea_house(300))
    for name, rows in whole.items():
        key = rows.column_names[0]
        assert split[name].sort_by(key).equals(rows.sort_by(key)), name


def test_the_first_customer_never_changes():
    """The bits of today are those of any machine: a change of them is a change of every user's house."""
    (first,) = tea_house(20).truth.limit(1).to_arrow_table().to_pylist()
    assert (first["customer_id"], first["type"], first["scene"]) == ("c00000000", "big_and_rare", "lunch")
    assert (first["first_day"], first["order_gap_days"]) == (date(2024, 11, 20), 101.01274725381683)


def test_twenty_customers_are_a_shop_too():
    house = tea_house(20)
    assert len(house.tables["customers"]) == len(house.truth) == 20
    assert len(house.tables["orders"]) > 20


def test_a_house_goes_straight_into_a_dataset_and_layers():
    house = tea_house(60)
    handed = tt.Dataset(**house.tables, timezone=house.timezone)
    shared = house.dataset()
    for data in (handed, shared):
        assert tt.RFM().assign(data, as_of="2025-12-31").counts()["customers"].sum() == 60
    one, other = (tt.RFM().assign(data, as_of="2025-07-01").to_pandas() for data in (handed, shared))
    assert dict(zip(one.customer_id, one.layer, strict=True)) == dict(zip(other.customer_id, other.layer, strict=True))


def test_the_core_path_is_walked():
    house = tea_house(60)
    events = {event for (event,) in house.tables["events"].project("event").distinct().fetchall()}
    assert set(house.core_path) <= events


@pytest.mark.parametrize(
    ("plan", "word"),
    [
        ({"customers": 19}, "customers"),
        ({"customers": 10_000_001}, "customers"),
        ({"days": 399}, "days"),
        ({"days": 3_651}, "days"),
        ({"start": "1 January"}, "start"),
        ({"timezone": "Mars/Olympus"}, "Mars/Olympus"),
    ],
    ids=str,
)
def test_a_plan_that_can_not_be_made_is_refused_in_words(plan, word):
    with pytest.raises(TitianError, match=word) as refused:
        tea_house(**plan)
    assert refused.value.hint
    assert refused.value.zh


def test_a_start_may_be_a_date():
    assert tea_house(20, start=date(2024, 1, 1)) == tea_house(20)


def test_a_table_that_is_not_made_is_refused_with_those_that_are(tmp_path):
    with pytest.raises(UnknownNameError, match="coupons") as refused:
        tea_house(20).write(tmp_path, tables=["coupons"])
    assert "orders" in refused.value.details["valid"]
