"""The money card of the overview: what known customers spent lately, and what is left out of it."""

from __future__ import annotations

from datetime import date, datetime

import ibis

from titian.app.answers.base import Period
from titian.app.answers.overview import Figure, OverviewCard
from titian.app.desk import Reading
from titian.app.showing import number, whole
from titian.domain.counting import change_text, counted
from titian.domain.instants import days_before
from titian.domain.money import money_text
from titian.domain.words import Words
from titian.traits.catalogue import trait
from titian.traits.exact import total_of
from titian.traits.planner import trait_table
from titian.warehouse.dataset import Dataset

TITLE = Words(zh="消费金额", en="Money")
PATH = "/customers?sort=spend"


def money_card(reading: Reading, period: Period, since: Words) -> OverviewCard:
    """Money spent (net of refunds) since the comparison day, against as many days before it."""
    if period.compare is None:
        return OverviewCard(key="money", title=TITLE, figures=(), sentence=since, path=PATH)
    days = (period.as_of - period.compare).days
    data = reading.counted(period.as_of)
    spent, earlier = (_spend(data, reading.instant(day), days) for day in (period.as_of, period.compare))
    change = (spent - earlier) / earlier if earlier > 0 else None
    money = money_text(spent, reading.data.currency, 0)
    sentence = Words(
        zh=f"近 {days} 天净消费 **{money}**，较前 {days} 天 **{change_text(change)}**",
        en=f"**{money}** net of refunds in the last {counted(days, 'day', 'days')}, **{change_text(change)}** on the {days} before",
    )
    tone = "plain" if not change else ("up" if change > 0 else "down")
    return OverviewCard(
        key="money",
        title=TITLE,
        figures=(Figure(value=spent, unit="money", tone="plain"), Figure(value=change, unit="share", tone=tone)),
        sentence=sentence,
        left_out=_left_out(reading, period.as_of, days),
        path=PATH,
    )


def _spend(data: Dataset, at: datetime, days: int) -> float:
    """What all known customers spent in the `days` days before an instant."""
    spend = trait("spend").within(days)
    rows = trait_table([spend], data, at).rows
    (found,) = data.execute(rows.aggregate(total=total_of(rows[spend.column])))
    return number(found["total"]) or 0.0


def _left_out(reading: Reading, day: date, days: int) -> Words | None:
    """The orders of no known customer in these days, which spend per customer can't hold."""
    orders, money = _of_nobody(reading, day, days)
    if not orders:
        return None
    said = money_text(money, reading.data.currency, 0)
    return Words(
        zh=f"未含 {orders:,} 笔没有客户编号的订单，净额 {said}",
        en=f"without {counted(orders, 'order that names', 'orders that name')} no customer, {said} net",
    )


def _of_nobody(reading: Reading, day: date, days: int) -> tuple[int, float]:
    """Paid orders and refunds without a customer id, each by its own date: how many, and their net amount."""
    end = reading.instant(day)
    start, until = (
        ibis.literal(at.replace(tzinfo=None)) for at in (days_before(end, days, reading.data.timezone), end)
    )
    rows = reading.counted(day).table("orders")
    rows = rows.filter(rows.customer_id.isnull(), rows.ordered_at < until)
    placed = rows.ordered_at >= start
    given_back = rows.refunded_at.coalesce(rows.ordered_at)
    paid, refund = rows.status == "paid", rows.status == "refund"
    parts = [
        ibis.cases((paid & placed, rows.amount), else_=0),
        ibis.cases((paid & (given_back >= start) & (given_back < until), -rows.refunded_amount.coalesce(0)), else_=0),
        ibis.cases((refund & placed, -rows.amount), else_=0),
    ]
    net = sum(parts[1:], parts[0])
    (found,) = reading.data.execute(rows.aggregate(orders=((paid | refund) & placed).sum(), net=total_of(net)))
    return whole(found["orders"] or 0), number(found["net"]) or 0.0
