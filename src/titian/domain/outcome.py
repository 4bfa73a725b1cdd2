"""Outcomes: what a channel says became of a message, and the classes of what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from titian.domain.words import Words

ErrorClass = Literal[
    "transient",
    "throttled",
    "auth_config",
    "invalid_recipient",
    "opted_out",
    "content",
    "template",
    "balance",
    "quota",
]
ERROR_CLASSES: tuple[ErrorClass, ...] = get_args(ErrorClass)
RETRIED: frozenset[ErrorClass] = frozenset({"transient", "throttled"})
"""What may be tried again by itself."""
OF_CHANNEL: frozenset[ErrorClass] = frozenset({"auth_config", "balance", "quota"})
"""What no message is to blame for: the channel stops until a person mends it, and its messages wait."""

ERROR_WORDS: dict[ErrorClass, Words] = {
    "transient": Words(zh="暂时故障，会重试", en="a passing fault; it is tried again"),
    "throttled": Words(zh="对方限流，稍后重试", en="too fast for the other side; it is tried later"),
    "auth_config": Words(zh="登录或配置有误", en="sign-in or set-up is wrong"),
    "invalid_recipient": Words(zh="收件地址无效", en="the address is none"),
    "opted_out": Words(zh="对方已拒收", en="the recipient refuses"),
    "content": Words(zh="内容被拒", en="what it says is refused"),
    "template": Words(zh="模板或签名有误", en="the template or signature is wrong"),
    "balance": Words(zh="余额不足或账户异常", en="the account has no money or is closed"),
    "quota": Words(zh="额度已用完", en="the account's quota is used up"),
}

LONGEST_CODE, LONGEST_TEXT = 80, 500


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong: its class, the other side's own code and words; never a secret."""

    kind: ErrorClass
    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The other side took the message; `provider_id` is what it calls it."""

    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """The message was not taken and may be tried again, not before `after_seconds` where the other side said so.

    `peer`: what is wrong is the other side as a whole (down, too busy), not this message; others would fare the same.
    """

    fault: Fault
    after_seconds: float | None = None
    peer: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """The message was refused, and would be again."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Whether the message was taken is not known: the answer was lost."""

    fault: Fault


Outcome = Accepted | Later | Rejected | Uncertain
