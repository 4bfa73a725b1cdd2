"""All that is kept of a customer is handed out; who is erased is found nowhere in the workspace any more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.app import market
from tests.cli.calling import here
from tests.server.conftest import client_of
from tests.store.touches import NOW, a_touch
from tests.warehouse.test_erasing import texts
from titian.app import (
    applying,
    charging,
    histories,
    importing,
    knowing,
    noting,
    privacy,
    saving_audiences,
    tag_making,
    tagging,
)
from titian.app.answers.audiences import NewAudience
from titian.app.answers.knowing import SayingAsked
from titian.app.answers.notes import NoteAsked
from titian.app.answers.privacy import EraseAsked
from titian.app.answers.staff import ChargeAsked
from titian.app.answers.tags import NewTag
from titian.app.desk import Desk
from titian.app.histories import Asked
from titian.app.importing import SourceAsked
from titian.app.trail import Trail
from titian.domain.consent import Consent
from titian.domain.mapping import Mapping
from titian.domain.staff_task import StaffTask
from titian.domain.touch import Content
from titian.domain.words import Words
from titian.errors import InputError, NotFoundError
from titian.store import consents, outbox, staff_tasks
from titian.warehouse.progress import silent

GONE, CANARY = "canary-0007", "许听澜canary"
NAME = Words(zh="人", en="People")
PEOPLE = Mapping(table="customers", columns={name: name for name in ("customer_id", "name", "email")})
API = "/api/v1"


def load(desk: Desk, path: Path, text: str, mapping: Mapping) -> None:
    path.write_text(text, "utf-8")
    importing.load(desk, SourceAsked(str(path)), mapping, strict=False, progress=silent)


@pytest.fixture
def shop(own_desk: Desk, tmp_path: Path) -> Desk:
    """A shop that knows the canary in every way there is."""
    orders = "order_id,customer_id,ordered_at,amount,status\n"
    rows = f"o-canary,{GONE},2024-11-02 10:00,5,paid\nbad,{GONE},never,{CANARY},paid\nk1,kept,2024-11-03 10:00,7,paid\n"
    load(own_desk, tmp_path / "more.csv", orders + rows, market.MAPPING)
    people = f"customer_id,name,email\n{GONE},{CANARY},{CANARY}@x.com\nkept,Kim,kim@x.com\n"
    load(own_desk, tmp_path / "people.csv", people, PEOPLE)
    tag_making.create(own_desk, NewTag(key="vip", name=NAME))
    with own_desk.reading() as reading:
        tagging.give(reading, "vip", [GONE, "kept"])
        noting.add(reading, GONE, NoteAsked(text=f"called {CANARY}"))
        knowing.say(reading, GONE, "why_ordered", SayingAsked(text=f"for {CANARY}"))
        for staff in ("Li", "Wang"):
            charging.put(reading, ChargeAsked(staff=staff, ids=(GONE, "kept")))
        saving_audiences.create(reading, NewAudience(key="few", name=NAME, ids=(GONE, "kept")))
        histories.sizes(reading, Asked("rfm", every="week"))
    applying.export(own_desk)
    reached(own_desk)
    return own_desk


def reached(desk: Desk) -> None:
    """The canary and another were sent something, handed off, asked, and a task was made of them."""
    folder = desk.workspace.path / "handoff" / "partner"
    folder.mkdir(parents=True)
    (folder / "partner-1.csv").write_text(
        f"touch_id,customer_id,text\r\n1,{GONE},{CANARY}\r\n2,kept,hi\r\n", "utf-8-sig"
    )
    with desk.store.writing() as connection:
        for number, one in enumerate((GONE, "kept")):
            content = Content(text=f"hello {CANARY if number == 0 else 'Kim'}")
            outbox.queue(connection, [a_touch(number, customer_id=one, content=content)], NOW)
            staff_tasks.give(connection, [StaffTask(f"task-{number}", one, "Li", "call", one, NOW)])
            consents.record(connection, [Consent(one, True, NOW, "form", proof=f"letter of {one}")])


def erase(desk: Desk, *ids: str) -> None:
    privacy.erase(desk, EraseAsked(ids=ids, confirm=len(ids)))


def test_everything_of_one_is_told_and_nothing_of_others(shop: Desk) -> None:
    with shop.reading() as reading:
        told = privacy.everything(reading, GONE)
    assert [row["order_id"] for row in told.tables["orders"]] == ["o-canary"]
    assert told.tables["customers"][0]["name"] == CANARY
    assert (len(told.tags), len(told.notes), told.lists) == (1, 1, ("few",))
    assert [one["text"] for one in told.known] == [f"for {CANARY}"]
    assert told.staff is not None
    assert told.staff["staff"] == "Wang"
    assert (told.touches[0]["content"]["text"], told.touches[0]["state"]) == (f"hello {CANARY}", "queued")
    assert [(one["given"], one["source"]) for one in told.consents] == [(True, "form")]
    assert [one["title"] for one in told.tasks] == ["call"]
    assert "kept" not in told.model_dump_json()


@pytest.mark.full
def test_nobody_is_not_told(shop: Desk) -> None:
    with shop.reading() as reading, pytest.raises(NotFoundError):
        privacy.everything(reading, "nobody")


def test_nothing_of_them_is_found_on_disk(shop: Desk) -> None:
    said = (GONE, CANARY, "o-canary")
    assert all(what in texts(shop.workspace.path) for what in said)
    erase(shop, GONE)
    assert not any(what in texts(shop.workspace.path) for what in said)
    with shop.reading() as reading, pytest.raises(NotFoundError):
        privacy.everything(reading, GONE)


@pytest.mark.full
def test_all_others_stay_as_they_were(shop: Desk) -> None:
    def others() -> list[str]:
        with shop.reading() as reading:
            orders = reading.data.table("orders")
            rows = reading.data.execute(orders.filter(orders.customer_id != GONE).drop("recorded_at"))
        return sorted(map(repr, rows))

    before = others()
    erase(shop, GONE)
    assert others() == before
    with shop.reading() as reading:
        assert privacy.everything(reading, "kept").lists == ("few",)


def test_a_record_says_that_it_was_done_and_not_of_whom(shop: Desk) -> None:
    found = privacy.erase(shop, EraseAsked(ids=(GONE,), confirm=1))
    lines, _ = Trail(shop.store).lines("customer.", None, None)
    assert [(line.action, line.subject) for line in lines][:2] == [
        ("customer.erase", found.record),
        ("customer.erasing", found.record),
    ]
    assert GONE not in json.dumps([line.model_dump(mode="json") for line in lines])
    assert Trail(shop.store).broken() is None
    assert (found.customers, found.rows, found.rejected) == (1, 3, 1)
    assert (found.notes, found.known, found.charges, found.touches) == (1, 1, 2, 3)


@pytest.mark.parametrize(("ids", "confirm"), [((GONE,), 2), (("", "\0"), 2)])
def test_a_slip_erases_nobody(shop: Desk, ids: tuple[str, ...], confirm: int) -> None:
    with pytest.raises(InputError, match="nobody was erased"):
        privacy.erase(shop, EraseAsked(ids=ids, confirm=confirm))
    assert GONE in texts(shop.workspace.landing)


@pytest.mark.full
def test_they_do_not_come_back_by_the_same_file_nor_by_another(shop: Desk, tmp_path: Path) -> None:
    erase(shop, GONE)
    load(shop, tmp_path / "people.csv", f"customer_id,name,email\n{GONE},{CANARY},a@x.com\nnew,Neo,n@x.com\n", PEOPLE)
    with shop.reading() as reading:
        assert privacy.everything(reading, "new").tables["customers"][0]["name"] == "Neo"
        with pytest.raises(NotFoundError):
            privacy.everything(reading, GONE)
    assert CANARY not in texts(shop.workspace.path)


@pytest.mark.full
def test_the_same_over_http(shop: Desk) -> None:
    client = client_of(shop)
    told = client.get(f"{API}/customers/{GONE}/everything").json()
    assert told["tables"]["customers"][0]["name"] == CANARY
    assert client.post(f"{API}/erasures", json={"ids": [GONE], "confirm": 7}).status_code == 400
    done = client.post(f"{API}/erasures", json={"ids": [GONE], "confirm": 1})
    assert (done.status_code, done.json()["rows"]) == (201, 3)
    assert client.get(f"{API}/customers/{GONE}/everything").status_code == 404


@pytest.mark.full
def test_the_same_on_the_command_line(shop: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = shop.workspace.path
    assert here(capsys, "everything", GONE, "--out", tmp_path / "all.json", "-w", path).code == 0
    assert json.loads((tmp_path / "all.json").read_text("utf-8"))["customer_id"] == GONE
    refused = here(capsys, "erase", "--ids", GONE, "-w", path)
    assert (refused.code, "nobody was erased" in refused.err) == (2, True)
    done = here(capsys, "erase", "--ids", GONE, "--confirm", "1", "-w", path)
    assert "erased 1 customer: 3 rows, 1 rejected line, 1 note;" in done.out
    assert here(capsys, "everything", GONE, "-w", path).code == 2
