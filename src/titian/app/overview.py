"""Overview: what changed, who matters, what waits."""

from __future__ import annotations

from datetime import UTC, date, datetime

from titian.app.answers.base import Period
from titian.app.answers.layering import LayeringNow, LayerNow
from titian.app.answers.overview import Figure, Overview, OverviewCard
from titian.app.desk import Reading
from titian.app.held import DEFAULT
from titian.app.layerings import now
from titian.app.money_card import money_card
from titian.app.needs import needs
from titian.domain.counting import share_text
from titian.domain.words import Words

DRIFTING = ("important_keep", "important_retain")
"""Spent much, and have not come lately."""


def overview(reading: Reading, as_of: date | None, compare: date | None, today: date | None = None) -> Overview:
    """The overview as of a day; without data it says how to begin."""
    today = today or datetime.now(UTC).astimezone(reading.desk.workspace.zone).date()
    if reading.present.end is None:
        period = Period(as_of=today, compare=None, excluded=0)
        return Overview(
            period=period,
            cards=(),
            needs_you=needs(reading, None, today),
            layering=None,
            layers=(),
            customers=0,
            notes=(),
        )
    page = now(reading, DEFAULT, as_of, compare)
    return Overview(
        period=page.period,
        cards=(_moved(page), _core(page), _drifting(page), money_card(reading, page.period, _since(page.period))),
        needs_you=needs(reading, page, today),
        layering=page.summary,
        layers=page.layers,
        customers=page.customers,
        notes=page.notes,
    )


def _since(period: Period) -> Words:
    if period.compare is None:
        return Words(zh="还没有更早的数据可比", en="there are no earlier data to compare with")
    days = (period.as_of - period.compare).days
    return Words(zh=f"近 {days} 天", en="in the last day" if days == 1 else f"in the last {days} days")


def _moved(page: LayeringNow) -> OverviewCard:
    since = _since(page.period)
    path = "/layerings/rfm?tab=flows"
    title = Words(zh="层级变动", en="Moved")
    if page.up is None or page.down is None:
        return OverviewCard(key="moved", title=title, figures=(), sentence=since, path=path)
    came = sum(held.came or 0 for held in page.layers) - page.up - page.down
    sentence = Words(
        zh=f"{since.zh}有 **{page.up:,}** 位客户升层、**{page.down:,}** 位降层，另有 {max(came, 0):,} 位新进或平移",
        en=f"**{page.up:,}** {'customer' if page.up == 1 else 'customers'} moved up and **{page.down:,}** down {since.en}; "
        f"{max(came, 0):,} came new or moved across",
    )
    figures = (
        Figure(value=page.up, unit="customers", tone="up"),
        Figure(value=page.down, unit="customers", tone="down"),
    )
    return OverviewCard(key="moved", title=title, figures=figures, sentence=sentence, path=path)


def _core(page: LayeringNow) -> OverviewCard:
    best = page.layers[0]
    money = share_text(best.money_share)
    sentence = Words(
        zh=f"**{best.layer.name.zh}**占客户的 {share_text(best.share)}，贡献了 **{money}** 的消费",
        en=f"**{best.layer.name.en}** make up {share_text(best.share)} of customers and **{money}** of the money",
    )
    figures = (
        Figure(value=best.customers, unit="customers", tone="plain"),
        Figure(value=best.money_share, unit="share", tone="plain"),
    )
    path = f"/layerings/rfm?layer={best.layer.key}"
    return OverviewCard(
        key="core", title=Words(zh="核心客户", en="Core customers"), figures=figures, sentence=sentence, path=path
    )


def _drifting(page: LayeringNow) -> OverviewCard:
    found = drifting(page)
    customers = sum(held.customers for held in found)
    share = sum(held.money_share or 0 for held in found)
    came = sum(held.came or 0 for held in found)
    since = _since(page.period)
    news = Words(zh="", en="")
    if page.period.compare is not None:
        news = Words(zh=f"，其中 {came:,} 位是{since.zh}新掉进来的", en=f"; {came:,} of them slipped there {since.en}")
    who = "customer who spent much has" if customers == 1 else "customers who spent much have"
    sentence = Words(
        zh=f"**{customers:,}** 位高消费客户久未回来，占消费的 {share_text(share)}{news.zh}",
        en=f"**{customers:,}** {who} not come lately: {share_text(share)} of the money{news.en}",
    )
    figures = (Figure(value=customers, unit="customers", tone="down" if came else "plain"),)
    path = "/customers?layering=rfm&" + "&".join(f"layer={key}" for key in DRIFTING)
    return OverviewCard(
        key="at_risk", title=Words(zh="流失风险", en="At risk"), figures=figures, sentence=sentence, path=path
    )


def drifting(page: LayeringNow) -> list[LayerNow]:
    """The layers whose customers spent much and have not come lately."""
    return [held for held in page.layers if held.layer.key in DRIFTING]
