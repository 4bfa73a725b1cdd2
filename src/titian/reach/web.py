"""Web: HTTP as channels speak it. It looks where an address leads before it connects, follows no redirect, reads little."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpcore2
from httpcore2 import AsyncConnectionPool, AsyncNetworkBackend, AsyncNetworkStream

from titian.reach.addresses import Network, allowed

LONGEST_ANSWER = 64 * 1024
"""Bytes of an answer that are read."""
LONGEST_WAIT_SECONDS = 24 * 3600.0
NOT_SENT = (
    httpcore2.ConnectError,
    httpcore2.ConnectTimeout,
    httpcore2.PoolTimeout,
    httpcore2.UnsupportedProtocol,
    httpcore2.LocalProtocolError,
)
LOST = (httpcore2.NetworkError, httpcore2.TimeoutException, httpcore2.ProtocolError, OSError)
"""Also a TimeoutError, which is an OSError: the whole took too long."""
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class NotSentError(Exception):
    """The request did not get to the other side."""


class ForbiddenAddressError(NotSentError):
    """The name leads to an address that no channel may connect to."""


class AnswerLostError(Exception):
    """The request may have got to the other side; its answer did not come back."""


@dataclass(frozen=True)
class Answer:
    """An answer: status, headers by lower-case name, and the beginning of its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def retry_after_seconds(self, now: datetime | None = None) -> float | None:
        """How long the other side asks to wait (Retry-After: seconds or a date), at most a day; None where it does not."""
        said = self.headers.get("retry-after", "").strip()
        if said.isascii() and said.isdigit():
            return min(float(said[:10]), LONGEST_WAIT_SECONDS)
        try:
            until = parsedate_to_datetime(said)
        except ValueError:
            return None
        wait = until.replace(tzinfo=until.tzinfo or UTC) - (now or datetime.now(UTC))
        return min(max(wait.total_seconds(), 0.0), LONGEST_WAIT_SECONDS)


async def resolved(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, as the machine finds them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class Web:
    """Connections to the other side, one for each call at the same time, kept open between calls."""

    def __init__(
        self,
        *,
        networks: Sequence[Network] = (),
        ca_file: Path | None = None,
        seconds: float = 20.0,
        resolve: Resolve = resolved,
    ) -> None:
        self._timeouts = {"connect": min(seconds, 10.0), "read": seconds, "write": seconds, "pool": seconds}
        # An answer that comes letter by letter keeps every single wait short.
        self._whole = seconds + self._timeouts["connect"]
        self._backend = _Guarded(networks, resolve)
        self._tls = ssl.create_default_context(cafile=ca_file)
        self._idle: list[AsyncConnectionPool] = []

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send a request. Raises NotSentError, AnswerLostError."""
        pool = self._idle.pop() if self._idle else self._opened()
        try:
            return await self._posted(pool, url, headers, body)
        finally:
            self._idle.append(pool)

    def _opened(self) -> AsyncConnectionPool:
        """A pool of one connection: one of many looks at all of them for every request."""
        return AsyncConnectionPool(
            ssl_context=self._tls, max_connections=1, keepalive_expiry=15.0, network_backend=self._backend
        )

    async def _posted(self, pool: AsyncConnectionPool, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        given = [(name.encode(), value.encode()) for name, value in headers.items()]
        timeouts = {"timeout": self._timeouts}
        try:
            async with (
                asyncio.timeout(self._whole),
                pool.stream("POST", url, headers=given, content=body, extensions=timeouts) as answer,
            ):
                held = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
                return Answer(answer.status, held, await _beginning(answer.aiter_stream()))
        except NOT_SENT as error:
            raise NotSentError(type(error).__name__) from error
        except LOST as error:
            raise AnswerLostError(type(error).__name__) from error

    async def close(self) -> None:
        """Close all connections."""
        idle, self._idle = self._idle, []
        for pool in idle:
            await pool.aclose()


async def _beginning(parts: AsyncIterator[bytes]) -> bytes:
    found = b""
    async for part in parts:
        found += part
        if len(found) >= LONGEST_ANSWER:
            break
    return found[:LONGEST_ANSWER]


class _Guarded(AsyncNetworkBackend):
    """Connects to addresses that were looked at, not to names: a name may lead elsewhere the next moment."""

    def __init__(self, networks: Sequence[Network], resolve: Resolve) -> None:
        self._networks = networks
        self._resolve = resolve
        self._inner = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._resolve(host, port)
        except (OSError, UnicodeError, TimeoutError) as error:
            raise httpcore2.ConnectError("the name is not known") from error
        if not addresses or not all(allowed(one, self._networks) for one in addresses):
            raise ForbiddenAddressError("the address is not public")
        *others, last = addresses
        for one in others:
            try:
                return await self._inner.connect_tcp(one, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return await self._inner.connect_tcp(last, port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
