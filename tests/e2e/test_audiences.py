"""Picking customers out by a rule, tagging them from a list, and writing about one, in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.serving import titian
from tests.e2e.words import EN, Said, both, both_in_full

pytestmark = pytest.mark.e2e
Ask = Callable[[str], Any]


def parts(page: Page) -> Locator:
    """The lines of a builder, those of its groups among them."""
    return page.locator("[data-node]")


def typed(page: Page, label: str, value: str) -> None:
    """Put a value into a field, with keys alone."""
    page.get_by_label(label, exact=True).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(value)


def rule_of(page: Page) -> Any:
    """The rule that stands in the address."""
    return json.loads(parse_qs(urlsplit(page.url).query)["rule"][0])


def is_asked(page: Page, rule: dict[str, Any]) -> None:
    """Wait until the address and the answer are those of this rule."""
    text = quote(json.dumps(rule, separators=(",", ":"), ensure_ascii=False), safe="~()*!.'-_:")
    expect(page).to_have_url(re.compile(re.escape(f"rule={text}")))
    expect(page.get_by_test_id("answer")).to_have_attribute("data-asking", "false")


@both
def test_a_nested_rule_is_built_with_keys_and_counts_as_the_command_line_does(
    said: Said, online_retail: str, retail: Path, open_page: OpenPage
) -> None:
    page = open_page(f"{online_retail}/audiences/new", said.language)
    keys = page.keyboard
    page.get_by_role("button", name=said.from_nothing).focus()
    keys.press("Enter")
    typed(page, f"{said.condition} 1 {said.value}", "500")
    keys.press("Enter")
    page.get_by_label(f"{said.condition} 2 {said.trait}", exact=True).focus()
    keys.type(said.orders)
    keys.press("Enter")
    typed(page, f"{said.condition} 2 {said.value}", "2")
    keys.press("Control+Shift+Enter")
    typed(page, f"{said.condition} 3.1 {said.value}", "20")
    keys.press("Control+d")
    page.get_by_role("group", name=f"{said.group} 3", exact=True).get_by_role("radio").first.focus()
    keys.press("Control+Shift+x")
    few = {"trait": "order_count", "op": ">=", "value": 2}
    many = {"trait": "order_count", "op": ">=", "value": 20}
    spent = {"trait": "spend", "op": ">=", "value": 500}
    nested = {"all": [spent, few, {"not": {"any": [many, many]}}]}
    is_asked(page, nested)
    told = json.loads(titian("select", json.dumps(nested), "--workspace", str(retail), "--json"))
    assert 0 < told["customers"] < told["everyone"]
    expect(page.get_by_test_id("count")).to_have_text(f"{told['customers']:,}")
    expect(page.get_by_test_id("answer")).to_contain_text(told["said"][said.language][1:])
    keys.press("Control+z")
    is_asked(page, {"all": [spent, few, {"any": [many, many]}]})
    keys.press("Control+Shift+z")
    is_asked(page, nested)
    page.reload()
    expect(parts(page)).to_have_count(6)
    assert rule_of(page) == nested


@both_in_full
def test_parts_of_a_rule_move_in_and_out_of_groups(said: Said, online_retail: str, open_page: OpenPage) -> None:
    one, two, three = ({"trait": "spend", "op": ">=", "value": value} for value in (100, 200, 300))
    start = json.dumps({"all": [{"any": [one, two]}, three]})
    page = open_page(f"{online_retail}/audiences/new?rule={quote(start)}", said.language)
    page.get_by_label(f"{said.condition} 2 {said.value}", exact=True).focus()
    page.keyboard.press("Alt+ArrowRight")
    is_asked(page, {"all": [{"any": [one, two, three]}]})
    expect(page.get_by_label(f"{said.condition} 1.3 {said.value}", exact=True)).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    is_asked(page, {"all": [{"any": [one, three, two]}]})
    page.keyboard.press("Alt+ArrowLeft")
    is_asked(page, {"all": [{"any": [one, two]}, three]})
    page.keyboard.press("Control+Shift+Backspace")
    is_asked(page, {"all": [{"any": [one, two]}]})


@both_in_full
def test_a_rule_is_text_as_well_and_what_is_wrong_is_said_where_it_is(
    said: Said, online_retail: str, open_page: OpenPage
) -> None:
    page = open_page(f"{online_retail}/audiences/new", said.language)
    page.get_by_role("button", name=said.from_nothing).click()
    page.get_by_text("YAML", exact=True).click()
    text = page.get_by_role("textbox", name=re.compile("YAML"))
    expect(text).to_have_value(re.compile("trait: spend"))
    text.fill("any:\n  - trait: spend\n  - nothing: 1\n")
    expect(page.get_by_role("alert")).to_contain_text("any.1")
    text.fill("any:\n  - {trait: spend, op: '>=', value: 100}\n  - {not: {trait: city, op: in, value: []}}\n")
    page.get_by_role("radio").first.locator("..").click()
    wrong = page.locator("li").filter(has=page.locator('[data-node="1"]')).get_by_role("alert")
    expect(wrong).to_contain_text("any.1.not")


@both_in_full
def test_a_list_of_ids_is_tagged_and_undone(said: Said, online_retail: str, open_page: OpenPage, ask: Ask) -> None:
    page = open_page(f"{online_retail}/audiences?tab=tags", said.language)
    page.get_by_role("button", name=said.new_tag).click()
    form = page.get_by_role("dialog")
    form.get_by_label(said.name, exact=True).fill(f"Mine {said.language}")
    form.get_by_role("button", name=re.compile(f"^{' ?'.join(said.save_name)}$")).click()
    page.get_by_role("button", name=f"Mine {said.language}", exact=True).click()
    page.get_by_role("tab", name=said.many).click()
    page.get_by_label(said.paste).fill("12347 12348, 99999999\n\n12347")
    page.get_by_role("button", name=said.give).click()
    report = page.get_by_role("status", name=said.report)
    expect(report.locator("dd")).to_have_text(["2", "0", "1", "1", "1"])
    (tag,) = (one for one in ask("/tags")["tags"] if one["name"][said.language] == f"Mine {said.language}")
    held = ask(f"/tags/{tag['key']}/customers")
    assert [one["customer_id"] for one in held["customers"]] == ["12347", "12348"]
    report.get_by_role("button", name=said.undo).click()
    expect(report.get_by_role("button")).to_have_count(0)
    assert ask(f"/tags/{tag['key']}/customers")["total"] == 0
    page.request.delete(f"{online_retail}/api/v1/tags/{tag['key']}")


@both_in_full
def test_a_portrait_is_tagged_and_noted_and_the_note_found_again(
    said: Said, online_retail: str, open_page: OpenPage, ask: Ask
) -> None:
    page = open_page(f"{online_retail}/customers/12347", said.language)
    page.get_by_label(said.new_note).fill(f"asked for lanterns {said.language}")
    page.get_by_role("button", name=said.add_note).click()
    expect(page.get_by_role("region", name=said.notes)).to_contain_text("asked for lanterns")
    expect(page.locator("li[data-kind=note]")).to_contain_text("asked for lanterns")
    page.get_by_label(said.add_tag).focus()
    page.keyboard.type(f"Lanterns {said.language}")
    page.keyboard.press("Enter")
    tags = page.get_by_role("group", name=said.tags, exact=True)
    expect(tags).to_contain_text(f"Lanterns {said.language}")
    (tag,) = ask("/customers/12347/tags")
    page.get_by_role("button", name=said.undo).click()
    expect(tags).not_to_contain_text(f"Lanterns {said.language}")
    assert ask("/customers/12347/tags") == []
    page.request.delete(f"{online_retail}/api/v1/tags/{tag['tag']}")
    page.goto(f"{online_retail}/customers")
    page.get_by_role("button", name=said.notes, exact=True).click()
    page.get_by_label(said.find_notes).fill(f"lanterns {said.language}")
    found = page.get_by_role("dialog")
    expect(found.get_by_role("listitem")).to_have_count(1)
    found.get_by_role("link", name="12347").click()
    expect(page).to_have_url(re.compile("/customers/12347"))
    (note,) = ask("/customers/12347/notes")["notes"]
    page.request.delete(f"{online_retail}/api/v1/notes/{note['id']}")


def test_an_audience_is_saved_looked_at_and_laid_over_another(
    online_retail: str, open_page: OpenPage, ask: Ask
) -> None:
    said, rule = EN, quote(json.dumps({"trait": "spend", "op": ">=", "value": 1000}))
    page = open_page(f"{online_retail}/audiences/new?rule={rule}")
    page.get_by_role("button", name=said.save_audience).click()
    form = page.get_by_role("dialog")
    form.get_by_label(said.name, exact=True).fill("Big ones")
    form.get_by_role("button", name=said.save_name, exact=True).click()
    expect(page).to_have_url(re.compile("/audiences/big_ones"))
    counted = ask("/audiences/big_ones")["audience"]["customers"]
    expect(page.get_by_test_id("count")).to_have_text(f"{counted:,}")
    other = {
        "key": "often",
        "name": {"zh": "常客", "en": "Often"},
        "rule": {"trait": "order_count", "op": ">=", "value": 5},
    }
    assert page.request.post(f"{online_retail}/api/v1/audiences", data=other).ok
    page.goto(f"{online_retail}/audiences?tab=overlap&with=big_ones&with=often")
    told = page.request.post(
        f"{online_retail}/api/v1/audiences/overlap", data={"audiences": ["big_ones", "often"]}
    ).json()
    numbers = page.get_by_role("figure").locator("thead th > span:first-child")
    inside = [one["customers"] for one in told["intersections"] if one["audiences"] and one["customers"]]
    expect(numbers).to_have_text([f"{count:,}" for count in inside])
    for key in ("big_ones", "often"):
        page.request.delete(f"{online_retail}/api/v1/audiences/{key}")
