"""A team is let in: the first owner, wrong passwords, a viewer with what they may see, signing out everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app import market
from tests.e2e.conftest import OpenPage
from tests.e2e.serving import served
from tests.e2e.test_access import AXE, grave, settled
from titian.app import importing
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.warehouse.progress import silent

pytestmark = pytest.mark.e2e

OWNER, OWNERS_PASSWORD = "lin@shop.example", "terraces in the rain"
VIEWER, VIEWERS_PASSWORD = "vic", "seven quiet herons"
CUSTOMER, NAME = "00007", "Wang Yue"


@pytest.fixture(scope="module")
def shop(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a workspace in which a customer has a name; nobody has to sign in yet."""
    folder = tmp_path_factory.mktemp("people")
    named = folder / "named.csv"
    named.write_text(f"customer_id,name,phone,email,city\n{CUSTOMER},{NAME},,,\n", encoding="utf-8")
    workspace = market.made(folder)
    with Desk(workspace) as desk:
        importing.load(desk, SourceAsked(str(named)), market.PEOPLE, strict=True, progress=silent)
    with served(workspace.path) as address:
        yield address


def is_for_everybody(page: Page) -> None:
    """Axe finds nothing serious, where it is installed."""
    settled(page)
    assert not AXE.is_file() or grave(page) == []


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def sign_in(page: Page, login: str, password: str) -> None:
    page.get_by_label("Login", exact=True).fill(login)
    page.get_by_label("Password", exact=True).fill(password)
    press(page, "Sign in")


def choose_password(page: Page, password: str) -> None:
    page.get_by_label("New password", exact=True).fill(password)
    page.get_by_label("New password again").fill(password)


def sign_out(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Signed in as")).click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def test_a_team_is_let_in_and_each_sees_what_they_may(shop: str, open_page: OpenPage) -> None:
    owner = open_page(f"{shop}/settings?tab=people")
    owner.get_by_label("Login", exact=True).fill(OWNER)
    owner.get_by_label("Name", exact=True).fill("Lin")
    choose_password(owner, OWNERS_PASSWORD)
    press(owner, "Set the first owner")
    expect(owner.get_by_role("region", name="People")).to_contain_text(OWNER)
    sign_out(owner)

    owner.goto(f"{shop}/settings?tab=people")
    sign_in(owner, OWNER, "terraces in the sun")
    expect(owner.get_by_role("alert")).to_contain_text("the login or the password is wrong")
    owner.get_by_label("Password", exact=True).fill(OWNERS_PASSWORD)
    press(owner, "Sign in")
    press(owner, "Add person")
    owner.get_by_label("Login", exact=True).fill(VIEWER)
    owner.get_by_label("Name", exact=True).fill("Victor")
    press(owner, "Add")
    once = owner.get_by_label("One-time password").input_value()
    press(owner, "Done")
    is_for_everybody(owner)
    expect(owner.get_by_role("region", name="People")).to_contain_text("has not chosen a password yet")

    viewer = open_page(f"{shop}/customers/{CUSTOMER}")
    expect(viewer.get_by_text(NAME)).to_have_count(0)
    sign_in(viewer, VIEWER, once)
    expect(viewer.get_by_role("heading", level=1)).to_have_text("Welcome, Victor")
    viewer.get_by_label("One-time password").fill(once)
    choose_password(viewer, VIEWERS_PASSWORD)
    press(viewer, "Save password")
    expect(viewer).to_have_url(f"{shop}/customers/{CUSTOMER}")
    expect(viewer.get_by_text(f"{NAME[0]}**")).not_to_have_count(0)
    expect(viewer.get_by_text(NAME)).to_have_count(0)
    expect(viewer.get_by_role("button", name="Add note")).to_have_count(0)
    viewer.goto(f"{shop}/customers")
    expect(viewer.get_by_role("link", name=CUSTOMER, exact=True)).to_be_visible()
    expect(viewer.get_by_role("button", name="Export")).to_have_count(0)
    viewer.goto(f"{shop}/layerings/rfm?tab=definition")
    lacking = viewer.get_by_role("group", name="Make and change layerings")
    lacking.scroll_into_view_if_needed()
    settled(viewer)
    lacking.hover()
    expect(viewer.get_by_role("tooltip")).to_contain_text("Make and change layerings")
    expect(viewer.get_by_role("button", name=re.compile("^Save as version"))).to_be_disabled()
    viewer.goto(f"{shop}/settings")
    expect(viewer.get_by_role("tab")).to_have_text(["Workspace"])

    owner.goto(f"{shop}/customers/{CUSTOMER}")
    expect(owner.get_by_text(NAME)).not_to_have_count(0)
    expect(owner.get_by_role("button", name="Add note")).to_be_visible()
    elsewhere = owner.context.new_page()
    elsewhere.goto(f"{shop}/customers")
    expect(elsewhere.get_by_role("link", name=CUSTOMER, exact=True)).to_be_visible()
    owner.goto(f"{shop}/account")
    is_for_everybody(owner)
    press(owner, "Sign out everywhere")
    owner.get_by_role("tooltip").get_by_role("button", name="Sign out everywhere").click()
    expect(owner.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    is_for_everybody(owner)

    sign_in(elsewhere, OWNER, OWNERS_PASSWORD)
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Customers")
    expect(owner.get_by_role("heading", level=1)).to_have_text("My account")
    owner.request.delete(f"{shop}/api/v1/sessions")
    owner.goto(f"{shop}/audiences")
    expect(owner.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(owner).to_have_url(f"{shop}/audiences")
    viewer.reload()
    expect(viewer.get_by_role("tab")).to_have_text(["Workspace"])
