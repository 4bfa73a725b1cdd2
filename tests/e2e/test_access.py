"""Everybody can use every page: axe finds nothing serious, nothing runs off a small screen, keys reach all."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.e2e

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
RULE = {
    "all": [
        {"trait": "spend_90d", "op": ">=", "value": 100},
        {"not": {"any": [{"did": "cart", "within_days": 30}, {"trait": "city", "op": "in", "value": ["x"]}]}},
        {"layering": "rfm", "layers": ["important_value"], "as_of": {"days_before": 30}},
        {"moved": "rfm", "source": ["important_value"], "since": "2011-11-01"},
        {"trait": "last_order_at", "op": "between", "value": [{"days_before": 30}, "2011-12-01"]},
    ]
}
PAGES = {
    "overview": "/",
    "customers": "/customers",
    "portrait": "/customers/12347",
    "layerings": "/layerings",
    "flows": "/layerings/rfm?tab=flows",
    "traits": "/layerings/rfm?tab=traits",
    "cuts": "/layerings/rfm?tab=cuts",
    "map": "/layerings/rfm?tab=map",
    "definition": "/layerings/rfm?tab=definition",
    "history": "/layerings/rfm?tab=history",
    "split": "/layerings/rfm?tab=split",
    "split of a category": "/layerings/rfm?tab=split&outcome=part_of_day",
    "compare": "/layerings/compare?first=rfm&second=value_levels",
    "new": "/layerings/new",
    "new matrix": "/layerings/new?kind=matrix",
    "matrix": "/layerings/matrix?tab=definition",
    "audiences": "/audiences",
    "overlap": "/audiences?tab=overlap",
    "tags": "/audiences?tab=tags",
    "new audience": "/audiences/new",
    "rule": f"/audiences/new?rule={quote(json.dumps(RULE))}",
    "data": "/data",
    "settings": "/settings",
    "definitions": "/settings/definitions",
    "removed": "/settings/definitions?tab=removed",
    "plan": "/settings/definitions?tab=files",
    "versions": "/settings/definitions/layerings/rfm",
    "people": "/settings?tab=people",
    "account": "/account",
    "lost": "/nowhere",
}
LOOKED_AT_IN_FULL = (
    *("layerings", "flows", "traits", "map", "definition", "split", "split of a category"),
    *("compare", "new matrix", "matrix", "audiences", "overlap", "new audience", "data", "settings", "people"),
    *("account", "lost", "removed", "plan", "versions"),
)
every_page = pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=name, marks=pytest.mark.full if name in LOOKED_AT_IN_FULL else ())
        for name, path in PAGES.items()
    ],
)


def settled(page: Page) -> Page:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    return page


def grave(page: Page) -> list[str]:
    """The serious and critical findings of axe."""
    page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


@every_page
def test_a_page_is_for_everybody(path: str, online_retail: str, open_page: OpenPage) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `npm ci` in web/")
    page = settled(open_page(online_retail + path, "zh", "light"))
    light = grave(page)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-look", "dark")
    page.wait_for_timeout(200)
    dark = grave(page)
    page.set_viewport_size({"width": 360, "height": 740})
    page.wait_for_timeout(300)
    assert (light, dark, page.evaluate("document.documentElement.scrollWidth")) == ([], [], 360)


def test_the_first_tab_stop_skips_to_the_page(online_retail: str, open_page: OpenPage) -> None:
    page = settled(open_page(online_retail))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()


def test_letters_go_to_rooms_and_a_question_mark_shows_them(online_retail: str, open_page: OpenPage) -> None:
    page = settled(open_page(online_retail))
    page.keyboard.press("g")
    page.keyboard.press("l")
    expect(page).to_have_url(re.compile("/layerings$"))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


def test_language_and_theme_are_kept(online_retail: str, open_page: OpenPage) -> None:
    page = settled(open_page(online_retail, "en", "light"))
    page.get_by_role("button", name="Dark theme").click()
    page.get_by_role("button", name="切换到中文").click()
    page.reload()
    expect(page.get_by_role("navigation")).to_contain_text("总览")
    assert page.evaluate("document.documentElement.dataset.look") == "dark"
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_a_number_explains_itself(online_retail: str, open_page: OpenPage) -> None:
    page = settled(open_page(f"{online_retail}/customers"))
    page.get_by_role("button", name="Orders").first.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("orders")
