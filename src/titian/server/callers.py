"""Callers: who calls, by the key or the session that the call shows, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.datastructures import Headers
from starlette.requests import cookie_parser

from titian.app.answers.people import MAY, Permission, Person, Session
from titian.app.desk import Desk
from titian.errors import SignInError
from titian.server.cookies import Cookies

CONSOLE = "console"
"""Who acts by HTTP while nobody has to sign in."""
BEARER = "bearer "


@dataclass(frozen=True)
class Caller:
    """Who calls. Nobody is a person while nobody has to sign in."""

    name: str
    may: frozenset[Permission]
    person: Person | None = None
    session: Session | None = None
    token: str | None = None
    """What the browser is to show from now on, where that changes."""


ANYBODY = Caller(CONSOLE, MAY["owner"])
"""Whoever is at this machine while nobody has to sign in."""


def caller_of(desk: Desk, headers: Headers, cookies: Cookies) -> Caller | None:
    """Who calls; None for nobody who is known here, so that only public addresses answer."""
    if desk.is_open():
        return ANYBODY
    shown = headers.get("authorization", "")
    if shown.lower().startswith(BEARER):
        return _program(desk, shown[len(BEARER) :].strip())
    token = cookie(headers, cookies.name("session"))
    found = desk.signing_in.of_token(token) if token else None
    if found is None:
        return None
    person = found.person
    may = frozenset[Permission]() if person.must_change else person.may
    return Caller(person.login, may, person, found.session, found.token)


def _program(desk: Desk, token: str) -> Caller | None:
    found = desk.api_keys.of_token(token)
    if found is None:
        return None
    key, owner = found
    return Caller(f"{owner.login} ({key.name})"[:200], key.may(owner), owner)


def cookie(headers: Headers, name: str) -> str | None:
    """What a browser shows under a name, whatever other programs of the same host let it show."""
    return cookie_parser(headers.get("cookie", "")).get(name)


def _caller(request: Request) -> Caller:
    return cast(Caller, request.scope["caller"])


def _person(request: Request) -> Person:
    person = _caller(request).person
    if person is None:
        raise needed()
    return person


def _at_browser(request: Request) -> Session:
    session = _caller(request).session
    if session is None:
        raise needed()
    return session


Calls = Annotated[Caller, Depends(_caller)]
"""Who calls."""
SignedIn = Annotated[Person, Depends(_person)]
"""Who is signed in, or whose key it is. Raises SignInError where nobody is."""
AtBrowser = Annotated[Session, Depends(_at_browser)]
"""The session of the browser that calls. Raises SignInError where there is none, as for keys."""


def needed() -> SignInError:
    """That one has to sign in first."""
    return SignInError(
        "sign in first",
        "sign in at the console, or send an API key as Authorization: Bearer ttn_…",
        zh="请先登录",
        hint_zh="请在控制台登录，或以 Authorization: Bearer ttn_… 携带 API 密钥",
    )
