"""The laws of channels: what every adapter keeps, tried against a real other side.

A test of an adapter makes a `Trial` for each of `LAWS` and runs it:

    @pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
    def test_the_channel_keeps_the_law(law):
        run(law(trial))
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from titian.domain.outcome import RETRIED, Accepted, Later, Outcome, Rejected, Uncertain
from titian.domain.touch import Message
from titian.reach.channel import Channel

LETTERS = "茶 é 🍵 \U00020000 «» %s {{x}} <b>&amp;</b> ' \" \\ ="
"""Text of every plane, with what formats and templates might take for their own."""


@dataclass(frozen=True)
class Trial:
    """What the laws need: a channel, its messages, a look at what arrived (key and what it says), and a way to cut the line.

    `arrived` tells what came into effect: a receiver that honours the key tells a repeated message once.
    """

    channel: Channel
    message: Callable[[int], Message]
    arrived: Callable[[], Sequence[tuple[str, str]]]
    cut: Callable[[], Awaitable[None]]

    def keys(self) -> list[str]:
        """The keys of what arrived, sorted."""
        return sorted(key for key, _ in self.arrived())

    async def sent(self, *messages: Message) -> list[Outcome]:
        """Send in batches as large as the channel says."""
        size = self.channel.capabilities.batch
        found: list[Outcome] = []
        for start in range(0, len(messages), size):
            found += await self.channel.send(messages[start : start + size])
        return found


async def it_says_what_it_can_do(trial: Trial) -> None:
    """Capabilities are possible ones."""
    able = trial.channel.capabilities
    assert able.batch >= 1
    assert able.per_second is None or able.per_second > 0
    assert all(length is None or length >= 0 for length in (able.longest_text, able.longest_subject))


async def each_message_has_an_outcome_in_order(trial: Trial) -> None:
    """As many outcomes as messages, and what is accepted is what arrived."""
    messages = [trial.message(number) for number in range(3)]
    assert all(isinstance(one, Accepted) for one in await trial.sent(*messages))
    assert trial.keys() == sorted(one.key for one in messages)


async def many_slots_send_at_once(trial: Trial) -> None:
    """Calls that overlap do not mix up what they carry."""
    messages = [trial.message(number) for number in range(12)]
    found = await asyncio.gather(*(trial.channel.send([one]) for one in messages))
    assert [type(outcomes[0]) for outcomes in found] == [Accepted] * 12
    assert trial.keys() == sorted(one.key for one in messages)


async def a_repeated_message_is_known_by_its_key(trial: Trial) -> None:
    """The second try carries the same key; a channel that honours it takes effect once."""
    message = trial.message(1)
    for tries in (1, 2):
        await trial.sent(replace(message, tries=tries))
    assert trial.keys() == [message.key] * (1 if trial.channel.capabilities.honours_key else 2)


async def every_letter_arrives(trial: Trial) -> None:
    """What it says arrives letter by letter."""
    message = trial.message(1)
    content = replace(message.content, text=LETTERS)
    assert isinstance((await trial.sent(replace(message, content=content)))[0], Accepted)
    assert [LETTERS in said for _, said in trial.arrived()] == [True]


async def a_long_line_arrives_or_is_refused(trial: Trial) -> None:
    """A line of 5,000 letters arrives whole, or is refused as content and nothing arrives."""
    message = trial.message(1)
    line = "steep" * 1_000
    outcome = (await trial.sent(replace(message, content=replace(message.content, text=line))))[0]
    if isinstance(outcome, Rejected):
        assert outcome.fault.kind == "content"
        assert trial.keys() == []
    else:
        assert [line in said.replace("\r\n", "") for _, said in trial.arrived()] == [True]


async def a_text_that_is_too_long_is_refused(trial: Trial) -> None:
    """What is over the limit is refused as content, and nothing of it arrives."""
    limit = trial.channel.capabilities.longest_text
    if not limit:
        return
    message = trial.message(1)
    long = replace(message, content=replace(message.content, text="x" * (limit + 1)))
    outcome = (await trial.sent(long))[0]
    assert isinstance(outcome, Rejected)
    assert outcome.fault.kind == "content"
    assert trial.keys() == []


async def nobody_is_added_by_line_breaks(trial: Trial) -> None:
    """A name or subject with line breaks reaches nobody else: it is refused, or carried as text."""
    message = trial.message(1)
    evil = "x\r\nBcc: eve@shop.example\r\nX-Evil: 1"
    content = replace(message.content, to_name=evil, subject=evil if message.content.subject else "")
    outcome = (await trial.sent(replace(message, content=content)))[0]
    assert trial.keys() == ([message.key] if isinstance(outcome, Accepted) else [])


async def a_cut_line_is_an_outcome(trial: Trial) -> None:
    """Without the other side nothing is raised and nothing accepted: it is tried later, or not known."""
    await trial.sent(trial.message(1))
    await trial.cut()
    for outcome in await trial.sent(trial.message(2), trial.message(3)):
        assert isinstance(outcome, Later | Uncertain)
        assert outcome.fault.kind in RETRIED


async def a_look_sends_nothing(trial: Trial) -> None:
    """To check is not to send."""
    assert (await trial.channel.check()).en
    assert trial.keys() == []


async def it_can_be_closed_twice(trial: Trial) -> None:
    """Closing is final and harmless."""
    await trial.sent(trial.message(1))
    await trial.channel.close()
    await trial.channel.close()


LAWS: tuple[Callable[[Trial], Awaitable[None]], ...] = (
    it_says_what_it_can_do,
    each_message_has_an_outcome_in_order,
    many_slots_send_at_once,
    a_repeated_message_is_known_by_its_key,
    every_letter_arrives,
    a_long_line_arrives_or_is_refused,
    a_text_that_is_too_long_is_refused,
    nobody_is_added_by_line_breaks,
    a_cut_line_is_an_outcome,
    a_look_sends_nothing,
    it_can_be_closed_twice,
)
