"""The rule that only this machine is served while nobody has to sign in."""

from __future__ import annotations

import ipaddress

from titian.errors import InputError


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or address, without port) can only be this machine."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def require_loopback(host: str) -> None:
    """Raise InputError, with the reason, unless only this machine can reach `host`."""
    if is_loopback(host):
        return
    raise InputError(
        f"refusing to serve on {host}: nobody has to sign in yet, so whoever reaches it could read every customer",
        "add an owner first: titian add-person LOGIN --role owner; or serve on 127.0.0.1",
        zh=f"拒绝在 {host} 上提供服务：尚未设置所有者、无需登录，能连上的人就能看到全部客户",
        hint_zh="请先添加所有者：titian add-person 登录名 --role owner；或用 127.0.0.1 启动",
        host=host,
    )
