"""Robots speak in a group, here one that is a receiver of JSON; the address of one, which is its secret, is told nowhere."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.reach.receiver import Receiver, reply
from titian.domain.outcome import Accepted, Later, Outcome, Rejected
from titian.domain.touch import Content, Message, touch_id_of
from titian.errors import InputError
from titian.reach.robot import RobotChannel
from titian.reach.running import run
from titian.testing.channel_laws import LAWS, Trial

AT = datetime(2026, 11, 28, tzinfo=UTC)


def message(number: int = 0, **said: Any) -> Message:
    content = Content(**{"text": f"hello {number}", "subject": "hi"} | said)
    return Message(touch_id_of("robot", str(number)), "", "", "", "", "service", "", content, AT)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_it_keeps_the_law(law: Callable[[Trial], Awaitable[None]]) -> None:
    keys = {f"hello {number}": message(number).key for number in range(20)}

    async def ran() -> None:
        async with Receiver(lambda _: reply(200)) as receiver:

            def arrived() -> list[tuple[str, str]]:
                said = [json.loads(one.body)["message"] for one in receiver.requests]
                return [(keys.get(text, message(1).key), text) for text in said]

            await law(
                Trial(RobotChannel("group", f"json://127.0.0.1:{receiver.port}/x"), message, arrived, receiver.cut)
            )

    run(ran())


def said(status: int, given: Message) -> tuple[Outcome, list[dict[str, str]]]:
    async def ran() -> tuple[Outcome, list[dict[str, str]]]:
        async with Receiver(lambda _: reply(status)) as receiver:
            found = await RobotChannel("group", f"json://127.0.0.1:{receiver.port}/x").send([given])
            return found[0], [json.loads(one.body) for one in receiver.requests]

    return run(ran())


def test_a_message_is_said_with_its_title() -> None:
    outcome, heard = said(200, message(subject="日报\n今天", text="来了 5 位"))
    assert (outcome, heard[0]["title"], heard[0]["message"]) == (Accepted(), "日报 今天", "来了 5 位")


def test_what_is_not_taken_is_tried_later() -> None:
    outcome, _ = said(500, message())
    assert isinstance(outcome, Later)
    assert outcome.peer
    assert isinstance(said(200, message(text=" "))[0], Rejected)


@pytest.mark.parametrize("url", ["", "hunter2", "nothing://hunter2@x"])
def test_an_address_that_is_none_is_said_without_repeating_it(url: str) -> None:
    with pytest.raises(InputError) as told:
        RobotChannel("group", url)
    assert "hunter2" not in told.value.message + told.value.hint


@pytest.mark.parametrize(
    ("url", "kind"),
    [("dingtalk://secret@token", "DingTalk"), ("wecombot://botkey", "WeCom Bot"), ("feishu://token", "Feishu")],
)
def test_a_look_tells_what_kind_it_is(url: str, kind: str) -> None:
    assert run(RobotChannel("group", url).check()).en == f"speaks over {kind}"
