"""Letters that come back are read: what could not be delivered, why, and who complains; and nothing in them is trusted."""

from __future__ import annotations

from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from titian.domain.outcome import Fault
from titian.domain.touch import touch_id_of
from titian.reach.email_reports import Report, reports

KEY = touch_id_of("letter")

DSN = f"""\
Return-Path: <>
From: MAILER-DAEMON@mail.example
To: bounce+{KEY}@bounce.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system at host mail.example.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
Arrival-Date: Sat, 28 Nov 2026 08:30:00 +0000

Final-Recipient: rfc822; ann@mail.example
Action: ACTION
Status: STATUS
Diagnostic-Code: DIAGNOSTIC

--b
Content-Type: text/rfc822-headers

Message-ID: <{KEY}@shop.example>
From: hello@shop.example
Subject: hi

--b--
"""

ARF = f"""\
From: <abuse@mail.example>
To: <fbl@shop.example>
Subject: complaint
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an abuse report.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1
Original-Rcpt-To: <ann@mail.example>

--b
Content-Type: message/rfc822

Message-ID: <{KEY}@shop.example>
From: hello@shop.example
Subject: hi

hello
--b--
"""


def bounced(
    action: str = "failed", status: str = "5.1.1", diagnostic: str = "smtp; 550 5.1.1 no such user"
) -> list[Report]:
    told = DSN.replace("ACTION", action).replace("STATUS", status).replace("DIAGNOSTIC", diagnostic)
    return reports(told.encode())


def test_what_could_not_be_delivered_tells_the_touch_the_address_and_why() -> None:
    assert bounced() == [
        Report("bounce", KEY, "ann@mail.example", Fault("invalid_recipient", "5.1.1", "550 5.1.1 no such user"))
    ]


@pytest.mark.parametrize(
    ("status", "diagnostic", "kind", "code"),
    [
        ("5.0.0", "smtp; 550 5.1.1 unknown", "invalid_recipient", "5.1.1"),
        ("5.2.2", "smtp; 552 5.2.2 full", "invalid_recipient", "5.2.2"),
        ("5.7.1", "smtp; 554 5.7.1 spam", "content", "5.7.1"),
        ("5.0.0", "smtp; 550 Mail content denied", "content", "5.0.0"),
        ("5.4.4", "", "invalid_recipient", "5.4.4"),
        ("4.4.7", "smtp; 421 4.4.2 timed out", "transient", "4.4.2"),
        ("4.4.7", "X-Postfix; delivery temporarily suspended", "transient", "4.4.7"),
        ("", "", "invalid_recipient", "550"),
        ("5.1.1", "smtp; 550\n 5.1.1 folded", "invalid_recipient", "5.1.1"),
    ],
)
def test_the_class_is_what_the_other_server_said(status: str, diagnostic: str, kind: str, code: str) -> None:
    fault = bounced(status=status, diagnostic=diagnostic)[0].fault
    assert (fault.kind, fault.code) == (kind, code)


@pytest.mark.parametrize(
    ("action", "kinds"), [("Failed", ["bounce"]), ("delayed", ["delay"]), ("delivered", []), ("relayed", [])]
)
def test_only_what_failed_or_waits_is_reported(action: str, kinds: list[str]) -> None:
    assert [one.kind for one in bounced(action)] == kinds


def test_the_address_it_came_back_to_tells_the_touch_where_the_letter_does_not() -> None:
    told = DSN.replace("ACTION", "failed").replace(f"Message-ID: <{KEY}@shop.example>", "X-Nothing: 1")
    assert [one.key for one in reports(told.encode())] == [KEY]
    assert [one.key for one in reports(told.replace(f"bounce+{KEY}@", "postmaster@").encode())] == [None]


def test_several_recipients_are_told_apart() -> None:
    block = "Final-Recipient: rfc822; bob@mail.example\nAction: failed\nStatus: 5.7.1\n\n--b\nContent-Type: text/rfc822"
    told = DSN.replace("ACTION", "failed").replace("--b\nContent-Type: text/rfc822", block, 1)
    assert [one.address for one in reports(told.encode())] == ["ann@mail.example", "bob@mail.example"]


def test_a_complaint_tells_the_touch_and_who_complains() -> None:
    assert reports(ARF.encode()) == [
        Report("complaint", KEY, "ann@mail.example", Fault("opted_out", "complaint", "abuse"))
    ]


def test_line_ends_of_both_kinds_are_read() -> None:
    assert reports(ARF.replace("\n", "\r\n").encode()) == reports(ARF.encode())


def test_a_report_that_the_library_writes_is_read() -> None:
    mail = MIMEMultipart("report", **{"report-type": "delivery-status"})
    mail.attach(MIMEText("It failed."))
    status = EmailMessage()
    status["Content-Type"] = "message/delivery-status"
    blocks = "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n"
    raw = mail.as_string().replace(
        f"\n--{mail.get_boundary()}--",
        f"\n--{mail.get_boundary()}\nContent-Type: message/delivery-status\n\n{blocks}\n--{mail.get_boundary()}--",
    )
    assert [(one.address, one.fault.code) for one in reports(raw.encode())] == [("a@b.example", "5.1.1")]


@pytest.mark.parametrize(
    "letter", [b"", b"\0\xff", b"Subject: hi\n\nhello", b"Content-Type: multipart/report\n\nx", ARF[:300].encode()]
)
def test_what_is_no_report_reports_nothing(letter: bytes) -> None:
    assert all(one.key is None for one in reports(letter))


def test_a_key_that_is_none_is_not_taken_for_one() -> None:
    told = ARF.replace(KEY, "../../etc'; DROP")
    assert [one.key for one in reports(told.encode())] == [None]


@given(cut=st.integers(0, len(DSN)), noise=st.binary(max_size=40))
def test_broken_letters_are_read_without_a_word(cut: int, noise: bytes) -> None:
    whole = DSN.replace("ACTION", "failed").encode()
    reports(whole[:cut] + noise + whole[cut:])
    reports(ARF.encode()[:cut] + noise)
