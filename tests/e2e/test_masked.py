"""What rests on birthdays, in the console of somebody who may not see them: a name with a lock, and nowhere an error."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Language, OpenPage
from tests.e2e.serving import served
from tests.e2e.test_access import AXE, grave, settled
from tests.server import hillside
from tests.server.people import PASSWORD, login_of
from titian.domain.permission import Role

pytestmark = pytest.mark.e2e

LABELS: dict[Language, tuple[str, str, str]] = {
    "en": ("Login", "Password", "Sign in"),
    "zh": ("登录名", "密码", "登录"),
}
MASKED: dict[Language, str] = {"en": "masked", "zh": "已打码"}
REFUSED: dict[Language, str] = {"en": "rests on personal data, which you may not see", "zh": "它依据个人信息"}
HIDDEN_PAGES = [
    *("/layerings/ages", "/layerings/birthdays?tab=flows", "/audiences/early", "/audiences/frozen"),
    *("/customers?layering=ages", "/layerings/compare?first=ages&second=rfm", "/audiences?tab=tags&tag=old"),
    "/audiences?tab=overlap&with=early&with=big",
]


@pytest.fixture(scope="module")
def hill(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a workspace with layerings, audiences and tags by birthdays, and with somebody of every role."""
    with hillside.workspace(tmp_path_factory.mktemp("hill")) as desk:
        hillside.furnish(desk)
        path = desk.workspace.path
    with served(path) as address:
        yield address


def entered(open_page: OpenPage, hill: str, role: Role, language: Language) -> Page:
    page = open_page(f"{hill}/layerings", language=language)
    login, password, action = LABELS[language]
    page.get_by_label(login, exact=True).fill(login_of(role))
    page.get_by_label(password, exact=True).fill(PASSWORD)
    page.get_by_role("button", name=action, exact=True).click()
    expect(page.get_by_role("link", name="ages", exact=True)).to_be_visible()
    return page


def is_calm(page: Page) -> None:
    """Nothing is called an error, and axe finds nothing serious where it is installed."""
    settled(page)
    expect(page.get_by_role("alert")).to_have_count(0)
    assert not AXE.is_file() or grave(page) == []


@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.full)])
def test_pages_of_what_is_masked_say_so_calmly(hill: str, open_page: OpenPage, language: Language) -> None:
    page = entered(open_page, hill, "analyst", language)
    for path in HIDDEN_PAGES:
        page.goto(hill + path)
        expect(page.get_by_test_id("masked").first).to_contain_text(REFUSED[language])
        is_calm(page)
    page.goto(f"{hill}/layerings/ages")
    expect(page.get_by_role("heading", level=1)).to_have_text("ages")


@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.full)])
def test_lists_name_it_with_a_lock_and_offer_nothing_to_do(hill: str, open_page: OpenPage, language: Language) -> None:
    page = entered(open_page, hill, "analyst", language)
    many = len(hillside.LAYERINGS)
    expect(page.get_by_text(MASKED[language], exact=True)).to_have_count(many)
    page.goto(f"{hill}/audiences")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="early", exact=True))
    expect(row).to_contain_text(MASKED[language])
    expect(row.get_by_role("checkbox")).to_be_disabled()
    is_calm(page)
    page.goto(f"{hill}/audiences?tab=tags")
    tag = page.get_by_role("row").filter(has=page.get_by_role("button", name="of_early", exact=True))
    expect(tag).to_contain_text(MASKED[language])
    expect(tag.get_by_role("button")).to_have_count(1)
    is_calm(page)


@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.full)])
def test_a_customer_and_a_definition_say_what_is_left_out(hill: str, open_page: OpenPage, language: Language) -> None:
    page = entered(open_page, hill, "analyst", language)
    page.goto(f"{hill}/customers/c2")
    expect(page.get_by_test_id("masked")).to_contain_text("ages")
    is_calm(page)
    page.goto(f"{hill}/settings/definitions/audiences/nested")
    expect(page.get_by_text(MASKED[language], exact=True).first).to_be_visible()
    expect(page.get_by_text("starts_with")).to_have_count(0)
    is_calm(page)


def test_whoever_may_see_it_sees_no_lock(hill: str, open_page: OpenPage) -> None:
    page = entered(open_page, hill, "operator", "en")
    expect(page.get_by_text("masked", exact=True)).to_have_count(0)
    page.goto(f"{hill}/layerings/ages")
    expect(page.get_by_role("heading", level=1)).to_have_text("ages")
    expect(page.get_by_test_id("masked")).to_have_count(0)
    page.goto(f"{hill}/customers/c2")
    expect(page.get_by_test_id("masked")).to_have_count(0)
