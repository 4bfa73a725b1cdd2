"""Cookies: what a browser shows to be known by, and how it is told to.

They go to no other site (SameSite=Strict), no script reads them (HttpOnly), and over HTTPS they go over nothing else. Their
names are the workspace's own: browsers keep cookies by host, whatever the port, and one host may serve several workspaces.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from fastapi import Request, Response

from titian.app.desk import Desk
from titian.app.signing_in_times import BROWSER_SECONDS, SESSION_SECONDS

Kind = Literal["session", "browser", "openid"]
SECONDS: dict[Kind, int] = {"session": SESSION_SECONDS, "browser": BROWSER_SECONDS, "openid": 600}
LEFT_BEHIND = frozenset[Kind]({"openid"})
"""Shown also when another site sends the browser here, as a provider does."""


@dataclass(frozen=True)
class Cookies:
    """The cookies of one workspace, over HTTPS or not."""

    place: str
    secure: bool

    @classmethod
    def of(cls, desk: Desk, scheme: str) -> Cookies:
        """Those of a desk's workspace, for a call that came by a scheme."""
        return cls(hashlib.sha256(str(desk.workspace.path).encode()).hexdigest()[:8], scheme == "https")

    def name(self, kind: Kind) -> str:
        """What it is called; a browser takes one of __Host- from this host alone, and over HTTPS."""
        return f"{'__Host-' if self.secure else ''}titian_{kind}_{self.place}"

    def give(self, response: Response, kind: Kind, value: str) -> None:
        """Let the browser show this from now on."""
        strict: Literal["lax", "strict"] = "lax" if kind in LEFT_BEHIND else "strict"
        response.set_cookie(
            self.name(kind), value, SECONDS[kind], path="/", secure=self.secure, httponly=True, samesite=strict
        )

    def take(self, response: Response, kind: Kind) -> None:
        """Let it show nothing any longer."""
        response.delete_cookie(self.name(kind), path="/", secure=self.secure, httponly=True, samesite="strict")

    def header(self, kind: Kind, value: str) -> str:
        """The same as the text of a Set-Cookie header."""
        carrier = Response()
        self.give(carrier, kind, value)
        return carrier.headers["set-cookie"]


def cookies_of(request: Request) -> Cookies:
    """The cookies that belong to a call."""
    return Cookies.of(request.app.state.desk, request.url.scheme)
