"""The demo of the Tea House: every table comes in through the importer, once, and a stopped load goes on."""

from pathlib import Path

import pytest

from titian.app.demo import tea_demo
from titian.app.desk import Desk
from titian.testing import tea_house
from titian.warehouse.progress import silent
from titian.warehouse.tables import TABLES

CUSTOMERS = 150


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tea")
    assert tea_demo(folder, silent, CUSTOMERS).customers == CUSTOMERS
    return folder


@pytest.mark.full
def test_the_workspace_holds_every_row_of_the_house(shown: Path) -> None:
    house = tea_house(CUSTOMERS)
    with Desk(tea_demo(shown, silent, CUSTOMERS).workspace) as desk:
        data = desk.present().data
        held = {name: data.execute(data.table(name).count().as_table())[0] for name in TABLES}
    assert {name: next(iter(row.values())) for name, row in held.items()} == {
        name: len(house.tables[name]) for name in TABLES
    }


def test_an_order_is_at_the_instant_at_which_it_was_made(shown: Path) -> None:
    made = tea_house(CUSTOMERS).tables["orders"].limit(5).to_arrow_table().to_pylist()
    with Desk(tea_demo(shown, silent, CUSTOMERS).workspace) as desk:
        data = desk.present().data
        orders = data.table("orders")
        found = data.execute(orders.filter(orders.order_id.isin([row["order_id"] for row in made])))
    instants = {row["order_id"]: row["ordered_at"] for row in found}
    assert instants == {row["order_id"]: row["ordered_at"].replace(tzinfo=None) for row in made}


def test_starting_it_again_loads_nothing(shown: Path) -> None:
    before = sorted(path.name for path in (shown / "landing").iterdir())
    tea_demo(shown, silent, CUSTOMERS)
    assert sorted(path.name for path in (shown / "landing").iterdir()) == before


@pytest.mark.full
def test_a_load_that_was_stopped_goes_on(tmp_path: Path) -> None:
    def stop_at_events(stage, done, total):
        if len(list((tmp_path / "landing").glob("0*"))) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tea_demo(tmp_path, stop_at_events, 40)
    shown = tea_demo(tmp_path, silent, 40)
    with Desk(shown.workspace) as desk:
        assert desk.present().data.has("events")
    assert shown.customers == 40


@pytest.mark.full
def test_the_smallest_shop_is_shown_although_tables_of_it_are_empty(tmp_path: Path) -> None:
    assert tea_demo(tmp_path, silent, 20).customers == 20
