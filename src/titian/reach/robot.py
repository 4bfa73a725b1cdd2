"""Robots: messages to the team's own group (Feishu, DingTalk, WeCom and a hundred more), by Apprise."""

from __future__ import annotations

from collections.abc import Sequence

from apprise import Apprise, NotifyFormat

from titian.domain.outcome import Accepted, Fault, Later, Outcome, Rejected
from titian.domain.touch import Message
from titian.domain.words import Words
from titian.errors import InputError
from titian.reach.channel import Capabilities, ChannelKind, ChannelSettings, Surroundings
from titian.reach.secret import Secret

PER_SECOND = 20 / 60
"""What the robots of DingTalk and WeCom take; who sends more is shut out for ten minutes."""


class RobotSettings(ChannelSettings):
    """Where the address of the robot is, which is its secret: `dingtalk://SECRET@TOKEN`, `wecombot://KEY`, `feishu://TOKEN` …"""

    kind: str = "robot"
    url: Secret


class RobotChannel:
    """Says a message in a group. Whether one that failed was seen all the same nobody tells; the team sees it twice then."""

    capabilities = Capabilities(per_second=PER_SECOND, needs_consent=False, longest_subject=None)

    def __init__(self, name: str, url: str) -> None:
        self._name = name
        self._apprise = Apprise()
        if not self._apprise.add(url):
            raise _no_robot(name)

    async def send(self, messages: Sequence[Message]) -> list[Outcome]:
        """Say messages, one after the other."""
        return [await self._said(message) for message in messages]

    async def check(self) -> Words:
        """What kind of robot it is."""
        kind = str(self._apprise[0].service_name)
        return Words(zh=f"将通过 {kind} 发送", en=f"speaks over {kind}")

    async def close(self) -> None:
        """There is nothing to let go of."""

    async def _said(self, message: Message) -> Outcome:
        content = message.content
        if not content.text.strip():
            return Rejected(Fault("content", "empty", "the text is empty"))
        title = " ".join(content.subject.split())
        if await self._apprise.async_notify(body=content.text, title=title, body_format=NotifyFormat.TEXT):
            return Accepted()
        return Later(Fault("transient", "not_taken", "the robot did not take it"), peer=True)


def _no_robot(name: str) -> InputError:
    return InputError(
        f"channel {name}: what its secret holds is no address of a robot",
        "write it as dingtalk://SECRET@TOKEN, wecombot://KEY, feishu://TOKEN, or another that Apprise knows",
        zh=f"渠道 {name}：密钥中不是机器人地址",
        hint_zh="请写成 dingtalk://密钥@令牌、wecombot://KEY、feishu://令牌，或 Apprise 支持的其他地址",
        channel=name,
    )


def _open(settings: ChannelSettings, around: Surroundings) -> RobotChannel:
    assert isinstance(settings, RobotSettings)
    return RobotChannel(around.name, settings.url.read(around.environment, around.folder))


KIND = ChannelKind(Words(zh="群机器人", en="group robot"), RobotSettings, _open, 1)
