"""Meanings: what a team's own event names mean (浏览, product_view and pv are all views)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from hashlib import sha256

from pydantic import BaseModel, ConfigDict

from titian.domain.words import Words
from titian.errors import InputError


class Meaning(BaseModel):
    """Something that customers do, by the name the house uses, and what others call it."""

    model_config = ConfigDict(frozen=True)

    key: str
    words: Words
    also: tuple[str, ...] = ()


def _meaning(key: str, zh: str, en: str, also: str = "") -> Meaning:
    return Meaning(key=key, words=Words(zh=zh, en=en), also=(zh, *also.split()))


MEANINGS: dict[str, Meaning] = {
    meaning.key: meaning
    for meaning in (
        _meaning("exposure", "曝光", "exposure", "impression ad_impression expose 展示"),
        _meaning("click", "点击", "click", "ad_click tap banner_click"),
        _meaning("view", "浏览", "view", "product_view page_view pageview view_item view_content pv 浏览商品 访问"),
        _meaning("search", "搜索", "search", "view_search_results site_search query"),
        _meaning("favourite", "收藏", "favourite", "favorite fav wishlist_add add_to_wishlist wishlist collect"),
        _meaning("cart", "加购", "cart", "add_to_cart addtocart cart_add add_cart 加入购物车"),
        _meaning("follow", "关注", "follow", "subscribe follow_shop 关注店铺"),
        _meaning("join", "入会", "join", "join_member join_group join_club 加入会员 入群"),
        _meaning("register", "注册", "register", "sign_up signup registration create_account"),
        _meaning("login", "登录", "login", "sign_in signin log_in"),
        _meaning("download", "下载", "download", "install app_install first_open 安装"),
        _meaning("purchase", "购买", "purchase", "buy order pay paid order_completed checkout_completed 下单 支付"),
        _meaning("checkin", "签到", "check-in", "check_in daily_checkin sign 打卡"),
        _meaning("task", "完成任务", "task done", "task_completed complete_task finish_task"),
        _meaning("claim_points", "领取积分", "claim points", "points_claimed earn_points"),
        _meaning("spend_points", "使用积分", "spend points", "points_spent redeem_points exchange 积分兑换"),
        _meaning("post", "发帖", "post", "create_post publish 发布"),
        _meaning("comment", "评论", "comment", "add_comment"),
        _meaning("reply", "回复", "reply", "add_reply"),
        _meaning("like", "点赞", "like", "upvote thumbs_up 赞"),
        _meaning("liked", "被点赞", "liked", "received_like"),
        _meaning("answer", "回答", "answer", "answer_question"),
        _meaning("share", "分享", "share", "share_product 转发"),
        _meaning("praise", "好评", "praise", "good_review five_star positive_review"),
        _meaning("refer", "推荐", "refer", "referral recommend"),
        _meaning("invite", "邀请", "invite", "invite_friend send_invite 邀请好友"),
        _meaning("watch", "观看", "watch", "watch_live play video_play 看直播"),
        _meaning("tip", "打赏", "tip", "gift send_gift donate"),
    )
}

_USUALLY = {name: meaning.key for meaning in MEANINGS.values() for name in (meaning.key, *meaning.also)}


class Meanings(BaseModel):
    """The names that events have in one workspace: the usual ones, and the team's own.

    A name that the team gives to one meaning has no other.
    """

    model_config = ConfigDict(frozen=True)

    own: dict[str, tuple[str, ...]] = {}

    @classmethod
    def of(cls, own: Mapping[str, str | Sequence[str]]) -> Meanings:
        """From what each meaning is called here: {"view": ["看货"]}. Raises InputError for a name with two meanings."""
        made = {key: (names,) if isinstance(names, str) else tuple(names) for key, names in own.items()}
        taken: dict[str, str] = {}
        for key, names in made.items():
            for name in names:
                if taken.setdefault(name, key) != key:
                    raise _twice(name, taken[name], key)
        return cls(own=made)

    def names(self, event: str) -> tuple[str, ...]:
        """All names of events that mean `event`; a name without a known meaning means itself."""
        given = self.own.get(event, ())
        known = MEANINGS[event].also if event in MEANINGS else ()
        usual = (name for name in (event, *known) if self._meant.get(name, event) == event)
        return tuple(dict.fromkeys((*given, *usual)))

    def words(self, name: str) -> Words:
        """What an event is called, by the name that the data have for it; its own name where no meaning is known."""
        key = self._meant.get(name, _USUALLY.get(name, name))
        return MEANINGS[key].words if key in MEANINGS else Words(zh=key, en=key)

    def all_names(self, events: Sequence[str]) -> tuple[str, ...]:
        """All names of events that mean one of these."""
        return tuple(dict.fromkeys(name for event in events for name in self.names(event)))

    @cached_property
    def _meant(self) -> dict[str, str]:
        return {name: key for key, names in self.own.items() for name in names}

    @cached_property
    def digest(self) -> str:
        """Names this set of meanings."""
        return sha256(json.dumps(self.own, sort_keys=True).encode()).hexdigest()[:12]


USUAL = Meanings()
"""What events are called where a team has said nothing."""


def _twice(name: str, one: str, other: str) -> InputError:
    return InputError(
        f"the event {name!r} is said to mean both {one} and {other}",
        "give each event name one meaning",
        zh=f"行为 {name!r} 同时被说成 {one} 和 {other}",
        hint_zh="每个行为名只能对应一种含义",
        event=name,
    )
