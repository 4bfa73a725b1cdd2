"""A receiver of HTTP requests: checks signatures, honours keys, and misbehaves by the path that it is called at.

`python -m tests.reach.receiver FILE` serves one beside, writes its port into the file, and the key of every request under it.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TextIO

from standardwebhooks import Webhook

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@dataclass(frozen=True)
class Request:
    """What came in."""

    path: str
    headers: dict[str, str]
    body: bytes


Reply = Callable[[Request], bytes]


def reply(status: int, body: bytes = b"ok", **headers: str) -> bytes:
    """An answer as it travels."""
    lines = [f"HTTP/1.1 {status} X", f"content-length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def verified(request: Request) -> bytes:
    """200 for what is signed as it should be."""
    Webhook(SECRET).verify(request.body, request.headers, json_parse=False)
    return reply(200)


@dataclass
class Receiver:
    """Serves on a port of this machine while in an `async with`; `taken` holds the first request of every key."""

    answer: Reply = verified
    requests: list[Request] = field(default_factory=list)
    taken: dict[str, Request] = field(default_factory=dict)
    log: TextIO | None = None
    port: int = 0

    async def __aenter__(self) -> Receiver:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        self._writers: set[asyncio.StreamWriter] = set()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.cut()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/in"

    async def cut(self) -> None:
        """Be gone."""
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            while request := await _read(reader):
                await self._answered(request, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _answered(self, request: Request, writer: asyncio.StreamWriter) -> None:
        if self.log is not None:
            self.log.write(request.headers.get("webhook-id", "") + "\n")
        else:
            self.requests.append(request)
        if request.path == "/cut":
            writer.transport.abort()
            return
        if request.path == "/drip":
            for letter in reply(200):
                writer.write(bytes([letter]))
                await asyncio.sleep(0.2)
            return
        answered = self.answer(request)
        if b" 200 " in answered[:20] and self.log is None:
            self.taken.setdefault(request.headers.get("webhook-id", ""), request)
        writer.write(answered)
        await writer.drain()


async def _read(reader: asyncio.StreamReader) -> Request | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    except asyncio.IncompleteReadError:
        return None
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    return Request(head[0].split()[1], headers, await reader.readexactly(int(headers.get("content-length", "0"))))


async def beside(file: Path) -> None:
    """Serve until killed."""
    with file.with_suffix(".keys").open("a", buffering=1) as log:
        async with Receiver(log=log) as receiver:
            file.write_text(str(receiver.port))
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(beside(Path(sys.argv[1])))
