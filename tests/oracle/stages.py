"""The layerings of stages, customer by customer, from the domain's words alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import pairwise

from tests.oracle.core_path import done_at
from tests.oracle.cuts import quantile
from tests.oracle.shop import Number, exact
from tests.oracle.village import Village


@dataclass(frozen=True)
class Aarrr:
    """The five stages; registered and something later is activation."""

    path: tuple[str, ...] = ("view", "cart", "purchase")
    limit_days: int | None = 7
    keep_days: int = 30
    least_active: int = 8
    window_days: int = 30
    pays: bool = False
    invites: bool = False

    def stage(self, village: Village, who: str, end: datetime) -> str:
        log = [(e.occurred_at, e.event) for e in village.doings(who, end)]
        done = done_at(log, self.path, self.limit_days)
        if done is None:
            return "activation" if did_something_since(village, who, end) else "acquisition"
        acts = village.acts(who, end)
        active = village.days(village.within(acts, end, self.window_days))
        if len(active) >= self.least_active and (not self.invites or has_invited(village, who, end)):
            return "referral"
        kept = village.days(acts)[-1] - village.days([done])[0]
        if kept >= self.keep_days and (not self.pays or village.purchases(who, end)):
            return "revenue"
        return "retention"


def registration(village: Village, who: str, end: datetime) -> tuple[datetime | None, datetime | None]:
    """The earliest registration known, and the first event of it."""
    said = [p.registered_at for p in village.people if p.customer_id == who and p.registered_at]
    said = [at for at in said if at < end]
    did = min((e.occurred_at for e in village.doings(who, end) if e.event == "register"), default=None)
    return min([*said, *([did] if did else [])], default=None), did


def did_something_since(village: Village, who: str, end: datetime) -> bool:
    """An event later than the registration; its own first event does not count, nor what came before that."""
    registered, did = registration(village, who, end)
    return registered is not None and any(e.occurred_at > (did or registered) for e in village.doings(who, end))


def has_invited(village: Village, who: str, end: datetime) -> bool:
    """An invitation sent to somebody else, or an event of inviting or referring."""
    sent = [i for i in village.invites if i.inviter_id == who and i.invitee_id != who]
    dated = any((i.invited_at or i.joined_at or datetime.min.replace(tzinfo=end.tzinfo)) < end for i in sent)
    return dated or any(e.event in ("invite", "refer") for e in village.doings(who, end))


@dataclass(frozen=True)
class Lifecycle:
    """The five stages by the customer's own rhythm or everybody's."""

    rhythm: str = "0.9"
    factor: Number = 2
    least_gaps: int = 3
    dormancy_days: int | None = None
    churn_days: int | None = None
    window_days: int = 30
    fall_to: Number = 0.5
    path: tuple[str, ...] = ()
    limit_days: int | None = 7

    def pooled(self, village: Village, end: datetime) -> Fraction | None:
        every: list[Number] = []
        for who in village.everyone(end):
            every += gaps(village, who, end)
        return quantile(every, Fraction(self.rhythm))

    def stage(self, village: Village, who: str, end: datetime, pooled: Fraction | None) -> str:
        own = gaps(village, who, end)
        rhythm = quantile(list(own), Fraction(self.rhythm)) if len(own) >= self.least_gaps else pooled
        dormant = rhythm if self.dormancy_days is None else Fraction(self.dormancy_days)
        churned = None if dormant is None else dormant * exact(self.factor)
        churned = churned if self.churn_days is None else Fraction(self.churn_days)
        silent = silence(village, who, end)
        if silent is not None and churned is not None and silent > churned:
            return "churned"
        if silent is not None and dormant is not None and silent > dormant:
            return "dormancy"
        if self.fell(village, who, end):
            return "dormancy"
        bought = len(village.days(village.purchases(who, end)))
        if bought >= 2:
            return "maturity"
        log = [(e.occurred_at, e.event) for e in village.doings(who, end)]
        experienced = bool(self.path) and done_at(log, self.path, self.limit_days) is not None
        return "growth" if bought or experienced else "introduction"

    def fell(self, village: Village, who: str, end: datetime) -> bool:
        start = village.shop.days_before(end, self.window_days)
        before = village.shop.days_before(end, 2 * self.window_days)
        days, seconds = [], []
        for first, last in ((before, start), (start, end)):
            days.append(Fraction(len(village.days(at for at in village.acts(who, end) if first <= at < last))))
            doings = [e for e in village.doings(who, end) if first <= e.occurred_at < last]
            seconds.append(sum((exact(e.duration_s) for e in doings if e.duration_s is not None), Fraction(0)))
        return any(then > 0 and now <= exact(self.fall_to) * then for then, now in (days, seconds))


def gaps(village: Village, who: str, end: datetime) -> list[int]:
    """Days between the customer's active days."""
    return [later - sooner for sooner, later in pairwise(village.days(village.acts(who, end)))]


def silence(village: Village, who: str, end: datetime) -> int | None:
    """Local days since the last act, else since the first sight."""
    seen = [p.first_seen_at or p.registered_at for p in village.people if p.customer_id == who]
    signs = village.acts(who, end) or [at for at in seen if at is not None]
    return village.days([end])[0] - village.days(signs)[-1] if signs else None


def times(village: Village, who: str, end: datetime, events: tuple[str, ...], days: int | None) -> int:
    """How often any of some events was done in the window."""
    return len(village.within([e.occurred_at for e in village.doings(who, end) if e.event in events], end, days))


def bought_days(village: Village, who: str, end: datetime, days: int | None) -> int:
    """On how many local days the customer bought in the window."""
    return len(village.days(village.within(village.purchases(who, end), end, days)))


def brought(village: Village, who: str, end: datetime, days: int | None) -> int:
    """How many others joined on the customer's invitation in the window."""
    joined = [i for i in village.invites if i.inviter_id == who and i.invitee_id not in (None, who) and i.joined_at]
    return len({i.invitee_id for i in joined if i.joined_at and village.within([i.joined_at], end, days)})


def aipl(village: Village, who: str, end: datetime, *, advocacy: bool = False) -> str:
    """The brand relation, asked from its top."""
    spoke = times(village, who, end, ("praise", "share", "refer"), 365) > 0
    if advocacy and spoke:
        return "advocacy"
    if bought_days(village, who, end, 365) >= 2 or (spoke and not advocacy):
        return "loyalty"
    if bought_days(village, who, end, 913):
        return "purchase"
    views = times(village, who, end, ("view",), 15)
    if views >= 2 or times(village, who, end, ("search", "favourite", "cart", "follow", "join"), 15):
        return "interest"
    return "aware" if views or times(village, who, end, ("exposure", "click"), 15) else "none"


def five_a(village: Village, who: str, end: datetime) -> str:
    """Kotler's five, asked from the top."""
    if times(village, who, end, ("praise", "share", "refer"), 365):
        return "advocate"
    if bought_days(village, who, end, 913):
        return "act"
    if times(village, who, end, ("search", "cart", "comment", "reply", "join"), 15):
        return "ask"
    views = times(village, who, end, ("view",), 15)
    if views >= 2 or times(village, who, end, ("like", "favourite", "follow"), 15):
        return "appeal"
    return "aware" if views or times(village, who, end, ("exposure", "click"), 15) else "none"


def four_a(village: Village, who: str, end: datetime) -> str:
    """The four of retail: as the five, where asking is part of the appeal."""
    return {"ask": "appeal"}.get(found := five_a(village, who, end), found)


def growth(village: Village, who: str, end: datetime, days: int | None = None) -> str:
    """Reached, bought, bought again, brought others, asked from the top."""
    if brought(village, who, end, days):
        return "brought_others"
    count = bought_days(village, who, end, days)
    if count:
        return "bought_again" if count >= 2 else "bought"
    return "reached" if village.within([e.occurred_at for e in village.doings(who, end)], end, days) else "none"
