"""Permitted: what whoever acts may do, known to every use case without being handed on by every call."""

from __future__ import annotations

from contextvars import ContextVar

from titian.domain.permission import MAY, PERMISSION_WORDS, ROLE_WORDS, ROLES, Permission
from titian.errors import ForbiddenError

permitted: ContextVar[frozenset[Permission]] = ContextVar("permitted", default=MAY["owner"])
"""All of it for whoever has the files of the workspace: the command line, Python, and the console before there is a sign-in."""


def may(permission: Permission) -> bool:
    """Whether who acts may do this."""
    return permission in permitted.get()


def need(permission: Permission) -> None:
    """Raise ForbiddenError, with the roles that may, unless who acts may do this."""
    if may(permission):
        return
    what = PERMISSION_WORDS[permission]
    roles = [role for role in ROLES if permission in MAY[role]]
    listed_zh, listed = "、".join(ROLE_WORDS[role].zh for role in roles), ", ".join(roles)
    raise ForbiddenError(
        f"you may not do this: it needs the permission {permission} ({what.en})",
        f"ask somebody who may, or an admin for another role; roles that may: {listed}",
        zh=f"没有权限：需要“{what.zh}”（{permission}）",
        hint_zh=f"请联系有此权限的成员，或请管理员调整角色；可以这样做的角色：{listed_zh}",
        permission=permission,
        roles=roles,
    )
