"""Signing in with the word of an OpenID Connect provider, a real one on this machine, and of one that lies."""

from __future__ import annotations

import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import RSAKey

from tests.server.people import login_of, stranger
from tests.server.provider import CLIENT, SECRET, Provider, running
from titian.app.desk import Desk
from titian.app.settings import ProviderSettings, WorkspaceSettings, checked
from titian.errors import InputError

BEGIN, CALLBACK = "/api/v1/session/openid", "/api/v1/session/openid/callback"


@pytest.fixture(scope="module")
def served() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture
def provider(served: Provider) -> Provider:
    served.overrides, served.signs_with = {}, None
    served.claims = {"email": login_of("analyst"), "email_verified": True, "name": "An Analyst"}
    return served


@pytest.fixture
def desk(closed: Desk, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("TITIAN_OPENID_SECRET", SECRET)
    settings = ProviderSettings(issuer=provider.address, client_id=CLIENT, name="Tea SSO", domains=("tea.example",))
    closed.set(closed.workspace.settings.model_copy(update={"server": _server(closed, settings)}))
    return closed


@pytest.fixture
def browser(desk: Desk) -> TestClient:
    client = stranger(desk)
    client.follow_redirects = False
    return client


def _server(desk: Desk, settings: ProviderSettings | None):
    return desk.workspace.settings.server.model_copy(update={"openid": settings})


def to_provider(browser: TestClient) -> str:
    """What the provider sends the browser back to."""
    answer = browser.get(BEGIN)
    assert answer.status_code == 303
    back = httpx.get(answer.headers["location"]).headers["location"]
    return back.removeprefix(str(browser.base_url))


def who(browser: TestClient) -> str | None:
    person = browser.get("/api/v1/session").json()["person"]
    return person and person["login"]


def test_whoever_the_provider_knows_by_a_login_of_here_is_signed_in(browser: TestClient) -> None:
    assert browser.get("/api/v1/session").json()["provider"] == "Tea SSO"
    answer = browser.get(to_provider(browser))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert who(browser) == login_of("analyst")


def test_somebody_new_of_a_domain_is_added_with_the_least_role(
    browser: TestClient, provider: Provider, desk: Desk
) -> None:
    provider.claims |= {"email": "New@Tea.example", "name": "New"}
    browser.get(to_provider(browser))
    (added,) = [one for one in desk.people.all() if one.login == "new@tea.example"]
    assert (added.role, added.name, added.must_change) == ("viewer", "New", False)
    assert who(browser) == "new@tea.example"


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "new@elsewhere.example"},
        {"email": "new@tea.example.evil.example"},
        {"email": login_of("owner"), "email_verified": False},
        {"email": login_of("owner"), "email_verified": "true"},
        {"email": None},
        {"email": "<script>@tea.example"},
    ],
    ids=str,
)
def test_others_are_refused_and_nobody_is_added(browser: TestClient, provider: Provider, desk: Desk, claims) -> None:
    provider.claims |= claims
    answer = browser.get(to_provider(browser))
    assert answer.headers["location"] == "/?refused=provider"
    assert who(browser) is None
    assert len(desk.people.all()) == 5


@pytest.mark.parametrize(
    "overrides",
    [
        {"aud": "somebody else"},
        {"iss": "https://evil.example"},
        {"nonce": "another"},
        {"exp": int(time.time()) - 3_600},
    ],
    ids=str,
)
def test_a_token_for_another_place_or_time_is_refused(browser: TestClient, provider: Provider, overrides) -> None:
    provider.overrides = overrides
    assert browser.get(to_provider(browser)).headers["location"] == "/?refused=provider"
    assert who(browser) is None


def test_a_token_that_another_signed_is_refused(browser: TestClient, provider: Provider) -> None:
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert browser.get(to_provider(browser)).headers["location"] == "/?refused=provider"
    assert who(browser) is None


def test_a_code_serves_once(browser: TestClient) -> None:
    back = to_provider(browser)
    browser.get(back)
    browser.delete("/api/v1/session")
    assert browser.get(back).headers["location"] == "/?refused=provider"
    assert who(browser) is None


def test_what_was_begun_in_another_browser_is_refused(browser: TestClient, desk: Desk) -> None:
    back = to_provider(browser)
    victim = stranger(desk)
    victim.follow_redirects = False
    assert victim.get(back).headers["location"] == "/?refused=provider"
    assert who(victim) is None


@pytest.mark.parametrize("query", ["", "?error=access_denied&state=x", "?code=x&state=é", "?code=x", "?state="])
def test_coming_back_with_anything_else_is_refused(browser: TestClient, query: str) -> None:
    to_provider(browser)
    assert browser.get(CALLBACK + query).headers["location"] == "/?refused=provider"


@pytest.mark.parametrize("held", ["", "e30=", "W10=", "!!", "eyJzdGF0ZSI6ICJ4In0="])
def test_a_strange_cookie_is_refused(browser: TestClient, desk: Desk, held: str) -> None:
    to_provider(browser)
    (name,) = [name for name in browser.cookies if "openid" in name]
    browser.cookies.clear()
    browser.cookies.set(name, held)
    assert browser.get(f"{CALLBACK}?code=x&state=x").headers["location"] == "/?refused=provider"


def test_whoever_is_switched_off_stays_out(browser: TestClient, desk: Desk) -> None:
    held = next(one for one in desk.people.all() if one.role == "analyst")
    desk.people.change(held.model_copy(update={"active": False}), None)
    assert browser.get(to_provider(browser)).headers["location"] == "/?refused=provider"


def test_a_first_password_opens_nothing_after_the_provider_has_vouched(browser, provider: Provider, desk: Desk) -> None:
    _, password = desk.people.add("wang@tea.example", "", "operator", None)
    provider.claims |= {"email": "wang@tea.example"}
    browser.get(to_provider(browser))
    assert browser.get("/api/v1/workspace").status_code == 200
    body = {"login": "wang@tea.example", "password": password}
    assert stranger(desk).post("/api/v1/session", json=body).status_code == 401


def test_what_is_asked_of_the_provider_is_bound_to_this_browser(browser: TestClient) -> None:
    answer = browser.get(BEGIN)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}
    assert asked["redirect_uri"] == str(browser.base_url).rstrip("/") + CALLBACK
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    assert asked["scope"] == "openid email profile"
    (line,) = [one for one in answer.headers.get_list("set-cookie") if "openid" in one]
    assert "HttpOnly" in line
    assert "samesite=lax" in line.lower()
    assert SECRET not in answer.headers["location"] + line


def test_without_a_provider_there_is_nothing_to_go_to(closed: Desk) -> None:
    assert stranger(closed).get(BEGIN).status_code == 404
    assert stranger(closed).get("/api/v1/session").json()["provider"] is None


def test_without_the_secret_it_says_which_variable(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TITIAN_OPENID_SECRET")
    answer = browser.get(BEGIN)
    assert (answer.status_code, "TITIAN_OPENID_SECRET" in answer.json()["detail"]) == (400, True)


def test_a_provider_that_can_not_be_reached_is_told(desk: Desk) -> None:
    gone = ProviderSettings(issuer="http://127.0.0.1:9", client_id=CLIENT)
    desk.set(desk.workspace.settings.model_copy(update={"server": _server(desk, gone)}))
    answer = stranger(desk).get(BEGIN)
    assert (answer.status_code, "can't be reached" in answer.json()["detail"]) == (401, True)


@pytest.mark.parametrize("issuer", ["http://login.example", "login.example", "ftp://x", ""])
def test_an_issuer_without_https_is_refused(issuer: str) -> None:
    values = WorkspaceSettings().model_dump()
    values["server"]["openid"] = {"issuer": issuer, "client_id": "x"}
    with pytest.raises(InputError, match="https"):
        checked(values, "titian.yaml")


def test_nobody_is_made_owner_by_a_provider() -> None:
    values = WorkspaceSettings().model_dump()
    values["server"]["openid"] = {"issuer": "https://login.example", "client_id": "x", "role": "owner"}
    with pytest.raises(InputError, match="role"):
        checked(values, "titian.yaml")
