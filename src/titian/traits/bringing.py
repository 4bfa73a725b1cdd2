"""Bringing: traits of purchases by whatever tells of them, and of those whom a customer brought."""

from __future__ import annotations

from titian.traits.declaring import words
from titian.traits.sources import BOUGHT_DAYS, FIRST_INVITERS, INVITES, JOINED
from titian.traits.trait import Fold, Term, Trait, Unit

BOUGHT_DAYS_COUNT = Trait(
    "bought_days",
    words("成交天数", "days with a purchase"),
    words(
        "有成交的本地日期数：以有效订单为准；在最早一笔订单之前，以购买行为为准",
        "local days with a paid order not fully refunded; before the first order known, with an event of buying",
    ),
    Unit.DAYS,
    Fold(BOUGHT_DAYS, "count", (Term("at"),)),
    empty=0,
    windowed=True,
)

PEOPLE_BROUGHT = Trait(
    "people_brought",
    words("带来人数", "people brought"),
    words("受其邀请而加入的不同客户数，不含自己", "different people who joined on the customer's invitation"),
    Unit.PEOPLE,
    Fold(JOINED, "distinct", (Term("joined_at", "invitee_id"),)),
    empty=0,
    windowed=True,
)

INVITATIONS_SENT = Trait(
    "invitations_sent",
    words("邀请次数", "invitations"),
    words("发出的邀请数，不含邀请自己", "invitations sent, none to oneself"),
    Unit.TIMES,
    Fold(INVITES, "count", (Term("sent_at"),)),
    empty=0,
    windowed=True,
)

INVITED_BY = Trait(
    "invited_by",
    words("邀请人", "invited by"),
    words(
        "最早邀请其加入的客户，不含自己", "the customer on whose invitation they joined first, other than themselves"
    ),
    Unit.CATEGORY,
    Fold(FIRST_INVITERS, "max", (Term("joined_at", "inviter_id"),)),
)

BRINGING = (BOUGHT_DAYS_COUNT, PEOPLE_BROUGHT, INVITATIONS_SENT, INVITED_BY)
