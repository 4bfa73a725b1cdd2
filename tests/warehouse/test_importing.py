"""Loading files of orders."""

import threading
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.shop import ORDERS, csv, orders_csv, put, rows
from titian.domain.mapping import Mapping
from titian.domain.words import Words
from titian.errors import BusyError, InputError
from titian.warehouse.importing import RejectedError
from titian.warehouse.lake import Lake

UNKEYED = Mapping(columns={"customer_id": "who", "ordered_at": "day", "amount": "money"})
JAN = datetime(2020, 1, 1)


def counts(report: object) -> tuple[int, int, int]:
    return (report.added, report.updated, report.unchanged)  # type: ignore[attr-defined]


def test_good_rows_land(lake: Lake, tmp_path: Path) -> None:
    report = put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,9.90", "2,,2020-01-02,0"))
    assert (report.rows, report.good, report.rejected, report.added, report.without_customer) == (2, 2, 0, 2, 1)
    assert rows(lake, "orders", "order_id", "customer_id", "ordered_at", "amount", "status") == [
        ("1", "ann", JAN, Decimal("9.9000"), "paid"),
        ("2", None, datetime(2020, 1, 2), Decimal("0.0000"), "paid"),
    ]


def test_naive_times_are_of_the_workspaces_zone(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01 08:00:00,1"), zone="Asia/Shanghai")
    assert rows(lake, "orders", "ordered_at") == [(JAN,)]


def test_the_same_file_twice_changes_nothing(lake: Lake, tmp_path: Path) -> None:
    path = orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1", "2,bob,2020-01-02,2")
    put(lake, path)
    before, version = rows(lake), lake.version()
    again = put(lake, path)
    assert (again.repeated, counts(again)) == (True, (0, 0, 2))
    assert (rows(lake), lake.version(), len(lake.landing.committed())) == (before, version, 1)


def test_the_same_rows_in_another_file_change_nothing(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1", "2,bob,2020-01-02,2"))
    before = rows(lake)
    report = put(lake, orders_csv(tmp_path / "b.csv", "2,bob,2020-01-02,2.00", "3,cy,2020-01-03,3"))
    assert counts(report) == (1, 0, 1)
    assert [row for row in rows(lake) if row[0] != "3"] == before


def test_a_known_id_with_other_content_is_updated_and_the_landing_holds_both(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1", "2,bob,2020-01-02,2"))
    report = put(lake, orders_csv(tmp_path / "b.csv", "1,ann,2020-01-01,5"))
    assert counts(report) == (0, 1, 0)
    assert rows(lake, "orders", "order_id", "amount") == [("1", Decimal(5)), ("2", Decimal(2))]
    assert len(lake.landing.committed()) == 2


def test_the_same_file_read_otherwise_is_loaded_again(lake: Lake, tmp_path: Path) -> None:
    path = orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01 00:00:00,1")
    put(lake, path, zone="UTC")
    assert counts(put(lake, path, zone="Asia/Tokyo")) == (0, 1, 0)


def test_a_negative_amount_is_a_refund_of_its_size(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,-9.90"))
    assert rows(lake, "orders", "amount", "status") == [(Decimal("9.9"), "refund")]


def test_an_order_with_an_empty_payment_time_is_unpaid(lake: Lake, tmp_path: Path) -> None:
    path = csv(
        tmp_path / "t.csv",
        "订单编号,买家,创建,付款,实付",
        "1,安,2020-01-01,2020-01-01,5",
        "2,安,2020-01-02,,",
        "3,安,2020-01-03,,0",
    )
    names = ("order_id", "customer_id", "ordered_at", "paid_at", "amount")
    put(lake, path, Mapping(columns=dict(zip(names, ["订单编号", "买家", "创建", "付款", "实付"], strict=True))))
    assert rows(lake, "orders", "order_id", "amount", "status") == [
        ("1", Decimal(5), "paid"),
        ("2", Decimal(0), "unpaid"),
        ("3", Decimal(0), "unpaid"),
    ]


def test_an_order_twice_in_a_file_counts_once_and_the_last_one_wins(lake: Lake, tmp_path: Path) -> None:
    lines = ("1,ann,2020-01-01,1", "1,ann,2020-01-01,1", "2,bob,2020-01-02,2", "2,bob,2020-01-02,7")
    report = put(lake, orders_csv(tmp_path / "a.csv", *lines))
    assert rows(lake, "orders", "order_id", "amount") == [("1", Decimal(1)), ("2", Decimal(7))]
    assert (report.good, report.added) == (4, 2)
    assert any("of 1 id the rows differ" in note.en for note in report.notes)


def test_orders_without_an_id_get_ids_from_their_content(lake: Lake, tmp_path: Path) -> None:
    lines = ("ann,2020-01-01,1", "ann,2020-01-01,1", "ann,2020-01-01,2")
    report = put(lake, csv(tmp_path / "a.csv", "who,day,money", *lines), UNKEYED)
    assert (report.added, any("c-" in note.en for note in report.notes)) == (3, True)
    again = put(lake, csv(tmp_path / "b.csv", "who,day,money", *reversed(lines)), UNKEYED)
    assert (counts(again), again.repeated) == ((0, 0, 3), False)


def test_more_refunded_than_paid_is_kept_and_said(lake: Lake, tmp_path: Path) -> None:
    mapping = Mapping(columns={**ORDERS.columns, "refunded_amount": "back"})
    path = csv(tmp_path / "a.csv", "order_id,customer_id,ordered_at,amount,back", "1,ann,2020-01-01,5,-8")
    report = put(lake, path, mapping)
    assert rows(lake, "orders", "amount", "refunded_amount") == [(Decimal(5), Decimal(8))]
    assert any("more refunded than paid" in note.en for note in report.notes)


def test_strict_lands_nothing_when_a_row_is_bad(lake: Lake, tmp_path: Path) -> None:
    version = lake.version()
    with pytest.raises(RejectedError) as error:
        put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1", "2,bob,soon,2"), strict=True)
    assert (error.value.details["row"], error.value.details["column"]) == (3, "ordered_at")
    assert (rows(lake), lake.version(), lake.landing.manifests()) == ([], version, ())
    assert Path(error.value.details["rejects_path"]).exists()


def test_a_file_without_a_good_row_lands_nothing_and_says_why(lake: Lake, tmp_path: Path) -> None:
    report = put(lake, orders_csv(tmp_path / "a.csv", "1,ann,soon,1", "2,bob,2020-01-01,much"))
    assert (report.batch_id, report.good, report.rejected, len(report.rejects)) == (None, 0, 2, 2)
    assert lake.landing.manifests() == ()


def test_a_mapping_that_does_not_fit_leaves_no_trace(lake: Lake, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column 'amount'"):
        put(lake, csv(tmp_path / "a.csv", "order_id,customer_id,ordered_at", "1,ann,2020-01-01"))
    assert (lake.landing.manifests(), list((lake.landing.path / ".staging").iterdir())) == ((), [])


def test_a_second_writer_waits_and_then_hears_who_writes(lake: Lake, tmp_path: Path) -> None:
    path = orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1")
    with lake.write_lock("loading big.csv"), pytest.raises(BusyError) as error:
        put(lake, path, timeout=0.1)
    assert "loading big.csv" in error.value.message
    assert put(lake, path).added == 1


def test_two_loads_at_once_both_land(lake: Lake, tmp_path: Path) -> None:
    paths = [orders_csv(tmp_path / f"{i}.csv", f"{i},ann,2020-01-01,1") for i in range(3)]
    threads = [threading.Thread(target=put, args=(lake, path)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows(lake, "orders", "order_id") == [("0",), ("1",), ("2",)]


class StoppedError(Exception):
    pass


@pytest.mark.parametrize("stage", ["reading", "checking", "times", "putting", "writing"])
def test_stopping_at_any_stage_leaves_everything_as_it_was(lake: Lake, tmp_path: Path, stage: str) -> None:
    path = orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1")

    def progress(said: Words, done: int, total: int | None) -> None:
        if stage in said.en:
            raise StoppedError

    with pytest.raises(StoppedError):
        put(lake, path, progress=progress)
    assert (rows(lake), lake.landing.manifests()) == ([], ())
    assert put(lake, path).added == 1


def test_customers_and_events_load_into_their_tables(lake: Lake, tmp_path: Path) -> None:
    people = csv(tmp_path / "c.csv", "id,城市,生日", "1,上海,1990-05-06", "1,北京,1990-05-06", ",广州,")
    report = put(
        lake, people, Mapping(table="customers", columns={"customer_id": "id", "city": "城市", "birth_date": "生日"})
    )
    assert (report.added, report.rejected) == (1, 1)
    assert rows(lake, "customers", "customer_id", "city", "birth_date::VARCHAR") == [("1", "北京", "1990-05-06")]
    seen = csv(tmp_path / "e.csv", "who,what,at", "1,view,2020-01-01", "1,view,2020-01-01")
    put(lake, seen, Mapping(table="events", columns={"customer_id": "who", "event": "what", "occurred_at": "at"}))
    assert len({row[0] for row in rows(lake, "events", "event_id")}) == 2


orders_strategy = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from("abc"), st.dates(JAN.date()), st.integers(-500, 500)),
    min_size=1,
    max_size=20,
    unique_by=lambda order: order[0],
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orders=orders_strategy, data=st.data())
def test_order_of_rows_repeats_and_splitting_do_not_matter(
    tmp_path_factory: pytest.TempPathFactory, orders: list[tuple[object, ...]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("law")
    lines = [",".join(map(str, order)) for order in orders if order[2].year < 2100]  # type: ignore[attr-defined]
    shuffled = data.draw(st.permutations(lines))
    cut = data.draw(st.integers(0, len(lines)))
    parts = [part for part in (shuffled[:cut], shuffled[cut:], shuffled) if part]
    with Lake.open(folder / "whole") as whole, Lake.open(folder / "parts") as split:
        put(whole, orders_csv(folder / "whole.csv", *lines)) if lines else None
        for number, part in enumerate(parts):
            put(split, orders_csv(folder / f"{number}.csv", *part))
        columns = ("order_id", "customer_id", "ordered_at", "amount", "status")
        assert rows(split, "orders", *columns) == rows(whole, "orders", *columns)
