"""The overview, the search and the facts about a workspace."""

from datetime import date, timedelta

import pytest

from tests.app import market
from titian.app import about, doctor, layerings, overview, searching
from titian.app.answers.workspace import Settings
from titian.app.definition import Definition
from titian.app.desk import Desk, Reading
from titian.errors import InputError

TODAY = market.END + timedelta(days=2)


def test_the_cards_say_what_the_layering_says(reading: Reading) -> None:
    shown = overview.overview(reading, None, None, TODAY)
    page = layerings.now(reading, "rfm", None, None)
    cards = {card.key: card for card in shown.cards}
    assert list(cards) == ["moved", "core", "at_risk", "money"]
    assert [figure.value for figure in cards["moved"].figures] == [page.up, page.down]
    assert cards["core"].figures[0].value == page.layers[0].customers
    assert f"**{page.up:,}**" in cards["moved"].sentence.en


def test_money_is_that_of_the_period(reading: Reading) -> None:
    shown = overview.overview(reading, None, None, TODAY)
    orders = [o for o in market.orders() if o.customer_id and o.ordered_at.date() >= date(2024, 11, 1)]
    net = sum(o.amount * {"paid": 1, "refund": -1}.get(o.status, 0) for o in orders)
    assert shown.cards[3].figures[0].value == pytest.approx(net)


def test_without_data_the_overview_says_how_to_begin(empty: Desk) -> None:
    with empty.reading() as reading:
        shown = overview.overview(reading, None, None, TODAY)
    assert [need.kind for need in shown.needs_you] == ["no_data"]
    assert (shown.customers, shown.cards, shown.layering) == (0, (), None)


def test_stale_data_are_said_and_fresh_ones_not(reading: Reading) -> None:
    fresh = overview.overview(reading, None, None, TODAY)
    stale = overview.overview(reading, None, None, market.END + timedelta(days=90))
    assert "stale" not in {need.kind for need in fresh.needs_you}
    assert "stale" in {need.kind for need in stale.needs_you}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [("重要价值", {"layer"}), ("rfm", {"layering"}), ("00003", {"customer"}), ("数据", {"page"}), (" ", set())],
)
def test_search_finds_things_by_name_and_customers_by_id(reading: Reading, text: str, kinds: set[str]) -> None:
    assert {hit.kind for hit in searching.search(reading, text, None)} == kinds


def test_an_exact_id_comes_first_and_its_address_is_safe(own_desk: Desk) -> None:
    with own_desk.reading() as reading:
        hits = searching.search(reading, "00003", None)
    assert (hits[0].key, hits[0].path) == ("00003", "/customers/00003")


def test_the_workspace_says_what_it_holds(reading: Reading) -> None:
    info = about.workspace(reading)
    rows = list(market.orders())
    assert {table.name: table.rows for table in info.tables if table.rows} == {"customers": 1, "orders": 400}
    assert info.customers == len(market.customers())
    assert info.orders_without_customer == sum(not o.customer_id for o in rows)
    net = sum(o.amount * {"paid": 1, "refund": -1}.get(o.status, 0) for o in rows if not o.customer_id)
    assert info.money_without_customer == pytest.approx(net)
    assert (info.default_as_of, info.default_compare) == (market.END, date(2024, 11, 1))


def test_another_time_zone_moves_the_days(own_desk: Desk) -> None:
    about.change(own_desk, Settings(timezone="Pacific/Kiritimati", name="远", keep_snapshots_days=3))
    with own_desk.reading() as reading:
        info = about.workspace(reading)
        first = layerings.now(reading, "rfm", None, None)
    assert (info.timezone, info.name, info.currency, info.keep_snapshots_days) == ("Pacific/Kiritimati", "远", "CNY", 3)
    assert first.customers == info.customers


@pytest.mark.parametrize(
    "wrong", [{"timezone": "Nowhere"}, {"currency": "rmb"}, {"language": "de"}, {"keep_snapshots_days": -1}]
)
def test_a_wrong_setting_changes_nothing(own_desk: Desk, wrong: dict[str, object]) -> None:
    before = own_desk.workspace.settings
    with pytest.raises(InputError):
        about.change(own_desk, Settings.model_validate(wrong))
    assert own_desk.workspace.settings == before


def test_a_healthy_workspace_has_nothing_to_mend(desk: Desk) -> None:
    found = doctor.checks(desk)
    assert all(check.ok and check.mend is None for check in found)
    assert {"python", "duckdb", "disk", "warehouse", "landing"} <= {check.name for check in found}


def test_a_broken_definition_is_found_with_its_mend(own_desk: Desk) -> None:
    own_desk.definitions.create(Definition(kind="rfm", key="rfm", parameters={"recency": "soon"}))
    (broken,) = [check for check in doctor.checks(own_desk) if not check.ok]
    assert broken.name == "definitions"
    assert broken.mend is not None
