"""A cut that is being tried lives in the address: shared, reloaded, undone, and never lost without a word."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.words import EN

pytestmark = pytest.mark.e2e

CUTS = "/layerings/rfm?tab=cuts"


def recency(page: Page) -> Locator:
    return page.get_by_role("slider", name=re.compile(f"^{EN.recency_cut}"))


def test_a_draft_comes_back_with_its_address(online_retail: str, open_page: OpenPage) -> None:
    page = open_page(online_retail + CUTS)
    recency(page).press("PageUp")
    expect(page).to_have_url(re.compile(r"draft=recency:\d+"))
    stood = recency(page).get_attribute("aria-valuenow")
    page.reload()
    expect(recency(page)).to_have_attribute("aria-valuenow", str(stood), timeout=20_000)
    expect(page.get_by_test_id("impact")).to_contain_text(EN.would_move)


def test_changes_are_undone_by_the_button_and_by_going_back(online_retail: str, open_page: OpenPage) -> None:
    page = open_page(f"{online_retail}{CUTS}&draft=recency:60")
    recency(page).press("PageUp")
    expect(page).to_have_url(re.compile(r"draft=recency:70"))
    page.get_by_role("button", name="Undo last change").click()
    expect(page).to_have_url(re.compile(r"draft=recency:60"))
    page.go_back()
    expect(recency(page)).to_have_attribute("aria-valuenow", "70")
    page.go_forward()
    expect(recency(page)).to_have_attribute("aria-valuenow", "60")


def test_leaving_with_a_draft_asks_first(online_retail: str, open_page: OpenPage) -> None:
    page = open_page(f"{online_retail}{CUTS}&draft=recency:60")
    expect(page.get_by_test_id("impact")).to_contain_text(EN.would_move)
    overview = page.get_by_role("navigation").get_by_role("link", name=EN.overview)
    overview.click()
    page.get_by_role("button", name="Stay here").click()
    expect(page).to_have_url(re.compile(r"draft=recency:60"))
    overview.click()
    page.get_by_role("button", name="Leave without saving").click()
    expect(page).to_have_url(re.compile(f"{online_retail}/(\\?.*)?$"))


def asks_before_closing(page: Page) -> bool:
    """Whether the browser asks before the tab is closed; it is not closed."""
    return bool(page.evaluate("!window.dispatchEvent(new Event('beforeunload', {cancelable: true}))"))


def test_closing_the_tab_asks_only_while_something_would_be_lost(online_retail: str, open_page: OpenPage) -> None:
    page = open_page(f"{online_retail}{CUTS}&draft=recency:60")
    expect(page.get_by_test_id("impact")).to_contain_text(EN.would_move)
    assert not asks_before_closing(page)
    page.goto(f"{online_retail}/layerings/new")
    expect(page.get_by_test_id("preview")).to_have_attribute("data-asking", "false")
    assert not asks_before_closing(page)
    page.get_by_label(EN.name, exact=True).first.fill("Mine")
    assert asks_before_closing(page)


def test_a_fixed_cut_and_a_statistic_are_told_apart(online_retail: str, open_page: OpenPage) -> None:
    page = open_page(f"{online_retail}{CUTS}&draft=frequency:2")
    fixed = page.get_by_test_id("rule-frequency")
    expect(fixed).to_have_text("fixed 2 orders (included)")
    expect(page.get_by_test_id("rule-recency")).to_contain_text("median 51 days (not included)")
    expect(recency(page)).to_have_attribute("aria-valuetext", "< 51 days")
    page.wait_for_load_state("networkidle")
    fixed.scroll_into_view_if_needed()
    page.wait_for_timeout(500)  # what scrolls hides what is explained
    fixed.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("includes itself")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("as_of=abc", "“as_of=abc” in the address could not be read; used instead: the newest day, 2011-12-10"),
        ("compare=2011-02-31", "the usual comparison day, 2011-11-10"),
        ("layer=nobody", "“layer=nobody”"),
        ("tab=sums", "“tab=sums” in the address could not be read; used instead: Flows"),
        ("tab=cuts&draft=recency:soon", "“draft=recency:soon”"),
    ],
)
def test_what_an_address_could_not_mean_is_said(query: str, said: str, online_retail: str, open_page: OpenPage) -> None:
    page = open_page(f"{online_retail}/layerings/rfm?{query}")
    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()


@pytest.mark.full
def test_an_empty_workspace_is_filled_with_a_sample(empty: str, open_page: OpenPage) -> None:
    page = open_page(empty)
    page.get_by_role("button", name="Load sample data: CDNOW").click()
    expect(page).to_have_url(re.compile("/data/imports/"))
    page.get_by_role("button", name=EN.see_layers).click(timeout=60_000)
    expect(page.locator("header").first).to_contain_text("23,570 customers", timeout=60_000)
