"""E-mail over SMTP: connections that are kept, and at which step one broke, for it decides whether a letter may be gone."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from aiosmtplib import (
    SMTP,
    SMTPConnectResponseError,
    SMTPException,
    SMTPNotSupported,
    SMTPResponseException,
    SMTPTimeoutError,
)

from titian.domain.outcome import Accepted, Fault, Later, Outcome, Rejected, Uncertain
from titian.domain.touch import Message
from titian.domain.words import Words
from titian.errors import InputError
from titian.reach.channel import Capabilities, ChannelKind, ChannelSettings, Surroundings
from titian.reach.email_message import LONGEST_PART, LONGEST_SUBJECT, Letter, compose
from titian.reach.email_replies import Step, outcome_of_reply
from titian.reach.email_settings import EmailSettings

SLOTS = 16


class BrokenError(Exception):
    """A conversation that did not end well, with what that makes of the letter."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


class Session:
    """A connection to the server, and how many letters went over it."""

    def __init__(self, smtp: SMTP) -> None:
        self.smtp = smtp
        self.letters = 0


class EmailChannel:
    """Sends letters, over a connection for each slot."""

    capabilities = Capabilities(
        longest_subject=LONGEST_SUBJECT,
        longest_text=LONGEST_PART,
        html=True,
        address=Words(zh="邮箱地址", en="an e-mail address"),
    )

    def __init__(
        self, settings: EmailSettings, password: str | None, now: Callable[[], datetime] | None = None
    ) -> None:
        self._settings = settings
        self._password = password
        self._now = now or (lambda: datetime.now(UTC))
        self._idle: list[Session] = []
        self._tls = ssl.create_default_context(cafile=settings.ca_file)

    async def send(self, messages: Sequence[Message]) -> list[Outcome]:
        """Send letters, one after the other."""
        return [await self._sent(message) for message in messages]

    async def check(self) -> Words:
        """Connect and sign in. Raises InputError with what the server says."""
        try:
            session = await self._connected()
        except BrokenError as error:
            raise _unusable(error.outcome) from error
        self._keep(session)
        place = f"{self._settings.host}:{self._settings.port}"
        return Words(zh=f"已连接 {place}", en=f"connected to {place}")

    async def close(self) -> None:
        """Say goodbye on every connection."""
        sessions, self._idle = self._idle, []
        for session in sessions:
            with suppress(SMTPException, OSError):
                await session.smtp.quit(timeout=2)
            session.smtp.close()

    async def _sent(self, message: Message) -> Outcome:
        letter = compose(message, self._settings, self._now())
        if isinstance(letter, Fault):
            return Rejected(letter)
        if self._idle:
            session = self._idle.pop()
            outcome = await self._over(session, letter)
            if outcome is not None:
                return outcome
            # The server had closed the connection meanwhile: that says nothing of the letter.
        try:
            session = await self._connected()
        except BrokenError as error:
            return error.outcome
        return await self._over(session, letter) or Later(Fault("transient", "closed"), peer=True)

    async def _over(self, session: Session, letter: Letter) -> Outcome | None:
        """What becomes of a letter over a connection; None where that was closed before it began."""
        used = session.letters > 0
        try:
            said = await self._spoken(session, letter)
        except BrokenError as error:
            if used and error.outcome == _CLOSED:
                return None
            return error.outcome
        except asyncio.CancelledError:
            session.smtp.close()
            raise
        self._keep(session)
        return said

    async def _spoken(self, session: Session, letter: Letter) -> Outcome:
        smtp = session.smtp
        step: Step = "mail"
        try:
            await smtp.mail(letter.sender)
            step = "rcpt"
            await smtp.rcpt(letter.recipient)
            step = "data"
            reply = await smtp.data(letter.data)
        except SMTPResponseException as error:
            if step == "mail" and error.code == 421 and session.letters:
                smtp.close()
                raise BrokenError(_CLOSED) from error
            return await self._refused(session, step, error)
        except (SMTPException, OSError) as error:
            smtp.close()
            raise BrokenError(_broken(step, error)) from error
        session.letters += 1
        return Accepted(f"{reply.code} {reply.message}"[:200])

    async def _refused(self, session: Session, step: Step, error: SMTPResponseException) -> Outcome:
        """What a refusal means; the conversation begins anew, or over another connection."""
        session.letters += 1
        try:
            if error.code == 421:
                session.smtp.close()
            else:
                await session.smtp.rset()
        except (SMTPException, OSError):
            session.smtp.close()
        return outcome_of_reply(step, error.code, error.message)

    def _keep(self, session: Session) -> None:
        if session.smtp.is_connected and session.letters < self._settings.messages_per_connection:
            self._idle.append(session)
        else:
            session.smtp.close()

    async def _connected(self) -> Session:
        """A new connection, signed in. Raises BrokenError."""
        settings = self._settings
        smtp = SMTP(
            hostname=settings.host,
            port=settings.port,
            use_tls=settings.security == "tls",
            start_tls=settings.security == "starttls",
            timeout=settings.timeout_seconds,
            tls_context=self._tls,
            local_hostname=settings.domain,
        )
        step: Step = "connect"
        try:
            await smtp.connect()
            step = "login"
            if settings.login is not None and self._password is not None:
                await _sign_in(smtp, settings.login, self._password)
        except SMTPResponseException as error:
            smtp.close()
            raise BrokenError(outcome_of_reply(step, error.code, error.message)) from error
        except (SMTPException, OSError) as error:
            smtp.close()
            raise BrokenError(_no_connection(error)) from error
        return Session(smtp)


_CLOSED = Later(Fault("transient", "closed"), peer=True)


def _broken(step: Step, error: Exception) -> Outcome:
    """A conversation that broke off. Once the letter itself was on its way it may have arrived."""
    code = "timeout" if isinstance(error, SMTPTimeoutError) else "cut"
    if step == "data":
        return Uncertain(Fault("transient", code))
    return _CLOSED if step == "mail" and code == "cut" else Later(Fault("transient", code), peer=True)


async def _sign_in(smtp: SMTP, login: str, password: str) -> None:
    """Sign in once. The library's own way tries every method that is offered, and servers count wrong passwords."""
    if smtp.is_ehlo_or_helo_needed:
        await smtp.ehlo()
    if "plain" in smtp.supported_auth_methods:
        await smtp.auth_plain(login, password)
    else:
        await smtp.login(login, password)


def _no_connection(error: Exception) -> Outcome:
    if type(error) in (SMTPException, SMTPNotSupported):
        # What the library says by its plainest error: the server offers no TLS, or no way to sign in.
        return Rejected(Fault("auth_config", "not_supported", str(error)))
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Rejected(Fault("auth_config", "certificate", cause.verify_message))
        cause = cause.__cause__ or cause.__context__
    code = "timeout" if isinstance(error, SMTPTimeoutError) else "no_connection"
    return Later(Fault("transient", code), peer=not isinstance(error, SMTPConnectResponseError))


def _unusable(outcome: Outcome) -> InputError:
    fault = outcome.fault if not isinstance(outcome, Accepted) else Fault("transient", "")
    return InputError(
        f"the mail server does not take us: {fault.code} {fault.text}".rstrip(),
        "see host, port, security, login and password of the channel",
        zh=f"邮件服务器拒绝连接：{fault.code} {fault.text}".rstrip(),
        hint_zh="请检查该渠道的 host、port、security、login 和 password",
        code=fault.code,
    )


def _open(settings: ChannelSettings, around: Surroundings) -> EmailChannel:
    assert isinstance(settings, EmailSettings)
    place = settings.password
    return EmailChannel(settings, None if place is None else place.read(around.environment, around.folder))


KIND = ChannelKind(Words(zh="邮件", en="e-mail"), EmailSettings, _open, SLOTS)
