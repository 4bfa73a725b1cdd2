"""A first import through the console: from an empty workspace to layers."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage
from tests.e2e.words import Said, both_in_full

pytestmark = pytest.mark.e2e

HEADER = ("订单编号", "买家会员名", "付款时间", "实付金额", "订单状态")
ROWS = [
    (f"{n:05}", f"客户{n % 17:02}", f"2024-{1 + n % 9:02}-{1 + n % 28:02} 10:00:00", f"￥{20 + n}.50", "交易成功")
    for n in range(200)
] + [("90001", "客户01", "2024-05-05 10:00:00", "很多", "交易成功"), ("90002", "客户02", "昨天", "12", "交易成功")]


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "店铺 订单.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([HEADER, *ROWS])
    return path


@pytest.fixture
def nothing(tmp_path: Path) -> Path:
    path = tmp_path / "empty.csv"
    path.touch()
    return path


@both_in_full
def test_a_first_file_becomes_layers_and_a_second_time_changes_nothing(
    said: Said, empty: str, open_page: OpenPage, orders: Path, nothing: Path
) -> None:
    page = open_page(empty, said.language)
    page.get_by_role("button", name=said.import_orders).click()
    page.locator("input[type=file]").set_input_files(nothing)
    expect(page.get_by_role("alert")).to_contain_text("empty.csv")

    page.locator("input[type=file]").set_input_files(orders)
    expect(page.get_by_role("cell", name="￥20.50").first).to_be_visible()
    page.get_by_role("button", name=said.start_import).click()
    rejected = page.get_by_role("region", name=said.rejected).first
    expect(rejected).to_contain_text("很多", timeout=60_000)
    expect(rejected).to_contain_text(said.bad_amount)
    with page.expect_download() as download:
        rejected.get_by_role("link").click()
    assert len(Path(download.value.path()).read_text("utf-8-sig").splitlines()) == 3
    page.get_by_role("button", name=said.see_layers).click()
    expect(page).to_have_url(re.compile("/layerings/rfm"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("RFM")

    page.goto(f"{empty}/data")
    page.locator("input[type=file]").set_input_files(orders)
    page.get_by_role("button", name=said.start_import).click()
    figure = page.locator("dl div", has_text=said.unchanged).locator("dd")
    expect(figure).to_have_text("200", timeout=60_000)
