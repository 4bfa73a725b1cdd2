"""E-mail over a real server: what it says at each step is an outcome, and what may be gone is never called lost."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.reach import certificates
from tests.reach.mailserver import MailServer, Moods, knows
from titian.domain.outcome import Accepted, ErrorClass, Fault, Later, Outcome, Rejected, Uncertain
from titian.domain.touch import Content, Message, touch_id_of
from titian.errors import InputError
from titian.reach.email import EmailChannel
from titian.reach.email_settings import EmailSettings
from titian.reach.running import run
from titian.reach.secret import Secret
from titian.testing.channel_laws import LAWS, Trial

AT = datetime(2026, 11, 28, tzinfo=UTC)


def address(number: int) -> str:
    return f"c{number}@mail.example"


def message(number: int = 0, **said: Any) -> Message:
    content = Content(**{"subject": "hi", "text": f"hello {number}"} | said)
    return Message(
        touch_id_of("letter", str(number)), f"c{number}", "", "", "", "service", address(number), content, AT
    )


def channel(port: int, password: str | None = None, **more: Any) -> EmailChannel:
    given = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "Shop <hello@shop.example>"}
    return EmailChannel(EmailSettings(**given | {"timeout_seconds": 1} | more), password)


@asynccontextmanager
async def served(moods: Moods | None = None, **more: Any):  # type: ignore[no-untyped-def]
    """A server with its moods, and a channel to it."""
    async with MailServer(moods) as server:
        made = channel(server.port, **more)
        yield server, made
        await made.close()


def sent(moods: Moods, *numbers: int) -> tuple[list[Outcome], MailServer]:
    async def ran() -> tuple[list[Outcome], MailServer]:
        async with served(moods) as (server, made):
            return [(await made.send([message(number)]))[0] for number in numbers or (0,)], server

    return run(ran())


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_it_keeps_the_law(law: Callable[[Trial], Awaitable[None]]) -> None:
    async def ran() -> None:
        async with served() as (server, made):

            def arrived() -> list[tuple[str, str]]:
                assert all(len(one.recipients) == 1 for one in server.received)
                return [(one.key, one.text) for one in server.received]

            await law(Trial(made, message, arrived, server.cut))

    run(ran())


def test_a_letter_arrives_as_it_was_written() -> None:
    async def ran() -> None:
        async with served() as (server, made):
            content = {"subject": "新茶上市", "text": ".\n你好\n..", "html": "<p>你好</p>", "to_name": "安"}
            assert isinstance((await made.send([message(1, **content)]))[0], Accepted)
            letter = server.received[0]
            html = letter.mail.get_body(("html",))
            assert html is not None
            assert (letter.sender, letter.recipients) == ("hello@shop.example", (address(1),))
            assert (letter.text.split(), html.get_content().strip()) == ([".", "你好", ".."], "<p>你好</p>")
            assert (str(letter.mail["To"]), str(letter.mail["Subject"])) == (f"安 <{address(1)}>", "新茶上市")

    run(ran())


def test_a_connection_is_kept_for_the_next_letter_and_given_up_after_many() -> None:
    async def ran() -> None:
        async with served(messages_per_connection=5) as (server, made):
            for number in range(12):
                await made.send([message(number)])
            assert (len(server.received), server.connections) == (12, 3)

    run(ran())


def test_a_connection_that_was_closed_meanwhile_says_nothing_of_the_letter() -> None:
    async def ran() -> None:
        async with MailServer(Moods(per_connection=2)) as server:
            made = channel(server.port)
            outcomes = [(await made.send([message(number)]))[0] for number in range(7)]
            port = server.port
            await server.cut()
            async with MailServer() as again:
                assert again.port != port
            assert [type(one) for one in outcomes] == [Accepted] * 7
            assert server.connections == 4
            await made.close()

    run(ran())


REPLIES: dict[str, tuple[ErrorClass, bool]] = {
    "450 4.2.1 try later": ("transient", True),
    "451 4.7.1 greylisted": ("throttled", True),
    "452 4.2.2 mailbox full": ("transient", True),
    "550 5.1.1 no such user": ("invalid_recipient", False),
    "550 no such user": ("invalid_recipient", False),
    "552 5.2.2 mailbox full": ("invalid_recipient", False),
    "553 5.1.3 bad address": ("invalid_recipient", False),
    "550 5.7.1 policy": ("content", False),
    "550 Mail content denied": ("content", False),
    "554 DT:SPM": ("content", False),
}


@pytest.mark.parametrize("reply", REPLIES)
def test_a_reply_to_the_recipient_is_an_outcome_of_this_letter_alone(reply: str) -> None:
    kind, later = REPLIES[reply]
    outcomes, server = sent(Moods(at_rcpt={address(0): reply}), 0, 1)
    fault = outcomes[0].fault  # type: ignore[union-attr]
    code, *rest = reply.split()
    said = f"{code} {rest[0]}" if rest[0][1:2] == "." else code
    assert (type(outcomes[0]), fault.kind, fault.code) == (Later if later else Rejected, kind, said)
    assert (outcomes[1], server.connections) == (Accepted("250 2.0.0 queued"), 1)
    if later:
        assert not outcomes[0].peer  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ("554 5.6.0 refused", Rejected(Fault("content", "554 5.6.0", "5.6.0 refused"))),
        ("554 no", Rejected(Fault("content", "554", "no"))),
        ("552 5.3.4 too large", Rejected(Fault("content", "552 5.3.4", "5.3.4 too large"))),
        ("451 4.3.0 busy", Later(Fault("transient", "451 4.3.0", "4.3.0 busy"))),
    ],
)
def test_a_reply_to_the_letter_is_an_outcome_of_this_letter_alone(reply: str, outcome: Outcome) -> None:
    outcomes, _ = sent(Moods(at_data={address(0): reply}), 0, 1)
    assert (outcomes[0], type(outcomes[1])) == (outcome, Accepted)


def test_a_sender_that_is_refused_is_a_fault_of_the_channel() -> None:
    outcomes, _ = sent(Moods(at_mail="550 5.7.60 not allowed to send as this"))
    assert outcomes[0] == Rejected(Fault("auth_config", "550 5.7.60", "5.7.60 not allowed to send as this"))


def test_a_server_that_has_had_enough_is_left_alone() -> None:
    outcomes, server = sent(Moods(most=3), *range(6))
    assert [type(one) for one in outcomes] == [Accepted] * 3 + [Later] * 3
    assert outcomes[-1] == Later(Fault("throttled", "421 4.7.0", "4.7.0 too many letters"), peer=True)
    assert len(server.received) == 3


def test_a_server_that_hangs_up_after_the_letter_leaves_it_unknown() -> None:
    outcomes, server = sent(Moods(cut_after_data=frozenset({address(1)})), 0, 1, 2)
    assert outcomes[1] == Uncertain(Fault("transient", "cut"))
    assert [type(outcomes[number]) for number in (0, 2)] == [Accepted, Accepted]
    assert len(server.received) == 3


def talking(*lines: bytes, seconds: float = 0.0) -> Outcome:
    """What becomes of a letter at a server that says these lines, letter by letter, one for each it is told."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for number, line in enumerate(lines):
            if number:
                await reader.readline()
            for letter in line:
                writer.write(bytes([letter]))
                await asyncio.sleep(seconds)
        await asyncio.sleep(5)
        writer.close()

    async def ran() -> Outcome:
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        async with asyncio.timeout(10):
            found = (await channel(server.sockets[0].getsockname()[1], timeout_seconds=0.5).send([message()]))[0]
        server.close()
        return found

    return run(ran())


SAYS = (b"220 hi\r\n", b"250 OK\r\n", b"250 OK\r\n", b"250 OK\r\n", b"354 go on\r\n")


@pytest.mark.parametrize("steps", range(5))
def test_a_server_that_falls_silent_before_the_letter_did_not_take_it(steps: int) -> None:
    outcome = talking(*SAYS[:steps])
    if steps == 4:
        # Whether it waits for the letter or has it can't be seen from outside.
        assert outcome == Uncertain(Fault("transient", "timeout"))
    else:
        assert isinstance(outcome, Later)
        assert (outcome.peer, outcome.fault.kind) == (True, "transient")


def test_a_server_that_falls_silent_after_the_letter_leaves_it_unknown() -> None:
    assert talking(*SAYS) == Uncertain(Fault("transient", "timeout"))


def test_a_server_that_drips_is_given_up() -> None:
    outcome = talking(b"220 " + b"x" * 200 + b"\r\n", seconds=0.02)
    assert isinstance(outcome, Later)
    assert outcome.peer


@pytest.mark.parametrize(
    ("greeting", "becomes", "kind"),
    [(b"421 busy\r\n", Later, "throttled"), (b"554 no service here\r\n", Rejected, "auth_config")],
)
def test_a_greeting_that_is_none_is_an_outcome(greeting: bytes, becomes: type[Outcome], kind: str) -> None:
    outcome = talking(greeting)
    assert isinstance(outcome, becomes)
    assert outcome.fault.kind == kind  # type: ignore[union-attr]


def secured(tmp_path: Path, options: Callable[[ssl.SSLContext], dict[str, Any]], **settings: Any) -> list[Any]:
    """What becomes of a letter at a server with TLS and a login, what a check says, and what arrived."""
    place, context = certificates.made(tmp_path)
    trusted = settings.pop("trusted", True)

    async def ran() -> list[Any]:
        async with MailServer(**options(context)) as server:
            more = {"security": "starttls", "ca_file": place if trusted else None} | settings
            made = channel(server.port, **more)
            found = (await made.send([message()]))[0]
            try:
                check: Any = (await made.check()).en
            except InputError as error:
                check = error
            await made.close()
            return [found, check, len(server.received)]

    return run(ran())


JOE = {"login": "joe", "password": "s3cret"}


def with_login(context: ssl.SSLContext) -> dict[str, Any]:
    return {
        "tls_context": context,
        "require_starttls": True,
        "auth_required": True,
        "authenticator": knows("joe", "s3cret"),
    }


def test_it_signs_in_over_tls(tmp_path: Path) -> None:
    place, context = certificates.made(tmp_path)

    async def ran() -> None:
        async with MailServer(**with_login(context)) as server:
            given = {"host": "127.0.0.1", "port": server.port, "sender": "hello@shop.example", "ca_file": place}
            settings = EmailSettings(**given, login="joe", password=Secret(variable="X"))
            made = EmailChannel(settings, "s3cret")
            assert isinstance((await made.send([message()]))[0], Accepted)
            assert (await made.check()).zh == f"已连接 127.0.0.1:{server.port}"
            await made.close()
            wrong = EmailChannel(settings, "hunter2")
            outcome = (await wrong.send([message()]))[0]
            assert isinstance(outcome, Rejected)
            assert (outcome.fault.kind, outcome.fault.code[:3]) == ("auth_config", "535")
            with pytest.raises(InputError) as told:
                await wrong.check()
            assert "hunter2" not in str(told.value.details) + told.value.message
            assert len(server.received) == 1

    run(ran())


def test_a_certificate_that_is_not_trusted_is_a_fault_of_the_channel(tmp_path: Path) -> None:
    outcome, check, count = secured(tmp_path, lambda context: {"tls_context": context}, trusted=False)
    assert (outcome.fault.kind, outcome.fault.code, count) == ("auth_config", "certificate", 0)
    assert "certificate" in check.message


def test_without_tls_on_offer_nothing_is_sent(tmp_path: Path) -> None:
    outcome, _, count = secured(tmp_path, lambda _: {})
    assert (outcome.fault.kind, outcome.fault.code, count) == ("auth_config", "not_supported", 0)


def test_a_channel_can_be_checked_while_nobody_is_there() -> None:
    with pytest.raises(InputError) as told:
        run(channel(1).check())
    assert told.value.details["code"] == "no_connection"
