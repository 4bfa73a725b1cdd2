"""What events mean is said once for the workspace, and all that reads events follows."""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import titian as tt
from titian.app import events, importing
from titian.app import workspace as workspaces
from titian.app.answers.events import EventNames, MeaningsAsked
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.app.settings import WorkspaceSettings
from titian.domain.mapping import Mapping
from titian.domain.meanings import MEANINGS
from titian.errors import ConflictError, InputError, UnknownNameError
from titian.warehouse.progress import silent

HAPPENED = [
    ("c1", "看货", "2024-01-01 10:00"),
    ("c1", "看货", "2024-01-02 10:00"),
    ("c2", "product_view", "2024-01-03 10:00"),
    ("c2", "下单付款", "2024-01-04 10:00"),
    ("c3", "sign", "2024-01-04 11:00"),
    ("c3", "=1+1", "2024-01-05 11:00"),
]
COLUMNS = ("customer_id", "event", "occurred_at")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "events.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *HAPPENED])
    with Desk(workspaces.init(tmp_path / "shop", WorkspaceSettings())) as desk:
        mapping = Mapping(table="events", columns={name: name for name in COLUMNS})
        importing.load(desk, SourceAsked(str(path)), mapping, strict=False, progress=silent)
        yield desk


def listed(desk: Desk, q: str = "", *, unknown: bool = False) -> EventNames:
    with desk.reading() as reading:
        return events.names(reading, q, unknown=unknown)


def meaning(desk: Desk) -> dict[str, str | None]:
    return {one.name: one.means if one.known else None for one in listed(desk).names}


def aipl(desk: Desk) -> dict[str, str]:
    with desk.reading() as reading:
        table = tt.AIPL().assign(reading.data, as_of="2024-01-06").to_pandas()
    return dict(zip(table.customer_id, table.layer, strict=True))


def test_names_are_listed_with_how_often_and_what_they_usually_mean(shop: Desk) -> None:
    found = listed(shop)
    assert [(one.name, one.rows, one.customers) for one in found.names[:1]] == [("看货", 2, 1)]
    assert meaning(shop) == {"看货": None, "product_view": "view", "下单付款": None, "sign": "checkin", "=1+1": None}
    assert (found.total, found.unknown, found.unknown_rows, found.rows) == (5, 3, 4, 6)
    assert found.names[0].first_at.isoformat() == "2024-01-01T10:00:00+08:00"
    assert {one.key for one in found.meanings} == set(MEANINGS)


def test_what_the_team_says_is_read_at_once_and_by_everybody(shop: Desk) -> None:
    assert aipl(shop) == {"c1": "none", "c2": "aware", "c3": "none"}
    events.mean(shop, MeaningsAsked(means={"看货": "view", "下单付款": "purchase"}))
    assert aipl(shop) == {"c1": "interest", "c2": "purchase", "c3": "none"}
    opened = tt.AIPL().assign(tt.Dataset.open(shop.workspace.path), as_of="2024-01-06").to_pandas()
    assert set(opened.layer[opened.customer_id == "c2"]) == {"purchase"}
    with Desk(shop.workspace) as another:
        assert aipl(another) == aipl(shop)
        events.mean(another, MeaningsAsked(means={"看货": None}))
    assert aipl(shop) == {"c1": "none", "c2": "purchase", "c3": "none"}


def test_a_name_may_mean_nothing_and_its_usual_meaning_comes_back(shop: Desk) -> None:
    events.mean(shop, MeaningsAsked(means={"sign": "sign"}))
    assert meaning(shop)["sign"] is None
    assert "sign" not in {one.name for one in listed(shop, unknown=True).names}, "somebody has thought of it"
    events.mean(shop, MeaningsAsked(means={"sign": None}))
    assert meaning(shop)["sign"] == "checkin"


def test_names_are_found_by_themselves_and_by_what_they_mean(shop: Desk) -> None:
    assert [one.name for one in listed(shop, "VIEW").names] == ["product_view"]
    assert [one.name for one in listed(shop, "签到").names] == ["sign"]
    assert listed(shop, "nothing such").found == 0
    assert {one.name for one in listed(shop, unknown=True).names} == {"看货", "下单付款", "=1+1"}


def test_older_meanings_are_kept_and_the_same_said_twice_changes_nothing(shop: Desk) -> None:
    for means in ("view", "view", "search"):
        events.mean(shop, MeaningsAsked(means={"看货": means}))
    kept = shop.defined("events")
    assert kept.versions("events") == (1, 2)
    assert kept.version("events", 1).parameters == {"view": ["看货"]}
    assert kept.current()["events"].parameters == {"search": ["看货"]}


@pytest.mark.parametrize("name", ["", "  ", "a\0b", "x" * 201])
def test_an_impossible_name_is_refused(shop: Desk, name: str) -> None:
    with pytest.raises(InputError, match="can't be the name of an event"):
        events.mean(shop, MeaningsAsked(means={name: "view"}))
    assert meaning(shop)["看货"] is None


def test_an_unknown_meaning_is_refused_and_nothing_of_the_call_is_kept(shop: Desk) -> None:
    with pytest.raises(UnknownNameError) as refused:
        events.mean(shop, MeaningsAsked(means={"看货": "view", "sign": "vieww"}))
    assert "view" in str(refused.value.hint)
    assert meaning(shop)["看货"] is None


def test_two_who_say_something_at_once_lose_nothing(shop: Desk) -> None:
    names = [f"event {number}" for number in range(8)]
    refused: list[str] = []

    def say(name: str) -> None:
        try:
            events.mean(shop, MeaningsAsked(means={name: "view"}))
        except ConflictError:
            refused.append(name)

    threads = [threading.Thread(target=say, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = set(shop.event_meanings.said().own.get("view", ()))
    assert said | set(refused) == set(names)
    assert said.isdisjoint(refused)


def test_a_file_of_them_runs_no_formula(shop: Desk) -> None:
    with shop.reading() as reading:
        text = b"".join(events.export(reading, "csv").chunks).decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert list(rows[0]) == ["event", "means", "rows", "customers", "first", "last"]
    assert {row["event"]: row["means"] for row in rows}["product_view"] == "view"
    assert "'=1+1" in {row["event"] for row in rows}
