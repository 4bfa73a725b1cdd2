"""The channel in memory keeps the laws of channels, so that what is tested with it holds of others."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from titian.domain.outcome import Fault, Later
from titian.domain.touch import Content, Message, touch_id_of
from titian.reach.running import run
from titian.testing.channel_laws import LAWS, Trial
from titian.testing.memory_channel import MemoryChannel


def message(number: int) -> Message:
    content = Content(text=f"hello {number}", subject="hi")
    at = datetime(2026, 11, 28, tzinfo=UTC)
    return Message(touch_id_of(str(number)), f"c{number}", "spring", "", "", "service", f"c{number}", content, at)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_it_keeps_the_law(law) -> None:  # type: ignore[no-untyped-def]
    channel = MemoryChannel()

    async def cut() -> None:
        channel.answer = lambda _: Later(Fault("transient", "down"), peer=True)

    def arrived() -> list[tuple[str, str]]:
        return list({one.key: (one.key, one.content.text) for one in channel.sent}.values())

    run(law(Trial(channel, message, arrived, cut)))
