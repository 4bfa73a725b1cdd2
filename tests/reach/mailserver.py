"""A real mail server (aiosmtpd) for tests, with the moods of real ones.

`python -m tests.reach.mailserver FILE` serves one beside, writes its port into the file, and the id of every letter under it.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass(frozen=True)
class Received:
    """A letter, and whom the server was told it is from and to."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def mail(self) -> EmailMessage:
        return cast(EmailMessage, message_from_bytes(self.raw, policy=default))  # type: ignore[arg-type]

    @property
    def key(self) -> str:
        return str(self.mail["Message-ID"]).strip("<>").partition("@")[0]

    @property
    def text(self) -> str:
        body = self.mail.get_body(("plain",))
        return "" if body is None else str(body.get_content())


@dataclass
class Moods:
    """How the server behaves: replies by recipient at RCPT and by its number at DATA, and when it hangs up."""

    at_rcpt: dict[str, str] = field(default_factory=dict)
    at_data: dict[str, str] = field(default_factory=dict)
    at_mail: str | None = None
    cut_after_data: frozenset[str] = frozenset()
    """Recipients after whose letter it hangs up without a word; it keeps the letter."""
    per_connection: int | None = None
    """Letters of one connection; then it says 421."""
    most: int | None = None
    """Letters in all; then it says 421."""


class Handler:
    """What the server does with letters."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        moods, counted = self._server.moods, self._server.counted
        full = moods.per_connection is not None and counted[session] >= moods.per_connection
        if full or (moods.most is not None and len(self._server.received) >= moods.most):
            server.transport.write(b"421 4.7.0 too many letters\r\n")
            server.transport.close()
            return "421 4.7.0 too many letters"
        if moods.at_mail is not None:
            return moods.at_mail
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self._server.moods.at_rcpt:
            return self._server.moods.at_rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        told = tuple(envelope.rcpt_tos)
        if (refusal := self._server.moods.at_data.get(told[0])) is not None:
            return refusal
        self._server.counted[session] += 1
        self._server.keep(Received(str(envelope.mail_from), told, cast(bytes, envelope.original_content)))
        if told[0] in self._server.moods.cut_after_data:
            server.transport.abort()
        return "250 2.0.0 queued"


class MailServer:
    """Serves on a port of this machine while in an `async with`."""

    def __init__(self, moods: Moods | None = None, log: TextIO | None = None, **options: Any) -> None:
        self.moods = moods or Moods()
        self.received: list[Received] = []
        self.counted: Counter[Session] = Counter()
        self.connections = 0
        self.port = 0
        self._log, self._options = log, options
        self._open: list[SMTP] = []

    async def __aenter__(self) -> MailServer:
        self._server = await asyncio.get_running_loop().create_server(self._protocol, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.cut()

    async def cut(self) -> None:
        """Be gone."""
        self._server.close()
        for one in self._open:
            if one.transport is not None:
                one.transport.abort()

    def keep(self, letter: Received) -> None:
        if self._log is None:
            self.received.append(letter)
            return
        self._log.write(letter.key + "\n")

    def _protocol(self) -> SMTP:
        self.connections += 1
        made = SMTP(Handler(self), hostname="mail.example", enable_SMTPUTF8=True, **self._options)
        self._open.append(made)
        return made


def knows(login: str, password: str) -> Any:
    """An authenticator that knows one person."""

    def authenticate(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: LoginPassword
    ) -> AuthResult:
        return AuthResult(success=(given.login, given.password) == (login.encode(), password.encode()), handled=False)

    return authenticate


async def beside(file: Path) -> None:
    """Serve until killed."""
    with file.with_suffix(".keys").open("a", buffering=1) as log:
        async with MailServer(log=log) as server:
            file.write_text(str(server.port))
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(beside(Path(sys.argv[1])))
