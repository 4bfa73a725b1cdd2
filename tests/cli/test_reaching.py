"""titian channels, send-test, dispatch, outbox, consent, tasks and returned-mail."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.test_channels import HOOK, LETTERS, MailServerBeside, made
from tests.app.test_returned_mail import FAILED
from tests.cli.calling import Called, here
from tests.reach.mailserver import Moods
from tests.reach.test_email_reports import KEY
from tests.store.touches import a_touch, put, settled, took
from titian.app.desk import Desk

__all__ = ["made"]
Printed = pytest.CaptureFixture[str]
Made = Callable[..., Desk]


def call(printed: Printed, desk: Desk, *arguments: str | Path) -> Called:
    return here(printed, *arguments, "--workspace", desk.workspace.path)


def test_channels_are_listed_and_checked(capsys: Printed, made: Made) -> None:
    desk = made(calls={"kind": "staff"}, hook=HOOK)
    assert [line.split() for line in call(capsys, desk, "channels").out.splitlines()[1:]] == [
        ["calls", "staff", "task", "1"],
        ["hook", "webhook", "32"],
    ]
    done = call(capsys, desk, "channels", "--check")
    assert (done.code, "0 to do" in done.out, "TITIAN_HOOK holds no secret" in done.out) == (1, True, True)
    told = json.loads(call(capsys, desk, "channels", "calls", "--check", "--json").out)
    assert [one["found"]["en"] for one in told["channels"]] == ["0 to do"]


def test_without_channels_it_says_how_to_set_one_up(capsys: Printed, made: Made) -> None:
    assert "titian.yaml" in call(capsys, made(), "channels").out


def test_a_test_message_says_what_became_of_it(capsys: Printed, made: Made, chinese: None) -> None:
    with MailServerBeside(Moods(at_rcpt={"bob@mail.example": "550 5.1.1 no\x1b[31m"})) as server:
        desk = made(letters=LETTERS | {"port": server.port})
        good = call(capsys, desk, "send-test", "letters", "ann@mail.example", "--text", "你好")
        bad = call(capsys, desk, "send-test", "letters", "bob@mail.example")
    assert (good.code, good.out) == (0, "已被接收 (250 2.0.0 queued)\n")
    assert (bad.code, bad.out.startswith("被拒绝：收件地址无效 (550 5.1.1"), "\x1b" in bad.out) == (1, True, False)


def test_dispatch_sends_and_the_outbox_tells(capsys: Printed, made: Made) -> None:
    desk = made(calls={"kind": "staff"}, hook=HOOK)
    put(desk.store, a_touch(1, channel="calls"), a_touch(2, channel="hook"))
    done = call(capsys, desk, "dispatch", "--once")
    assert done.out == "1 sent, 0 to be tried again, 0 held, 0 failed\n"
    assert done.err.startswith("hook: the environment variable TITIAN_HOOK holds no secret")
    assert [line.split() for line in call(capsys, desk, "outbox").out.splitlines()[1:]] == [
        ["calls", "sent", "1"],
        ["hook", "queued", "1"],
    ]


def test_what_is_held_is_listed_and_settled(capsys: Printed, made: Made) -> None:
    with MailServerBeside(Moods(cut_after_data=frozenset({"ann@mail.example"}))) as server:
        desk = made(letters=LETTERS | {"port": server.port})
        put(desk.store, a_touch(1, address="ann@mail.example"))
        assert "see what is held" in call(capsys, desk, "dispatch", "--once").err
    line = call(capsys, desk, "outbox", "--held").out.strip()
    assert line.endswith("· letters · held · c1 · ann@mail.example · a passing fault; it is tried again cut")
    key = line.split()[0]
    assert "· sent ·" in call(capsys, desk, "outbox", "--settle", key, "--as", "sent").out
    assert call(capsys, desk, "outbox", "--held").out == "there are none\n"


def test_sending_is_paused_and_resumed(capsys: Printed, made: Made) -> None:
    desk = made(calls={"kind": "staff"})
    paused = call(capsys, desk, "outbox", "--pause", "all", "--why", "holiday")
    assert ("paused all · cli:" in paused.out, "· holiday" in paused.out) == (True, True)
    put(desk.store, a_touch(1, channel="calls"))
    assert call(capsys, desk, "dispatch", "--once").out.startswith("0 sent")
    call(capsys, desk, "outbox", "--resume", "all")
    assert call(capsys, desk, "dispatch", "--once", "--json").out.count('"sent": 1') == 1
    assert "stopped campaign:spring" in call(capsys, desk, "outbox", "--stop", "campaign:spring").out


def test_consent_is_noted_and_shown(capsys: Printed, made: Made) -> None:
    desk = made()
    assert call(capsys, desk, "consent", "c1").out == "nothing was said\n"
    call(capsys, desk, "consent", "c1", "--agree", "--source", "form", "--proof", "page 3")
    told = call(capsys, desk, "consent", "c1", "--refuse", "--channel", "letters").out.splitlines()
    assert ["refused · letters / every topic" in told[0], "agreed · every channel" in told[1]] == [True, True]
    assert json.loads(call(capsys, desk, "consent", "c1", "--json").out)["consents"][1]["proof"] == "page 3"


def test_tasks_are_listed_and_ended(capsys: Printed, made: Made) -> None:
    desk = made(calls={"kind": "staff"})
    assert call(capsys, desk, "tasks").out == "there is nothing to do\n"
    put(desk.store, a_touch(1, channel="calls", address="王芳"))
    call(capsys, desk, "dispatch", "--once")
    line = call(capsys, desk, "tasks", "--staff", "王芳").out.strip()
    assert line.endswith("· to do · 王芳 · c1 · 新茶")
    ended = call(capsys, desk, "tasks", "--done", line.split()[0], "--note", "liked it").out
    assert ended.strip().endswith("· done · 王芳 · c1 · 新茶 · liked it")


def test_returned_mail_is_read(capsys: Printed, made: Made, tmp_path: Path) -> None:
    desk = made()
    put(desk.store, a_touch(1, touch_id=KEY))
    settled(desk.store, took(desk.store), "sent")
    (tmp_path / "back.eml").write_bytes(FAILED)
    assert call(capsys, desk, "returned-mail", tmp_path).out.startswith("1 bounced, 0 complaints")
    assert KEY in call(capsys, desk, "outbox", "--failed").out


@pytest.mark.parametrize(
    "arguments",
    [
        ["channels", "sms"],
        ["send-test", "sms", "x"],
        ["dispatch", "--once"],
        ["outbox", "--settle", "x"],
        ["outbox", "--settle", "nothing", "--as", "sent"],
        ["outbox", "--held", "--failed"],
        ["outbox", "--pause", "everything"],
        ["outbox", "--resume", "all"],
        ["outbox", "--stop", "all"],
        ["consent", "c1", "--agree", "--refuse"],
        ["consent", "c1", "--agree", "--channel", "No Key"],
        ["tasks", "--done", "x", "--not-reached", "y"],
        ["tasks", "--done", "nothing"],
        ["tasks", "--state", "lost"],
        ["returned-mail", "nothing.eml"],
    ],
    ids=lambda one: " ".join(one),
)
def test_a_wrong_call_is_said_in_two_lines(capsys: Printed, made: Made, arguments: list[str]) -> None:
    told = call(capsys, made(), *arguments)
    assert (told.code, told.out, len(told.err.splitlines())) == (2, "", 2)
    assert told.err.startswith("error: ")
