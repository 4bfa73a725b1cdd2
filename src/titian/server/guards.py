"""Guards: who calls and whether anybody may, and the headers that keep a browser safe."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from anyio import to_thread
from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from titian.app.acting import acting
from titian.app.answers import Words
from titian.app.desk import Desk
from titian.app.loopback import is_loopback
from titian.app.permitted import permitted
from titian.errors import TitianError
from titian.server import problems
from titian.server.callers import ANYBODY, CONSOLE, Caller, caller_of, needed
from titian.server.cookies import Cookies

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})

MAX_BODY_BYTES = 1 << 20
"""More than any call of the API needs, but for uploads, which have a bound of their own."""

METERS = "/metrics"
UPLOADS = "/uploads"
MAX_CUSTOMERS_BYTES = 64 * MAX_BODY_BYTES
"""Where a call names customers one by one, up to a million."""
_CUSTOMERS = re.compile(r"/tags/[^/]+/customers")

PUBLIC = frozenset(f"/api/v1/session{path}" for path in ("", "/set-up", "/openid", "/openid/callback"))
"""Addresses of the API that answer anybody: how one becomes somebody."""

SAFE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

HSTS = "max-age=31536000"

NUL = Words(zh="地址中含有空字符（%00）", en="the address holds the character NUL (%00)")
NO_NUL = Words(zh="请去掉该字符", en="leave that character away")


def install(app: FastAPI) -> None:
    """Put the guard before `app`."""
    app.add_middleware(_Guard)


class _Guard:
    """Refuses foreign names in Host (DNS rebinding) and foreign pages that write; adds the safe headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        try:
            caller = await to_thread.run_sync(_looked_up, scope)
        except TitianError as error:
            # Where nobody can be told from anybody, nobody is let in.
            await problems.of_error(error)(scope, receive, _safely(scope, send, None))
            return
        safely = _safely(scope, send, caller)
        refusal = _refusal(Headers(scope=scope), scope["method"], scope.get("client"), is_open=caller is ANYBODY)
        if refusal is not None:
            code, said, mend = refusal
            await problems.response(403, code, said, mend)(scope, receive, safely)
        elif _holds_nul(scope):
            await problems.response(400, "input", NUL, NO_NUL)(scope, receive, safely)
        elif _closed(scope["path"]) and (caller is None or (scope["path"] == METERS and not caller.may)):
            await problems.of_error(needed())(scope, receive, safely)
        elif _declared(scope) > _bound(scope["path"]) and not scope["path"].endswith(UPLOADS):
            await problems.too_large()(scope, receive, safely)
        else:
            scope["caller"] = caller
            acting.set(CONSOLE if caller is None else caller.name)
            permitted.set(frozenset() if caller is None else caller.may)
            await self.app(scope, receive, safely)


def _looked_up(scope: Scope) -> Caller | None:
    """Who calls; asked of the store at every call, so that a change holds at once."""
    desk: Desk = scope["app"].state.desk
    return caller_of(desk, Headers(scope=scope), Cookies.of(desk, scope["scheme"]))


def _closed(path: str) -> bool:
    """Whether an address answers nobody but those who are known: the console's own files hold nothing."""
    return (path.startswith("/api/v1/") and path not in PUBLIC) or path == METERS


def _safely(scope: Scope, send: Send, caller: Caller | None) -> Send:
    """`send` with the safe headers, and with what the browser is to show from now on."""

    async def safely(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in SAFE_HEADERS.items():
                headers.setdefault(name, value)
            if scope["path"].startswith("/api/"):
                headers.setdefault("Cache-Control", "no-store")
            if scope["scheme"] == "https":
                headers.setdefault("Strict-Transport-Security", HSTS)
            if caller is not None and caller.token is not None and "set-cookie" not in headers:
                cookies = Cookies.of(scope["app"].state.desk, scope["scheme"])
                headers.append("Set-Cookie", cookies.header("session", caller.token))
        await send(message)

    return safely


def _holds_nul(scope: Scope) -> bool:
    """Whether the path or the query holds a character that no text of the warehouse has and no query can name."""
    return "\x00" in scope["path"] or b"%00" in scope["query_string"]


def _bound(path: str) -> int:
    return MAX_CUSTOMERS_BYTES if _CUSTOMERS.search(path) else MAX_BODY_BYTES


def _declared(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    if not length.isdecimal():
        return 0
    # Python reads no number of thousands of digits; one of twenty is beyond every bound.
    return int(length[:20])


def _refusal(
    headers: Headers, method: str, client: tuple[str, int] | None, *, is_open: bool
) -> tuple[str, Words, Words] | None:
    host = headers.get("host", "")
    if is_open and client is not None and not is_loopback(client[0]):
        return (
            "foreign_caller",
            Words(
                zh=f"尚未设置所有者，来自 {client[0]} 的访问已被拒绝",
                en=f"there is no owner yet: calls of {client[0]} are refused",
            ),
            Words(
                zh="请在本机打开控制台，在“设置 › 成员”中设置所有者",
                en="open the console on this machine and make the owner there: Settings, People",
            ),
        )
    if is_open and not is_loopback(_name_of(host)):
        return (
            "foreign_host",
            Words(
                zh=f"请求的主机名 {host!r} 不是本机", en=f"the call names the host {host!r}, which is not this machine"
            ),
            Words(
                zh="请用 http://127.0.0.1 或 http://localhost 访问",
                en="open it as http://127.0.0.1 or http://localhost",
            ),
        )
    origin = headers.get("origin")
    foreign = origin is not None and _netloc_of(origin) != host.lower()
    if method in WRITES and (foreign or headers.get("sec-fetch-site") in ("cross-site", "same-site")):
        return (
            "foreign_origin",
            Words(
                zh=f"来自其他网页（{origin}）的修改请求已被拒绝", en=f"a page of {origin} may not change anything here"
            ),
            Words(zh="请在 Titian 控制台内操作", en="do it in Titian's own console"),
        )
    return None


def _netloc_of(origin: str) -> str | None:
    """The host and port of an origin; None for what is no address, which is nobody's own page."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None


def _name_of(host: str) -> str:
    """The host's name without port; nothing for what is no host."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
