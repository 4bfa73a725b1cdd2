"""Letters that the library's own parser reads back to the letter, in lines that every server takes."""

from __future__ import annotations

from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from titian.reach.mime import letter, part, person, words

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=300)
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=120)


def parsed(raw: bytes) -> EmailMessage:
    return cast(EmailMessage, message_from_bytes(raw, policy=default))  # type: ignore[arg-type]


def said(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return cast(bytes, body.get_payload(decode=True)).decode().replace("\r\n", "\n").removesuffix("\n")


@given(plain=TEXTS, html=TEXTS)
def test_both_parts_are_read_back(plain: str, html: str) -> None:
    raw = letter([("Subject", "x")], [part("plain", plain), part("html", html)], "key")
    assert (said(parsed(raw), "plain"), said(parsed(raw), "html")) == (
        plain.removesuffix("\n"),
        html.removesuffix("\n"),
    )


@given(plain=TEXTS.map(lambda text: text * 20), subject=NAMES)
def test_lines_are_short_and_seven_bit(plain: str, subject: str) -> None:
    raw = letter([("Subject", words(subject))], [part("plain", plain)], "key")
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 100
    assert b"\n" not in raw.replace(b"\r\n", b"")


@given(subject=NAMES)
def test_a_subject_is_read_back(subject: str) -> None:
    mail = parsed(letter([("Subject", words(subject))], [part("plain", "x")], "key"))
    assert str(mail["Subject"]).split() == subject.split()


@given(name=NAMES.map(lambda name: " ".join(name.split())))
def test_a_name_adds_no_address(name: str) -> None:
    mail = parsed(letter([("To", person(name, "ann@shop.example"))], [part("plain", "x")], "key"))
    assert [one.addr_spec for one in mail["To"].addresses] == ["ann@shop.example"]
    assert list(mail.keys())[:2] == ["To", "MIME-Version"]


@pytest.mark.parametrize("name", ["Ann", "安", 'Ann "the" <eve@x.example>, Bob', "=?utf-8?q?x?=", "a" * 200, ""])
def test_a_name_is_read_back(name: str) -> None:
    shown, address = parseaddr(person(name, "ann@shop.example").replace("\r\n", ""))
    assert (str(make_header(decode_header(shown))), address) == (name, "ann@shop.example")


def test_mostly_plain_text_stays_legible() -> None:
    assert "caf=C3=A9 au lait" in part("plain", "café au lait")
    assert "春" not in part("plain", "春天的茶")
    assert parseaddr(person("Ann", "ann@shop.example")) == ("Ann", "ann@shop.example")
