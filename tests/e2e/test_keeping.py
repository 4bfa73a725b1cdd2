"""Definitions and their versions, a customer's own data, and tags by rule, as they are kept in the console."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.app import filing, market, tagged
from tests.e2e.conftest import OpenPage
from tests.e2e.serving import served
from titian.app import applying, saving_audiences
from titian.app import workspace as workspaces
from titian.app.answers.audiences import NewAudience
from titian.app.desk import Desk
from titian.app.workspace import Workspace
from titian.domain.words import Words

pytestmark = pytest.mark.e2e

SPENT = {"trait": "spend", "op": ">=", "value": 100}
MORE = {"trait": "spend", "op": ">=", "value": 200}


@pytest.fixture(scope="module")
def kept(browser: Browser, shop: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small shop with an audience of two versions that another rests on, its files written and one of them changed."""
    own = market.copied(shop, tmp_path_factory.mktemp("kept") / "shop")
    with Desk(own) as desk, desk.reading() as reading:
        for key, rule in (("spent", SPENT), ("spent", MORE), ("again", {"audience": "spent"})):
            saving_audiences.save(reading, NewAudience(key=key, name=Words(zh=key, en=key), rule=rule))
        applying.export(desk)
    filing.put_rule(desk, "again", {"not": {"audience": "spent"}}, base_version=1)
    return own.path


@pytest.fixture(scope="module")
def address(kept: Path) -> Iterator[str]:
    with served(kept) as opened:
        yield opened


def button(page: Page | Locator, name: str) -> Locator:
    """A button; two Han letters may stand apart on it."""
    return page.get_by_role("button", name=re.compile(" ?".join(name) if len(name) == 2 else re.escape(name)))


def test_an_audience_is_rolled_back_and_not_deleted_while_in_use(address: str, open_page: OpenPage) -> None:
    page = open_page(f"{address}/settings/definitions")
    page.get_by_role("link", name="Spent", exact=True).click()
    diff = page.get_by_role("region", name="What changed")
    expect(diff.locator("[data-kind=goes]")).to_contain_text("value: 100")
    expect(diff.locator("[data-kind=comes]")).to_contain_text("value: 200")
    expect(page.get_by_role("region", name="What depends on this")).to_contain_text("Again")
    button(page, "Delete").click()
    expect(page.get_by_role("dialog")).to_contain_text("Again")
    button(page.get_by_role("dialog"), "Change their rules").click()
    page.get_by_role("button", name="Roll back to version 1").click()
    button(page.get_by_role("dialog"), "Publish it again").click()
    expect(page.locator("li").filter(has_text="in force")).to_contain_text("version 3")
    button(page, "Undo").click()
    expect(page.locator("li").filter(has_text="in force")).to_contain_text("version 4")


def test_a_plan_is_looked_at_and_applied(address: str, open_page: OpenPage) -> None:
    page = open_page(f"{address}/settings/definitions?tab=files", "zh")
    again = page.locator('[data-place="audiences/again"]')
    expect(again.locator("[data-kind=comes]").first).to_contain_text("not")
    expect(again.get_by_role("region", name="会移动的客户")).to_contain_text("不在其中")
    button(page, "应用 1 项变化").click()
    button(page.get_by_role("dialog"), "应用").click()
    expect(page.get_by_text("没有要应用的变化")).to_be_visible()


def test_what_was_removed_comes_back(address: str, open_page: OpenPage) -> None:
    page = open_page(f"{address}/settings/definitions/audiences/again")
    button(page, "Delete").click()
    button(page.get_by_role("dialog"), "Delete").click()
    expect(page.get_by_text("It was removed")).to_be_visible()
    page.goto(f"{address}/settings/definitions?tab=removed")
    button(page.get_by_role("row").filter(has_text="again"), "Restore").click()
    expect(page.get_by_text("Nothing was removed")).to_be_visible()


def test_a_tag_by_rule_is_made_and_stays_on_the_customer(address: str, open_page: OpenPage) -> None:
    page = open_page(f"{address}/audiences?tab=tags", "zh")
    button(page, "新建标签").click()
    form = page.get_by_role("dialog")
    form.get_by_label("名称", exact=True).fill("高消费")
    form.get_by_text("按规则", exact=True).click()
    expect(form.get_by_test_id("meets")).to_contain_text("位客户满足")
    button(form, "保存").click()
    page.get_by_role("button", name="高消费", exact=True).click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_test_id("said")).to_contain_text("消费金额 ≥")
    expect(drawer.get_by_test_id("in-step")).to_contain_text("上次与规则同步：20")
    button(drawer, "立即刷新").click()
    expect(page.get_by_text("已同步 1 个标签：新增 0 位，移出 0 位")).to_be_visible()
    drawer.get_by_role("link", name=re.compile(r"^\d{5}$")).first.click()
    chip = page.get_by_role("group", name="标签").locator("[title]").filter(has_text="高消费")
    expect(chip).to_have_attribute("title", re.compile("不能手动取消"))
    expect(chip.get_by_role("button")).to_have_count(0)


def test_a_tag_has_versions_and_a_change_from_an_old_one_is_refused(address: str, open_page: OpenPage) -> None:
    page = open_page(f"{address}/audiences?tab=tags")
    api = f"{address}/api/v1/tags"
    made = {"key": "vip", "name": {"zh": "贵宾", "en": "VIP"}, "colour": "red"}
    assert page.request.post(api, data=made).ok
    page.reload()
    button(page, "What can be done to VIP").click()
    page.get_by_role("menuitem", name="Edit").click()
    form = page.get_by_role("dialog")
    assert page.request.put(f"{api}/vip", data={**made, "colour": "blue", "base_version": 1}).ok
    form.get_by_label("Name", exact=True).fill("Very important")
    button(form, "Save").click()
    expect(form.get_by_role("alert")).to_contain_text("version 2 now")
    button(form, "Cancel").click()
    page.goto(f"{address}/audiences?tab=tags&tag=vip")
    page.get_by_role("link", name="Version 2").click()
    diff = page.get_by_role("region", name="What changed")
    expect(diff.locator("[data-kind=comes]")).to_contain_text("colour: blue")
    page.get_by_role("button", name="Roll back to version 1").click()
    button(page.get_by_role("dialog"), "Publish it again").click()
    expect(page.locator("li").filter(has_text="in force")).to_contain_text("version 3")


def test_a_plan_says_who_would_gain_and_lose_a_tag(address: str, kept: Path, open_page: OpenPage) -> None:
    page = open_page(f"{address}/settings/definitions?tab=files", "zh")
    with Desk(workspaces.read(kept)) as desk:
        tagged.put(desk, "many", {"trait": "order_count", "op": ">=", "value": 3})
        button(page, "重新查看").click()
        many = page.locator('[data-place="tags/many"]')
        expect(many).to_contain_text("位客户会有它")
        expect(many.get_by_role("region", name="会移动的客户")).to_contain_text("没有")
        button(page, "应用 1 项变化").click()
        button(page.get_by_role("dialog"), "应用").click()
        expect(page.get_by_text("没有要应用的变化")).to_be_visible()
        assert desk.tags.one("many").customers > 0


def test_a_customer_is_handed_out_and_erased(address: str, open_page: OpenPage) -> None:
    page = open_page(f"{address}/customers/00007")
    page.get_by_role("button", name="Their data").click()
    with page.expect_download() as taken:
        page.get_by_text("Hand out everything").click()
    told = json.loads(Path(taken.value.path()).read_text("utf-8"))
    assert told["customer_id"] == "00007"
    assert told["tables"]["orders"]
    page.get_by_role("button", name="Their data").click()
    page.get_by_text("Erase for good …").click()
    dialog = page.get_by_role("dialog")
    expect(button(dialog, "Erase for good")).to_be_disabled()
    dialog.get_by_role("textbox").fill("00007")
    button(dialog, "Erase for good").click()
    expect(dialog).to_contain_text("found nowhere")
    button(dialog, "To the customers").click()
    expect(page).to_have_url(re.compile("/customers(\\?.*)?$"))
    page.goto(f"{address}/customers/00007")
    expect(page.get_by_role("alert").or_(page.get_by_text("00007", exact=True)).first).to_be_visible()
    page.goto(f"{address}/settings")
    expect(page.get_by_role("region", name="Erased customers").get_by_role("row")).to_have_count(2)
