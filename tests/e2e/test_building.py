"""Looking back, laying two layerings over each other, and making one's own, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.words import EN, Said, both_in_full

pytestmark = pytest.mark.e2e
Ask = Callable[[str], Any]


def numbers(cells: list[str]) -> list[int]:
    return [int(cell.replace(",", "")) for cell in cells]


@both_in_full
def test_a_history_lists_who_moved_on_a_day_and_how_long_they_stay(
    said: Said, online_retail: str, open_page: OpenPage, ask: Ask
) -> None:
    page = open_page(f"{online_retail}/layerings/rfm?tab=history&day=2011-11-10", said.language)
    told = ask("/layerings/rfm/history/moves?start=2011-09-11&end=2011-12-10&day=2011-11-10")
    first = page.get_by_role("region", name=said.who_moved).get_by_role("link").first
    expect(first).to_have_text(told["rows"][0]["customer_id"])
    stays = ask("/layerings/rfm/history?start=2011-09-11&end=2011-12-10")["stays"]
    medians = page.get_by_role("region", name=said.median_stay).locator("tbody tr")
    expect(medians).to_have_count(sum(one["came"] > 0 for one in stays))
    first.click()
    expect(page).to_have_url(re.compile(f"/customers/{told['rows'][0]['customer_id']}"))


@pytest.mark.full
@both_in_full
def test_a_history_is_looked_at_by_month_and_read_as_a_table(
    said: Said, online_retail: str, open_page: OpenPage, ask: Ask
) -> None:
    page = open_page(f"{online_retail}/layerings/rfm", said.language)
    page.get_by_role("tab", name=said.history).click()
    page.get_by_text(said.month, exact=True).click()
    expect(page).to_have_url(re.compile("tab=history.*every=month"))
    figure = page.get_by_role("figure", name=re.compile("→"))
    figure.get_by_role("button", name=said.as_table).click()
    told = ask("/layerings/rfm/history?start=2011-09-10&end=2011-12-10&every=month")
    row = figure.locator("tbody tr").last.locator("td")
    # Until the months are there the days are still shown.
    expect(row.first).to_have_text(told["days"][-1])
    last = row.all_inner_texts()
    assert sum(numbers(last[1:-1])) == sum(counts[-1] for counts in told["customers"])


@pytest.mark.full
@both_in_full
def test_a_split_is_tested_on_a_later_outcome_and_on_the_same_day(
    said: Said, online_retail: str, open_page: OpenPage, ask: Ask
) -> None:
    page = open_page(f"{online_retail}/layerings/rfm?outcome=order_count_90d", said.language)
    page.get_by_role("tab", name=said.split_test).click()
    later = ask("/layerings/rfm/split-test?outcome=order_count_90d")
    expect(page.get_by_text(later["sentence"][said.language])).to_be_visible(timeout=30_000)
    page.get_by_text(said.same_day, exact=True).click()
    expect(page).to_have_url(re.compile("tab=split.*when=same|when=same.*tab=split"))
    now = ask("/layerings/rfm/split-test?outcome=order_count_90d&as_of=2011-12-10&outcome_at=2011-12-10")
    expect(page.get_by_text(now["sentence"][said.language])).to_be_visible(timeout=30_000)
    expect(page.get_by_text(now["notes"][0]["text"][said.language])).to_be_visible()
    figure = page.get_by_role("figure").last
    figure.get_by_role("button", name=said.as_table).click()
    counted = figure.locator("tbody tr td:nth-child(2)").all_inner_texts()
    assert numbers(counted) == [line["customers"] for line in now["layers"]]


@pytest.mark.full
@both_in_full
def test_two_layerings_are_laid_over_each_other(said: Said, online_retail: str, open_page: OpenPage, ask: Ask) -> None:
    page = open_page(f"{online_retail}/layerings/compare?first=rfm&second=value_levels", said.language)
    expect(page.get_by_role("heading", name=said.together)).to_be_visible(timeout=30_000)
    told = ask("/layerings/rfm/against/value_levels")
    cells = page.locator("table tbody td").all_inner_texts()
    assert sum(numbers([cell for cell in cells if cell != "·"])) == sum(cell["customers"] for cell in told["cells"])
    page.get_by_text(said.by_share, exact=True).click()
    expect(page.locator("table tbody td").filter(has_text="%").first).to_be_visible()


def live(page: Page, layer: str) -> str:
    return page.get_by_test_id("preview").get_by_role("listitem").filter(has_text=layer).locator("b").inner_text()


@both_in_full
def test_a_layering_is_made_with_live_counts_and_taken_away_and_back(
    said: Said, online_retail: str, open_page: OpenPage, ask: Ask
) -> None:
    page = open_page(f"{online_retail}/layerings", said.language)
    page.get_by_role("button", name=said.new_layering).click()
    expect(page.get_by_test_id("preview")).to_have_attribute("data-asking", "false")
    before = live(page, said.vip)
    page.get_by_role("spinbutton").nth(1).fill("5000")
    expect(page.get_by_test_id("preview").get_by_role("listitem").filter(has_text=said.vip)).not_to_contain_text(before)
    expect(page.get_by_test_id("preview")).to_have_attribute("data-asking", "false")
    counted = live(page, said.vip)
    page.get_by_label(said.name, exact=True).first.fill(f"Mine {said.language}")
    page.get_by_role("button", name=said.save_layering).click()
    expect(page).to_have_url(re.compile(r"/layerings/(mine|own)_"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Mine {said.language}")
    expect(page.get_by_role("button", name=re.compile(f"^{said.vip}", re.IGNORECASE))).to_contain_text(counted)
    key = page.url.rpartition("/")[2].partition("?")[0]
    page.get_by_role("tab", name=said.definition).click()
    page.get_by_role("button", name=said.remove).click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile(f"^{' ?'.join(said.yes_remove)}$")).click()
    expect(page.get_by_text(re.compile(said.removed)).first).to_be_visible()
    assert key not in [one["key"] for one in ask("/layerings")]
    with page.expect_response(lambda answer: answer.url.endswith("/restore")) as undone:
        page.get_by_role("button", name=said.undo).click()
    assert undone.value.ok
    assert key in [one["key"] for one in ask("/layerings")]
    page.request.delete(f"{online_retail}/api/v1/layerings/{key}")


def test_what_is_wrong_is_said_beside_the_counts(online_retail: str, open_page: OpenPage) -> None:
    page = open_page(f"{online_retail}/layerings/new?kind=quantiles")
    expect(page.get_by_test_id("preview")).to_be_visible()
    page.get_by_label("Shares of the layers").fill("50, 60")
    expect(page.get_by_role("region", name=EN.live).get_by_role("alert")).to_contain_text("sum to 1")
    expect(page.get_by_role("button", name=EN.save_layering)).to_be_disabled()
