"""A letter says who, what and how to refuse more of it; nobody can add to it by what they are called."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

import pytest
from pydantic import ValidationError

from titian.domain.outcome import Fault
from titian.domain.touch import Content, Message, Purpose, touch_id_of
from titian.reach.email_message import Letter, compose, key_of
from titian.reach.email_settings import EmailSettings, mailbox
from titian.reach.secret import Secret

NOW = datetime(2026, 11, 28, 8, 30, tzinfo=UTC)
KEY = touch_id_of("letter")
SETTINGS = EmailSettings(
    host="mail.example",
    sender="茶铺 <hello@shop.example>",
    reply_to="help@shop.example",
    bounces="bounce+{key}@bounce.example",
    unsubscribe_url="https://shop.example/u/{key}",
    unsubscribe_mailto="unsub@shop.example",
    list_id="news.shop.example",
)
PLAIN = EmailSettings(host="mail.example", sender="hello@shop.example")


def message(purpose: Purpose = "marketing", address: str = "ann@mail.example", **said: Any) -> Message:
    content = Content(**{"subject": "新茶", "text": "hello", "html": "<p>hello</p>"} | said)
    return Message(KEY, "c1", "spring", "", "", purpose, address, content, NOW)


def composed(given: Message, settings: EmailSettings = SETTINGS) -> EmailMessage:
    found = compose(given, settings, NOW)
    assert isinstance(found, Letter)
    return cast(EmailMessage, message_from_bytes(found.data, policy=default))  # type: ignore[arg-type]


def refused(given: Message, settings: EmailSettings = SETTINGS) -> Fault:
    found = compose(given, settings, NOW)
    assert isinstance(found, Fault)
    return found


def test_a_marketing_letter_has_all_that_mailboxes_ask_for() -> None:
    mail = composed(message(to_name="安"))
    told = {name: str(mail[name]) for name in mail}
    assert told == {
        "From": "茶铺 <hello@shop.example>",
        "To": "安 <ann@mail.example>",
        "Subject": "新茶",
        "Reply-To": "help@shop.example",
        "Date": "Sat, 28 Nov 2026 08:30:00 +0000",
        "Message-ID": f"<{KEY}@shop.example>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<https://shop.example/u/{KEY}>, <mailto:unsub@shop.example?subject={KEY}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
        "List-ID": "<news.shop.example>",
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="=_{KEY}"',
    }


def test_a_service_letter_is_no_bulk() -> None:
    mail = composed(message("service"))
    assert [mail[name] for name in ("List-Unsubscribe", "List-Unsubscribe-Post", "Precedence", "List-ID")] == [None] * 4


def test_a_letter_comes_back_to_an_address_of_its_own() -> None:
    found = compose(message(), SETTINGS, NOW)
    assert isinstance(found, Letter)
    assert (found.sender, found.recipient) == (f"bounce+{KEY}@bounce.example", "ann@mail.example")
    plain = compose(message("service"), PLAIN, NOW)
    assert isinstance(plain, Letter)
    assert plain.sender == "hello@shop.example"


def test_a_touch_may_bring_its_own_way_to_unsubscribe() -> None:
    mail = composed(message(unsubscribe="https://other.example/" + "t" * 300), PLAIN)
    assert str(mail["List-Unsubscribe"]) == "<https://other.example/" + "t" * 300 + ">"


def test_marketing_without_a_way_to_unsubscribe_is_a_fault_of_the_channel() -> None:
    assert refused(message(), PLAIN).kind == "auth_config"
    assert composed(message("service"), PLAIN)


def test_on_every_try_it_is_the_same_but_for_its_date() -> None:
    first, later = (compose(replace(message(), tries=tries), SETTINGS, NOW) for tries in (1, 5))
    assert first == later
    assert key_of(f" <{KEY}@shop.example>\n") == KEY


BAD = {
    "line break in the subject": message(subject="hi\r\nBcc: eve@x.example"),
    "line break in the name": message(to_name="Ann\nBcc: eve@x.example"),
    "another line break": message(to_name="Ann\u2028Bcc: eve@x.example"),
    "NUL": message(subject="a\0b"),
    "no subject": message(subject=" "),
    "nothing said": message(text="", html=""),
    "a subject that is too long": message(subject="x" * 251),
    "no https": message(unsubscribe="http://shop.example/u"),
    "a way that breaks the line": message(unsubscribe="https://shop.example/u\r\nX: y"),
    "a way that ends the bracket": message(unsubscribe="https://shop.example/u>,<https://x.example"),
}


@pytest.mark.parametrize("given", BAD.values(), ids=BAD)
def test_what_cannot_be_a_letter_is_refused_as_content(given: Message) -> None:
    assert refused(given).kind == "content"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ann",
        "ann@",
        "@mail.example",
        "ann@mail",
        "a b@mail.example",
        "ann@mail.example\r\nRCPT TO:<eve@x.example>",
        "ann@-x.example",
        "<ann@mail.example>",
        "ann@mail..example",
        "a@b@mail.example",
        "x" * 65 + "@mail.example",
        "é@a.example",
        "a..b@mail.example",
        "ann@[127.0.0.1]",
        "ann@" + "x" * 64 + ".example",
        "ann@" + "x." * 130 + "example",
    ],
)
def test_what_is_no_address_is_refused_as_one(address: str) -> None:
    assert refused(message(address=address)).kind == "invalid_recipient"


@pytest.mark.parametrize(
    ("given", "taken"),
    [(" Ann.Lee+x@Mail.example ", "Ann.Lee+x@Mail.example"), ("an@邮件.example", "an@xn--5nq051n.example")],
)
def test_an_address_is_taken_as_servers_take_it(given: str, taken: str) -> None:
    assert mailbox(given) == taken


@pytest.mark.parametrize(
    "wrong",
    [
        {"sender": "nobody"},
        {"sender": "Shop\r\nBcc: eve@x.example <a@shop.example>"},
        {"bounces": "bounce@shop.example"},
        {"unsubscribe_url": "http://shop.example/{key}"},
        {"unsubscribe_url": "https://shop.example/"},
        {"login": "joe"},
        {"login": "joe", "password": Secret(variable="X"), "security": "none"},
        {"password": "hunter2", "login": "joe"},
        {"slots": 0},
        {"strange": 1},
    ],
    ids=lambda one: " ".join(one),
)
def test_settings_that_could_not_work_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as told:
        EmailSettings(**{"host": "mail.example", "sender": "hello@shop.example"} | wrong)
    assert "hunter2" not in str(told.value)
