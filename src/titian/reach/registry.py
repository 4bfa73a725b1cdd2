"""The kinds of channels: those that come with Titian, and those that plug-ins bring. One line adds one."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from pydantic import ValidationError

from titian.errors import InputError, UnknownNameError
from titian.reach.channel import ENTRY_POINTS, ChannelKind, ChannelSettings

OWN = {
    "email": "titian.reach.email",
    "webhook": "titian.reach.webhook",
    "staff": "titian.reach.staff",
    "handoff": "titian.reach.handoff",
    "aliyun_sms": "titian.reach.aliyun",
    "tencent_sms": "titian.reach.tencent",
    "twilio_sms": "titian.reach.twilio",
    "robot": "titian.reach.robot",
}
"""Where the kinds are; each is loaded when a workspace uses it."""


def kinds() -> list[str]:
    """All kinds there are."""
    return [*OWN, *sorted({one.name for one in entry_points(group=ENTRY_POINTS)} - set(OWN))]


def kind_of(name: str) -> ChannelKind:
    """A kind of channel. Raises UnknownNameError."""
    if name in OWN:
        found = import_module(OWN[name]).KIND
    else:
        points = [one for one in entry_points(group=ENTRY_POINTS) if one.name == name]
        if not points:
            raise UnknownNameError("kind of channel", "渠道类型", name, kinds())
        found = points[0].load()
    assert isinstance(found, ChannelKind), f"the entry point {name} leads to no ChannelKind"
    return found


def checked(name: str, given: Mapping[str, Any]) -> ChannelSettings:
    """Settings of a channel. Raises InputError that names the first wrong one and repeats no value."""
    kind = given.get("kind")
    if not isinstance(kind, str):
        raise UnknownNameError("kind of channel", "渠道类型", str(kind), kinds())
    try:
        return kind_of(kind).settings.model_validate(given)
    except ValidationError as error:
        found = error.errors(include_input=False, include_context=False, include_url=False)[0]
        setting = ".".join(str(part) for part in found["loc"]) or "settings"
        what = found["msg"].removeprefix("Value error, ")
        raise InputError(
            f"channel {name}: {setting}: {what}",
            f"mend {setting} of channels.{name}",
            zh=f"渠道 {name} 的设置 {setting} 有误：{what}",
            hint_zh=f"请修改 channels.{name} 的 {setting}",
            channel=name,
            setting=setting,
        ) from error
