"""Webhooks: signed as the standard says, repeated under one key, and called at public addresses only."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from pydantic import ValidationError
from standardwebhooks import Webhook

from tests.reach.receiver import SECRET, Receiver, Request, reply, verified
from titian.domain.outcome import Accepted, Fault, Later, Outcome, Rejected, Uncertain
from titian.domain.touch import Content, Message, touch_id_of
from titian.errors import InputError
from titian.reach.running import run
from titian.reach.secret import Secret
from titian.reach.web import Answer, Web
from titian.reach.webhook import LONGEST_BODY, WebhookChannel, WebhookSettings
from titian.testing.channel_laws import LAWS, Trial

AT = datetime(2026, 11, 28, tzinfo=UTC)
HOME = (ip_network("127.0.0.0/8"),)


def message(number: int = 0, **said: Any) -> Message:
    content = Content(**{"text": f"hello {number}"} | said)
    return Message(touch_id_of("hook", str(number)), f"c{number}", "spring", "", "", "service", "", content, AT)


def channel(url: str, secrets: tuple[str, ...] = (SECRET,), **more: Any) -> WebhookChannel:
    settings = WebhookSettings(url=url, secrets=(Secret(variable="X"),), private_networks=HOME)
    web = Web(**{"networks": HOME, "seconds": 1} | more)
    return WebhookChannel(settings, secrets, web)


def sent(answer: Callable[[Request], bytes] = verified, path: str = "/in", **said: Any) -> tuple[Outcome, Receiver]:
    """What became of a message, and the receiver it went to."""

    async def ran() -> tuple[Outcome, Receiver]:
        async with Receiver(answer) as receiver:
            made = channel(receiver.url.replace("/in", path))
            found = await made.send([message(**said)])
            await made.close()
            return found[0], receiver

    return run(ran())


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_it_keeps_the_law(law: Callable[[Trial], Awaitable[None]]) -> None:
    async def ran() -> None:
        async with Receiver() as receiver:

            def arrived() -> list[tuple[str, str]]:
                return [(key, json.loads(one.body)["data"]["text"]) for key, one in receiver.taken.items()]

            made = channel(receiver.url)
            await law(Trial(made, message, arrived, receiver.cut))
            await made.close()

    run(ran())


def test_a_signature_is_that_of_the_published_vector() -> None:
    at = datetime.fromtimestamp(1614265330, tz=UTC)
    signed = Webhook(SECRET).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, '{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_request_says_the_touch_under_its_key() -> None:
    outcome, receiver = sent(data={"points": 5}, subject="hi", unsubscribe="https://shop.example/u/1")
    request = receiver.requests[0]
    assert (outcome, request.headers["webhook-id"]) == (Accepted(), message().key)
    assert json.loads(request.body) == {
        "type": "touch.due",
        "timestamp": "2026-11-28T00:00:00Z",
        "data": {
            "touch_id": message().key,
            "customer_id": "c0",
            "campaign": "spring",
            "purpose": "service",
            "subject": "hi",
            "text": "hello 0",
            "unsubscribe": "https://shop.example/u/1",
            "values": {"points": 5},
        },
    }


def test_every_try_has_the_same_body_and_key() -> None:
    async def ran() -> list[Request]:
        async with Receiver() as receiver:
            made = channel(receiver.url)
            for tries in (1, 2):
                await made.send([replace(message(), tries=tries)])
            return receiver.requests

    first, second = run(ran())
    assert (first.body, first.headers["webhook-id"]) == (second.body, second.headers["webhook-id"])


def test_while_a_secret_is_changed_both_sign() -> None:
    async def ran() -> Request:
        async with Receiver(lambda _: reply(200)) as receiver:
            await channel(receiver.url, ("whsec_" + "bmV3" * 8, SECRET)).send([message()])
            return receiver.requests[0]

    request = run(ran())
    assert len(request.headers["webhook-signature"].split()) == 2
    for secret in (SECRET, "bmV3" * 8):
        Webhook(secret).verify(request.body, request.headers)


ANSWERS: dict[int, Outcome] = {
    200: Accepted(),
    202: Accepted(),
    301: Rejected(Fault("auth_config", "301", "the address redirects")),
    400: Rejected(Fault("content", "400", "no")),
    401: Rejected(Fault("auth_config", "401", "no")),
    404: Rejected(Fault("auth_config", "404", "no")),
    408: Later(Fault("transient", "408", "no")),
    410: Rejected(Fault("auth_config", "410", "no")),
    422: Rejected(Fault("content", "422", "no")),
    429: Later(Fault("throttled", "429", "no"), peer=True),
    500: Later(Fault("transient", "500", "no"), peer=True),
    503: Later(Fault("transient", "503", "no"), peer=True),
}


@pytest.mark.parametrize("status", ANSWERS)
def test_an_answer_is_an_outcome(status: int) -> None:
    assert sent(lambda _: reply(status, b"no"))[0] == ANSWERS[status]


@pytest.mark.parametrize(
    ("said", "seconds"), [("120", 120), ("9999999999", 86_400), ("soon", None), ("-5", None)], ids=str
)
def test_how_long_it_asks_to_wait_is_told(said: str, seconds: float | None) -> None:
    outcome, _ = sent(lambda _: reply(429, retry_after=said))
    assert isinstance(outcome, Later)
    assert outcome.after_seconds == seconds


def test_it_may_ask_to_wait_until_a_date() -> None:
    answer = Answer(503, {"retry-after": "Sat, 28 Nov 2026 00:01:30 GMT"}, b"")
    assert [answer.retry_after_seconds(AT + timedelta(seconds=late)) for late in (0, 100)] == [90, 0]


@pytest.mark.parametrize("path", ["/cut", "/drip"])
def test_an_answer_that_is_lost_leaves_it_unknown(path: str) -> None:
    outcome, receiver = sent(path=path)
    assert isinstance(outcome, Uncertain)
    assert len(receiver.requests) == 1


def test_little_of_a_long_answer_is_read() -> None:
    outcome, _ = sent(lambda _: reply(400, b"x" * 5_000_000))
    assert outcome == Rejected(Fault("content", "400", "x" * 200))


def test_a_body_that_is_too_long_is_not_sent() -> None:
    outcome, receiver = sent(text="茶" * (LONGEST_BODY // 3))
    assert isinstance(outcome, Rejected)
    assert (outcome.fault.kind, receiver.requests) == ("content", [])


def test_a_redirect_is_not_followed() -> None:
    async def ran() -> None:
        async with Receiver() as inner, Receiver(lambda _: reply(307, location=inner.url)) as outer:
            assert isinstance((await channel(outer.url).send([message()]))[0], Rejected)
            assert (len(outer.requests), inner.requests) == (1, [])

    run(ran())


def private(*answers: list[str], **more: Any) -> tuple[list[Outcome], int]:
    """What becomes of as many messages as there are answers of the name server, and how many requests came in."""
    told = iter(answers)

    async def resolve(host: str, port: int) -> list[str]:
        return next(told)

    async def ran() -> tuple[list[Outcome], int]:
        async with Receiver() as receiver:
            made = channel(f"http://shop.example:{receiver.port}/in", resolve=resolve, **more)
            return [(await made.send([message(n)]))[0] for n in range(len(answers))], len(receiver.requests)

    return run(ran())


REFUSED = Rejected(Fault("auth_config", "private_address", "the address is not public"))


@pytest.mark.parametrize("address", ["169.254.169.254", "10.0.0.1", "::ffff:169.254.169.254", "::1"])
def test_a_name_that_leads_home_is_refused_before_it_is_called(address: str) -> None:
    assert private([address]) == ([REFUSED], 0)


def test_one_bad_address_among_good_ones_is_enough_to_refuse() -> None:
    assert private(["127.0.0.1", "192.168.0.1"]) == ([REFUSED], 0)


def test_a_name_that_leads_elsewhere_the_second_time_is_refused_then() -> None:
    async def ran() -> None:
        told = [["169.254.169.254"], ["169.254.169.254"], ["127.0.0.1"]]

        async def resolve(host: str, port: int) -> list[str]:
            return told.pop()

        async with Receiver() as receiver:
            port = receiver.port
            made = channel(f"http://shop.example:{port}/in", resolve=resolve)
            assert (await made.send([message(1)]))[0] == Accepted()
            await receiver.cut()
            receiver = await Receiver(port=port).__aenter__()
            await asyncio.sleep(0.05)
            found = [(await made.send([message(number)]))[0] for number in (2, 3)]
            assert REFUSED in found
            assert receiver.requests == []
            await receiver.cut()

    run(ran())


def test_the_address_that_was_looked_at_is_the_one_that_is_called() -> None:
    assert private(["127.0.0.1"]) == ([Accepted()], 1)


def test_without_the_network_named_this_machine_is_refused() -> None:
    assert private(["127.0.0.1"], networks=()) == ([REFUSED], 0)


def test_a_name_that_is_not_known_is_tried_later() -> None:
    async def resolve(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    async def ran() -> Outcome:
        return (await channel("http://nothing.example/in", resolve=resolve).send([message()]))[0]

    outcome = run(ran())
    assert isinstance(outcome, Later)
    assert outcome.peer


@pytest.mark.parametrize(
    ("url", "networks"),
    [
        ("http://shop.example/in", ()),
        ("ftp://shop.example/in", HOME),
        ("https://joe:pw@shop.example/", ()),
        ("/in", ()),
        ("https://茶.example/", ()),
    ],
)
def test_an_address_that_gives_customers_or_passwords_away_is_refused(url: str, networks: tuple[Any, ...]) -> None:
    with pytest.raises(ValidationError):
        WebhookSettings(url=url, secrets=(Secret(variable="X"),), private_networks=networks)


@pytest.mark.parametrize("secret", ["whsec_", "whsec_é", "x"])
def test_a_secret_that_is_none_is_said_without_repeating_it(secret: str) -> None:
    with pytest.raises(InputError) as told:
        channel("https://shop.example/", (secret,))
    assert secret not in told.value.message or secret == "x"
