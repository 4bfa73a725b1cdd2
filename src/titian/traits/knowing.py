"""Knowing: traits of what is known of a customer, from their profile, their first touch and what they answered."""

from __future__ import annotations

from titian.traits.declaring import words
from titian.traits.sources import ANSWERS, CUSTOMERS, FIRST_CHANNELS, LAST_SCORES
from titian.traits.trait import Fold, Term, Trait, Unit


def _attribute(key: str, zh: str, en: str) -> Trait:
    return Trait(
        key,
        words(zh, en),
        words(
            f"客户资料中的{zh}；改动有日期的，为截至时点前最后的值",
            f"{en} as the profile says, as of the last dated change",
        ),
        Unit.CATEGORY,
        Fold(CUSTOMERS, "max", (Term("seen_at", key),)),
    )


SIGNED_UP_AT = Trait(
    "signed_up_at",
    words("资料注册时间", "signed up at"),
    words("客户资料中的注册时间，须早于截至时点", "the registration as the profile says, if before the as-of"),
    Unit.INSTANT,
    Fold(CUSTOMERS, "min", (Term("registered_at", "registered_at"),)),
)

KNOWN_SINCE = Trait(
    "known_since",
    words("资料首见时间", "known since"),
    words("客户资料中的首次出现或注册时间", "the first sight or registration as the profile says"),
    Unit.INSTANT,
    Fold(CUSTOMERS, "min", (Term("seen_at", "dated_at"),)),
)

BIRTH_DATE = Trait(
    "birth_date",
    words("生日", "birth date"),
    words("客户资料中的生日", "the birth date as the profile says"),
    Unit.CATEGORY,
    Fold(CUSTOMERS, "max", (Term("seen_at", "birth_date"),)),
)

FIRST_CHANNEL = Trait(
    "first_channel",
    words("首次触达渠道", "first channel"),
    words("最早一笔带渠道的订单或行为的渠道", "the channel of the first order or event that names one"),
    Unit.CATEGORY,
    Fold(FIRST_CHANNELS, "max", (Term("at", "channel"),)),
)

ANSWERS_GIVEN = Trait(
    "answers_given",
    words("问卷回答次数", "answers given"),
    words("回答问卷的次数，有评分或文字才算", "how often they answered a survey with a score, a text, or both"),
    Unit.TIMES,
    Fold(ANSWERS, "count", (Term("answered_at"),)),
    empty=0,
    windowed=True,
)

LAST_SCORE = Trait(
    "last_score",
    words("最近评分", "last score"),
    words("最近一次带评分的问卷回答的评分", "the score of the last answer that has one"),
    Unit.NONE,
    Fold(LAST_SCORES, "max", (Term("answered_at", "score"),)),
)

KNOWING = (
    FIRST_CHANNEL,
    ANSWERS_GIVEN,
    LAST_SCORE,
    SIGNED_UP_AT,
    KNOWN_SINCE,
    BIRTH_DATE,
    _attribute("gender", "性别", "gender"),
    _attribute("city", "城市", "city"),
    _attribute("province", "省份", "province"),
    _attribute("country", "国家", "country"),
    _attribute("profession", "职业", "profession"),
    _attribute("channel", "来源渠道", "channel"),
    _attribute("store_id", "店铺", "store"),
)
