"""A team says what its own event names mean, on the page Data, in both languages."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.serving import served, titian
from tests.e2e.words import Said, both_in_full

pytestmark = pytest.mark.e2e
NAMES = {"看货": 40, "open_app": 30, "product_view": 20, "下单付款": 10}


@pytest.fixture(scope="module")
def shop(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("events")
    chance = random.Random(1)
    lines = ["customer_id,event,occurred_at"]
    lines += [
        f"c{chance.randrange(9)},{name},2024-03-{1 + n % 28:02} 10:{n:02}" for name in NAMES for n in range(NAMES[name])
    ]
    (folder / "events.csv").write_text("\n".join(lines), encoding="utf-8")
    titian("init", str(folder / "shop"))
    titian("load", str(folder / "events.csv"), "--table", "events", "--yes", "--workspace", str(folder / "shop"))
    with served(folder / "shop") as address:
        yield address


@pytest.mark.full
@both_in_full
def test_an_event_is_given_a_meaning_and_it_is_taken_back(said: Said, shop: str, open_page: OpenPage) -> None:
    page = open_page(f"{shop}/data", said.language)
    panel = page.get_by_role("region", name=said.events_mean)
    expect(panel.locator("tbody tr td:first-child")).to_have_text(list(NAMES))
    chosen = panel.get_by_role("combobox", name="看货")
    chosen.fill("view")
    chosen.press("Enter")
    row = panel.locator("tr", has_text="看货")
    expect(row).to_contain_text("view")
    page.get_by_role("button", name=said.undo).last.click()
    expect(row).to_contain_text(said.no_meaning)


def test_events_are_found_sorted_and_filtered(shop: str, open_page: OpenPage) -> None:
    page = open_page(f"{shop}/data", "en")
    panel = page.get_by_role("region", name="What events mean")
    names = panel.locator("tbody tr td:first-child")
    panel.get_by_role("button", name="Times").click()
    expect(names).to_have_text(list(reversed(NAMES)))
    page.get_by_role("searchbox", name="Find an event").fill("view")
    expect(names).to_have_text(["product_view"])
    page.get_by_role("searchbox", name="Find an event").fill("")
    page.get_by_role("checkbox", name="Only without a meaning (3)").check()
    expect(names).to_have_count(3)
