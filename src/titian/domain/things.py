"""The four things to know of a customer: where from, why they ordered, how they judge it, whom they can bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from titian.domain.words import Words

Thing = Literal["where_from", "why_ordered", "judgement", "can_bring"]
KEYS: tuple[Thing, ...] = get_args(Thing)


@dataclass(frozen=True)
class ThingToKnow:
    """One of the four: its name, the question that it answers, and the usual answers to choose from, by key."""

    name: Words
    question: Words
    choices: dict[str, Words]


def _choices(**said: tuple[str, str]) -> dict[str, Words]:
    return {key: Words(zh=zh, en=en) for key, (zh, en) in said.items()}


THINGS: dict[Thing, ThingToKnow] = {
    "where_from": ThingToKnow(
        Words(zh="从哪里来", en="where from"),
        Words(zh="客户从哪里知道我们？", en="How did they come to us?"),
        _choices(
            friend=("朋友介绍", "through a friend"),
            shop=("路过门店", "passed the shop"),
            search=("搜索", "searched"),
            advert=("广告", "an advert"),
            content=("内容种草", "read or watched about it"),
            livestream=("直播间", "a live stream"),
            marketplace=("电商平台", "a marketplace"),
            event=("线下活动", "an event"),
        ),
    ),
    "why_ordered": ThingToKnow(
        Words(zh="为什么下单", en="why they ordered"),
        Words(zh="客户为什么下单？", en="Why did they order?"),
        _choices(
            need=("自己需要", "needed it"),
            gift=("送礼", "a gift"),
            price=("价格优惠", "the price"),
            quality=("看重品质", "the quality"),
            trust=("信任推荐人", "trusts who recommended it"),
            habit=("习惯回购", "always buys it"),
            curiosity=("尝鲜", "to try it"),
        ),
    ),
    "judgement": ThingToKnow(
        Words(zh="怎么评价", en="how they judge it"),
        Words(zh="客户用过之后怎么评价？", en="How do they judge it?"),
        _choices(
            delighted=("非常满意", "delighted"),
            satisfied=("满意", "satisfied"),
            mixed=("一般", "mixed"),
            unhappy=("不满意", "unhappy"),
        ),
    ),
    "can_bring": ThingToKnow(
        Words(zh="能带来谁", en="whom they can bring"),
        Words(zh="客户能带来谁？", en="Whom can they bring?"),
        _choices(
            family=("家人", "family"),
            friends=("朋友", "friends"),
            colleagues=("同事", "colleagues"),
            parents=("家长群", "other parents"),
            neighbours=("邻居", "neighbours"),
            followers=("粉丝", "followers"),
            nobody=("暂时没有", "nobody for now"),
        ),
    ),
}


class Saying(BaseModel):
    """What somebody of the team said of one thing: a choice, a text or both; neither takes back what was known.

    `ended_at` is when another came in its place, or it was taken back; `replaces` is the one that held before.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    customer_id: str
    thing: Thing
    choice: str | None = None
    text: str = ""
    by: str
    at: datetime
    replaces: str | None = None
    ended_at: datetime | None = None
    taken_back_at: datetime | None = None

    @property
    def tells(self) -> bool:
        """Whether it says anything."""
        return bool(self.choice or self.text)
