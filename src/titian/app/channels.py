"""Channels: those that titian.yaml sets up, opened, looked at, and tried with one message."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from titian.app.answers.outbox import ChannelInfo, Channels, Tried
from titian.app.desk import Desk
from titian.app.texts import text
from titian.domain.outcome import ERROR_WORDS, Accepted, Later, Outcome, Rejected
from titian.domain.touch import Content, Message
from titian.domain.words import Words
from titian.errors import TitianError, UnknownNameError
from titian.reach import registry
from titian.reach.channel import Channel, ChannelKind, ChannelSettings, Surroundings
from titian.reach.running import run

LONGEST_ADDRESS = 500
TEST = Words(zh="Titian 测试消息", en="A test message of Titian")
BECAME = {
    "accepted": Words(zh="已被接收", en="it was taken"),
    "later": Words(zh="暂未接收，可稍后再试", en="it was not taken now; it may be later"),
    "rejected": Words(zh="被拒绝", en="it was refused"),
    "uncertain": Words(zh="不确定是否已发出", en="whether it went out is not known"),
}


@dataclass(frozen=True)
class Setup:
    """A channel as it is set up."""

    key: str
    kind: ChannelKind
    settings: ChannelSettings

    def open(self, desk: Desk, environment: Mapping[str, str]) -> Channel:
        """The channel, open. Raises TitianError, as where a secret is missing."""
        around = Surroundings(self.key, desk.store, desk.workspace.path, environment)
        return self.kind.open(self.settings, around)


def setups(desk: Desk) -> list[Setup]:
    """All channels as they are set up. Raises InputError."""
    found = ((key, registry.checked(key, given)) for key, given in desk.workspace.settings.channels.items())
    return [Setup(key, registry.kind_of(settings.kind), settings) for key, settings in found]


def setup(desk: Desk, key: str) -> Setup:
    """One of them. Raises UnknownNameError."""
    found = {one.key: one for one in setups(desk)}
    if key not in found:
        raise UnknownNameError("channel", "渠道", key, list(found))
    return found[key]


def listed(
    desk: Desk, look: bool = False, key: str | None = None, environment: Mapping[str, str] = os.environ
) -> Channels:
    """The channels, or one of them; with `look` what a look at each found, for which nothing is sent."""
    chosen = setups(desk) if key is None else [setup(desk, key)]
    return Channels(channels=tuple(_looked_at(desk, one, look, environment) for one in chosen))


def send_test(
    desk: Desk, key: str, address: str, said: str = "", subject: str = "", environment: Mapping[str, str] = os.environ
) -> Tried:
    """Send one message at once, past the outbox; what became of it. Raises InputError, UnknownNameError."""
    made = setup(desk, key)
    content = Content(text=text(said, "text", 4_000) or TEST.zh, subject=text(subject, "subject", 200) or TEST.zh)
    message = Message(
        key=uuid4().hex,
        customer_id="",
        campaign="",
        play="",
        topic="",
        purpose="service",
        address=text(address, "address", LONGEST_ADDRESS),
        content=content,
        due_at=datetime.now(UTC),
    )
    # Noted when it begins: what goes out can't be taken back. To whom is not for the log.
    desk.trail.note("channel.test", key)
    return _tried(run(_sent(made.open(desk, environment), message)))


async def _sent(channel: Channel, message: Message) -> Outcome:
    try:
        return (await channel.send([message]))[0]
    finally:
        await channel.close()


async def _checked(channel: Channel) -> Words:
    try:
        return await channel.check()
    finally:
        await channel.close()


def _looked_at(desk: Desk, made: Setup, look: bool, environment: Mapping[str, str]) -> ChannelInfo:
    if not look:
        return info(made)
    try:
        return info(made, found=run(_checked(made.open(desk, environment))))
    except TitianError as error:
        return info(made, error=error)


def info(made: Setup, found: Words | None = None, error: TitianError | None = None) -> ChannelInfo:
    """What is told of a channel."""
    return ChannelInfo(
        key=made.key,
        kind=made.settings.kind,
        name=made.kind.words,
        slots=made.settings.slots or made.kind.slots,
        per_second=made.settings.per_second,
        when_uncertain=made.settings.when_uncertain,
        found=found,
        problem=error and Words(zh=error.zh, en=error.message),
        mend=error and Words(zh=error.hint_zh, en=error.hint),
    )


def _tried(outcome: Outcome) -> Tried:
    if isinstance(outcome, Accepted):
        return Tried(outcome="accepted", said=BECAME["accepted"], code="", text=outcome.provider_id)
    kind = "later" if isinstance(outcome, Later) else "rejected" if isinstance(outcome, Rejected) else "uncertain"
    became, why = BECAME[kind], ERROR_WORDS[outcome.fault.kind]
    said = Words(zh=f"{became.zh}：{why.zh}", en=f"{became.en}: {why.en}")
    return Tried(outcome=kind, said=said, code=outcome.fault.code, text=outcome.fault.text)
