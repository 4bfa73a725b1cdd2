"""The operator's story on the real sample data, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.words import EN, Said, both, both_in_full

pytestmark = pytest.mark.e2e


def count(value: int) -> str:
    return f"{value:,}"


def champions(ask: Callable[[str], Any]) -> dict[str, Any]:
    layers: list[dict[str, Any]] = ask("/layerings/rfm")["layers"]
    return next(one for one in layers if one["layer"]["key"] == "important_value")


@both
def test_the_overview_shows_the_terraces(
    said: Said, online_retail: str, open_page: OpenPage, ask: Callable[[str], Any]
) -> None:
    page = open_page(online_retail, said.language)
    terrace = page.get_by_role("button", name=re.compile(f"^{said.champions}"))
    expect(terrace).to_contain_text(count(champions(ask)["customers"]))
    terrace.click()
    expect(page).to_have_url(re.compile("/layerings/rfm.*layer=important_value"))


@both
def test_a_layer_tells_its_play_and_leads_to_its_customers(
    said: Said, online_retail: str, open_page: OpenPage, ask: Callable[[str], Any]
) -> None:
    page = open_page(f"{online_retail}/layerings/rfm?layer=important_value", said.language)
    expect(page.get_by_role("region", name=said.play)).to_be_visible()
    customers = count(champions(ask)["customers"])
    page.get_by_role("link", name=re.compile(f"^{said.see} {customers}")).click()
    expect(page).to_have_url(re.compile("/customers.*layer=important_value"))
    expect(page.get_by_role("banner").or_(page.locator("header")).first).to_contain_text(customers)


@both
def test_the_chosen_customers_are_exported(
    said: Said, online_retail: str, open_page: OpenPage, ask: Callable[[str], Any]
) -> None:
    page = open_page(f"{online_retail}/customers?layering=rfm&layer=important_value", said.language)
    page.get_by_role("button", name=said.export).click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=re.compile("CSV")).click()
    lines = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert len(lines) == champions(ask)["customers"] + 1
    assert "customer_id" in lines[0]


@both
def test_a_portrait_says_why_and_what_is_lacking(said: Said, online_retail: str, open_page: OpenPage) -> None:
    page = open_page(f"{online_retail}/customers/12346", said.language)
    for heading in (said.why, said.gaps, said.timeline):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.locator("time").first).to_contain_text("2011-01-18")


@both_in_full
def test_a_history_that_rests_on_others_is_looked_up_on_demand(
    said: Said, online_retail: str, open_page: OpenPage, ask: Callable[[str], Any]
) -> None:
    page = open_page(f"{online_retail}/customers/12346", said.language)
    page.get_by_role("region", name=said.stage).get_by_role("button", name=said.look_back).first.click()
    told = ask("/layerings/lifecycle/history/customers/12346")["spans"]
    strip = page.get_by_role("img", name=re.compile(re.escape(f"{told[-1]['since']}") + ".*" + told[-1]["until"]))
    expect(strip.locator("span")).to_have_count(len(told))


def moved(page: Page) -> str:
    return page.get_by_test_id("impact").inner_text()


@both
def test_a_cut_moved_by_keys_shows_who_would_move_and_is_saved_and_undone(
    said: Said, online_retail: str, open_page: OpenPage, ask: Callable[[str], Any]
) -> None:
    page = open_page(f"{online_retail}/layerings/rfm?tab=cuts", said.language)
    before = ask("/layerings/rfm")
    handle = page.get_by_role("slider", name=re.compile(f"^{said.recency_cut}"))
    handle.press("PageUp")
    expect(page.get_by_test_id("impact")).to_contain_text(said.would_move)
    page.get_by_role("button", name=re.compile(said.save)).click()
    expect(page.get_by_text(re.compile(said.published)).first).to_be_visible()
    assert ask("/layerings/rfm")["parameters"]["recency"] == before["cuts"][0]["value"] + 10
    with page.expect_response(lambda answer: answer.request.method == "PUT") as undone:
        page.get_by_role("button", name=said.undo, exact=True).click()
    assert undone.value.ok
    assert ask("/layerings/rfm")["parameters"] == before["parameters"]


def test_dragging_a_cut_agrees_with_the_impact_that_the_api_tells(online_retail: str, open_page: OpenPage) -> None:
    page = open_page(f"{online_retail}/layerings/rfm?tab=cuts")
    handle = page.get_by_role("slider", name=re.compile(f"^{EN.recency_cut}"))
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box
    page.mouse.move(box["x"] + 12, box["y"] + 80)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 80, steps=8)
    page.mouse.up()
    expect(page.get_by_test_id("impact")).to_contain_text(EN.would_move)
    expect(page.get_by_test_id("impact")).to_have_attribute("data-asking", "false")
    days = handle.get_attribute("aria-valuenow")
    told = page.request.post(
        f"{online_retail}/api/v1/layerings/rfm/impact",
        data={"parameters": {"recency": float(days or 0), "window_days": 365}, "as_of": "2011-12-10"},
    ).json()
    assert moved(page).startswith(count(told["moved"]))


def test_a_change_made_meanwhile_is_shown_as_a_conflict(online_retail: str, open_page: OpenPage) -> None:
    page = open_page(f"{online_retail}/layerings/rfm?tab=cuts")
    page.get_by_role("slider", name=re.compile(f"^{EN.recency_cut}")).press("PageUp")
    address = f"{online_retail}/api/v1/layerings/rfm"
    now = page.request.get(address).json()
    asked = {"parameters": now["parameters"], "base_version": now["summary"]["version"]}
    page.request.put(f"{address}/definition", data={**asked, "parameters": {**now["parameters"], "monetary": "mean"}})
    page.get_by_role("button", name=re.compile(EN.save)).click()
    expect(page.get_by_role("alert")).to_contain_text("conflict")
    page.get_by_role("button", name="Load the newest version").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.request.put(f"{address}/definition", data={**asked, "base_version": asked["base_version"] + 1})


@both
def test_flows_between_two_days_add_up(said: Said, online_retail: str, open_page: OpenPage) -> None:
    page = open_page(f"{online_retail}/layerings/rfm?tab=flows", said.language)
    page.get_by_role("button", name=said.compare).click()
    page.get_by_role("button", name=said.days_earlier, exact=True).click()
    expect(page).to_have_url(re.compile("compare=2011-09-11"))
    flows = page.get_by_role("figure", name=re.compile("2011-09-11"))
    flows.get_by_role("button", name=said.as_table).click()
    cells = flows.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert sum(int(cell.replace(",", "")) for cell in cells) == 4372


@both
def test_the_dates_go_along_to_every_page(said: Said, online_retail: str, open_page: OpenPage) -> None:
    page = open_page(f"{online_retail}/layerings/rfm?as_of=2011-10-01&compare=2011-09-01", said.language)
    page.get_by_role("navigation").get_by_role("link", name=said.overview).click()
    expect(page).to_have_url(re.compile("as_of=2011-10-01.*compare=2011-09-01"))


@both
def test_the_search_finds_a_customer(said: Said, online_retail: str, open_page: OpenPage) -> None:
    page = open_page(online_retail, said.language)
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name=said.search).fill("12346")
    expect(page.get_by_role("option").first).to_contain_text("12346")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/customers/12346"))
