"""Needs: what a caller has to be permitted for a route to answer; every route says one."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.params import Depends
from fastapi.routing import APIRoute

from titian.app import masking
from titian.app.answers.people import Permission
from titian.app.permitted import may, need
from titian.errors import ForbiddenError
from titian.server.callers import Caller, needed

Needed = Permission | Literal["nothing", "sign_in"]
"""A permission; sign_in: to be somebody; nothing: these are how one becomes somebody."""


class Needs:
    """A dependency that refuses whoever may not."""

    def __init__(self, what: Needed) -> None:
        self.what: Needed = what

    async def __call__(self, request: Request) -> None:
        """Raise SignInError or ForbiddenError unless the caller may."""
        caller: Caller | None = request.scope["caller"]
        if self.what == "nothing":
            return
        if caller is None:
            raise needed()
        if self.what == "sign_in":
            return
        if caller.person is not None and caller.person.must_change:
            raise _change_first()
        need(self.what)
        if not may("customers.personal"):
            masking.refuse_personal(request.query_params.multi_items(), await _body(request))


def needs(what: Needed) -> Depends:
    """For a route's dependencies: what its callers have to be permitted."""
    return Depends(Needs(what))


def needed_by(*routers: APIRouter) -> dict[str, Needed]:
    """What each route of some routers needs, by the route's name. Raises LookupError for one that says nothing."""
    return {route.name: _said(route) for router in routers for route in router.routes if isinstance(route, APIRoute)}


def _said(route: APIRoute) -> Needed:
    for dependency in route.dependencies:
        if isinstance(dependency.dependency, Needs):
            return dependency.dependency.what
    raise LookupError(f"{route.name} does not say what it needs")


async def _body(request: Request) -> Any:
    """What the call says as JSON, whatever it calls that; nothing for files and for what can't be read, which others tell."""
    if request.headers.get("content-type", "").lower().startswith("multipart/"):
        return None
    try:
        return await request.json()
    except (ValueError, RecursionError):
        return None


def _change_first() -> ForbiddenError:
    return ForbiddenError(
        "change your password first: it was made by somebody else",
        "choose one of your own at the console",
        zh="请先修改密码：当前密码是他人为你生成的",
        hint_zh="请在控制台设置自己的密码",
        must_change=True,
    )
