"""Throttling: how often signing in may fail, so that nobody guesses a password and nobody locks somebody else out.

Who tries from a browser in which the person has signed in before is counted by that browser alone. Everybody else is counted
by login and network, by network, and by login over all networks: guessing from everywhere at once closes a login to unknown
browsers for a while, never to the browsers of its owner (OWASP: slow down online guessing attacks with device cookies).
"""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from titian.errors import TooManyError
from titian.store import failures
from titian.store.audit import wait_for_others
from titian.store.database import Connection

WINDOW = timedelta(minutes=15)
BY_BROWSER = 10
BY_LOGIN_AND_NETWORK = 5
BY_NETWORK = 50
BY_LOGIN = 100


@dataclass(frozen=True)
class Bucket:
    """What failures are counted by, as a digest, and how many there may be in a window."""

    name: str
    most: int


def of_browser(browser: str) -> tuple[Bucket, ...]:
    """What counts for a browser that is known."""
    return (_bucket(BY_BROWSER, "browser", browser),)


def of_stranger(login: str, address: str) -> tuple[Bucket, ...]:
    """What counts for one that is not."""
    network = network_of(address)
    return (
        _bucket(BY_LOGIN_AND_NETWORK, "login and network", login, network),
        _bucket(BY_NETWORK, "network", network),
        _bucket(BY_LOGIN, "login", login),
    )


def take(connection: Connection, buckets: Iterable[Bucket], now: datetime) -> None:
    """Count a try as failed before it is known to be right, so that many at once are counted, too. Raises TooManyError."""
    wait_for_others(connection)
    waits = []
    for bucket in buckets:
        count, since = failures.count(connection, bucket.name, now, WINDOW)
        if count >= bucket.most:
            waits.append(int((since + WINDOW - now).total_seconds()) + 1)
    if waits:
        raise _too_many(max(waits))
    for bucket in buckets:
        failures.add(connection, bucket.name, now, WINDOW)


def forgive(connection: Connection, buckets: Sequence[Bucket], now: datetime) -> None:
    """It was right after all: what counts for this login from there begins anew, and this try counts for nothing."""
    failures.clear(connection, buckets[0].name)
    for bucket in buckets[1:]:
        failures.take_back(connection, bucket.name)
    failures.sweep(connection, now, WINDOW)


def network_of(address: str) -> str:
    """An address of IPv4, or the /64 of one of IPv6, of which one household has millions."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:60]
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _bucket(most: int, *about: str) -> Bucket:
    return Bucket(hashlib.sha256("\n".join(about).encode("utf-8", "replace")).hexdigest(), most)


def _too_many(wait: int) -> TooManyError:
    minutes = -(-wait // 60)
    return TooManyError(
        f"signing in failed too often; it can be tried again in {minutes} min",
        "wait, use a browser in which you have signed in before, or let an admin give you a new password",
        zh=f"登录失败次数过多，请在 {minutes} 分钟后重试",
        hint_zh="请稍候，或使用曾经登录过的浏览器，或请管理员重置密码",
        wait_seconds=wait,
    )
