"""What to know of a customer is filled in on their page and taken back, and somebody is put in charge, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Language, OpenPage

pytestmark = pytest.mark.e2e
CUSTOMER = "12346"


@dataclass(frozen=True)
class Words:
    language: Language
    things: str
    fill: str
    change: str
    gift: str
    words: str
    save: str
    undo: str
    in_charge: str
    everyone: str


ZH = Words(
    "zh",
    "要了解的四件事",
    "填写 为什么下单",
    "修改 为什么下单",
    "送礼",
    "补充一句话",
    "保存",
    "撤销",
    "更换负责人",
    "负责人",
)
EN = Words(
    "en", "Four things to know", "Fill in why they ordered", "Edit why they ordered", "A gift", "In a few words", "Save", "Undo",
    "Change who is in charge", "In charge",
)  # fmt: skip


def put_in_charge(page: Page, words: Words, name: str) -> None:
    """Type a name that nobody had yet, and take it."""
    page.get_by_role("combobox", name=words.in_charge).fill(name)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("words", [pytest.param(ZH, id="zh"), pytest.param(EN, id="en", marks=pytest.mark.full)])
def test_a_thing_is_filled_in_taken_back_and_somebody_is_in_charge(
    words: Words, online_retail: str, open_page: OpenPage, ask: Callable[[str], Any]
) -> None:
    page = open_page(f"{online_retail}/customers/{CUSTOMER}", words.language)
    panel = page.get_by_role("region", name=words.things)
    panel.get_by_role("button", name=words.fill).click()
    panel.get_by_text(words.gift, exact=True).click()
    panel.get_by_label(words.words).fill("for her <b>mother</b>")
    panel.get_by_role("button", name=words.save).click()
    expect(panel.get_by_text("for her <b>mother</b>", exact=True)).to_be_visible()
    expect(panel.get_by_role("button", name=words.change)).to_be_visible()
    assert "why_ordered" not in ask(f"/customers/{CUSTOMER}/known")["unknown"]
    page.get_by_role("button", name=words.undo).click()
    expect(panel.get_by_role("button", name=words.fill)).to_be_visible()
    assert "why_ordered" in ask(f"/customers/{CUSTOMER}/known")["unknown"]
    name = f"王芳 {words.language}"
    put_in_charge(page, words, name)
    expect(page.get_by_title(name, exact=True).first).to_be_visible()
    assert ask(f"/customers/{CUSTOMER}/staff")["charge"]["staff"] == name
    page.goto(f"{online_retail}/customers?staff={name}")
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader", name=re.compile(f"^{words.everyone}$"))).to_be_visible()
    expect(table.get_by_role("link", name=CUSTOMER)).to_be_visible()
    expect(table.get_by_role("link")).to_have_count(1)
