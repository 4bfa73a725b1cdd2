"""The rule that only this machine is served while there is no sign-in."""

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
        f"refusing to serve on {host}: there is no sign-in yet, so whoever reaches it could read every customer",
        "serve on 127.0.0.1 and reach it through a tunnel: ssh -L 8484:127.0.0.1:8484 SERVER",
        zh=f"拒绝在 {host} 上提供服务：目前没有登录功能，能连上的人就能看到全部客户",
        hint_zh="请用 127.0.0.1 启动，通过 SSH 隧道访问：ssh -L 8484:127.0.0.1:8484 服务器",
        host=host,
    )
