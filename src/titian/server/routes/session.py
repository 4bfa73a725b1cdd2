"""/session and /sessions: signing in and out, the own password, and the first owner."""

from __future__ import annotations

import structlog
from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from titian.app import membership
from titian.app.answers.people import (
    EndedSessions,
    PasswordAsked,
    Person,
    SessionInfo,
    SessionState,
    SetUpAsked,
    SignInAsked,
)
from titian.app.desk import Desk
from titian.errors import TitianError
from titian.server import openid
from titian.server.callers import AtBrowser, Calls, SignedIn, cookie
from titian.server.cookies import cookies_of
from titian.server.given import AtDesk
from titian.server.needs import needs

router = APIRouter(tags=["session"])

log = structlog.get_logger("titian.server")


@router.get("/session", dependencies=[needs("nothing")])
def get_session(request: Request, desk: AtDesk) -> SessionState:
    """Whether one has to sign in here, who did, and what they may do."""
    caller = request.scope["caller"]
    return membership.state(desk, None if caller is None else caller.person)


@router.post("/session/set-up", status_code=201, dependencies=[needs("nothing")])
def set_up(request: Request, response: Response, desk: AtDesk, asked: SetUpAsked) -> SessionState:
    """Make the first owner and sign them in; from then on everybody has to. 409 when there is one already."""
    return _signed_in(request, response, desk, membership.set_up(desk, asked))


@router.post("/session", status_code=201, dependencies=[needs("nothing")])
def sign_in(request: Request, response: Response, desk: AtDesk, asked: SignInAsked) -> SessionState:
    """Sign in; the answer sets the cookie by which the browser is known from then on."""
    if desk.is_open():
        return membership.state(desk, None)
    return _signed_in(request, response, desk, asked)


@router.delete("/session", status_code=204, dependencies=[needs("sign_in")])
def sign_out(request: Request, response: Response, desk: AtDesk, caller: Calls) -> None:
    """Sign out of this browser."""
    if caller.person is not None and caller.session is not None:
        desk.signing_in.end(caller.person, caller.session.id)
    cookies_of(request).take(response, "session")


@router.put("/session/password", status_code=204, dependencies=[needs("sign_in")])
def change_password(desk: AtDesk, person: SignedIn, session: AtBrowser, asked: PasswordAsked) -> None:
    """Give oneself another password; sessions in other browsers end."""
    desk.signing_in.change_password(person, session, asked.password, asked.new_password)


@router.get("/sessions", dependencies=[needs("sign_in")])
def list_sessions(desk: AtDesk, person: SignedIn, session: AtBrowser) -> list[SessionInfo]:
    """The browsers in which one is signed in, the one used last first."""
    return membership.sessions(desk, person, session.id)


@router.delete("/sessions", dependencies=[needs("sign_in")])
def end_sessions(
    request: Request, response: Response, desk: AtDesk, person: SignedIn, _session: AtBrowser
) -> EndedSessions:
    """Sign out everywhere, here too."""
    cookies_of(request).take(response, "session")
    return EndedSessions(ended=desk.signing_in.end_all(person))


@router.delete("/sessions/{session_id}", status_code=204, dependencies=[needs("sign_in")])
def end_session(desk: AtDesk, person: SignedIn, _session: AtBrowser, session_id: str) -> None:
    """Sign out of another browser."""
    desk.signing_in.end(person, session_id)


@router.get("/session/openid", status_code=303, response_class=RedirectResponse, dependencies=[needs("nothing")])
async def sign_in_elsewhere(request: Request, desk: AtDesk) -> RedirectResponse:
    """Go to the provider to sign in there."""
    return await openid.begin(request, desk)


@router.get(
    "/session/openid/callback", status_code=303, response_class=RedirectResponse, dependencies=[needs("nothing")]
)
async def come_back(request: Request, desk: AtDesk) -> RedirectResponse:
    """Come back from the provider: to the console, signed in, or told why not."""
    answer = RedirectResponse("/", 303)
    try:
        email, name = await openid.claims(request, desk)
        person = await to_thread.run_sync(membership.from_provider, desk, email, name)
        await to_thread.run_sync(_signed_in, request, answer, desk, person)
    except TitianError as error:
        # The address says no more than that: whoever makes addresses must not make the console say things.
        log.warning("sign-in by the provider refused", code=error.code, why=error.message)
        answer = RedirectResponse("/?refused=provider", 303)
    cookies_of(request).take(answer, "openid")
    return answer


def _signed_in(request: Request, response: Response, desk: Desk, who: SignInAsked | Person) -> SessionState:
    """Begin a session: of somebody who says login and password, or is known otherwise."""
    cookies = cookies_of(request)
    browser, agent = cookie(request.headers, cookies.name("browser")), request.headers.get("user-agent", "")
    if isinstance(who, Person):
        begun = desk.signing_in.begin_as(who, browser=browser, agent=agent)
    else:
        login = who.login.strip().lower()
        address = request.client.host if request.client else ""
        begun = desk.signing_in.sign_in(login, who.password, browser=browser, address=address, agent=agent)
    cookies.give(response, "session", begun.token)
    cookies.give(response, "browser", begun.browser)
    return membership.begun(desk, begun.person)
