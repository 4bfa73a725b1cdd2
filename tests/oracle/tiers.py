"""Tiers: one customer at a time, review by review, in plain loops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests.oracle.facts import all_traits, population, traits_of
from tests.oracle.rules import holds
from tests.oracle.shop import Shop


@dataclass
class Standing:
    """Where a customer is: the place of the tier from the best, failed keep reviews in a row, since when."""

    place: int
    failed: int = 0
    since: date | None = None
    rose: bool | None = None


def values(shop: Shop, who: str, at: datetime) -> dict[str, Any]:
    """The traits that the rules of the tests name."""
    orders = shop.orders_of(who)
    ever, quarter, year = (traits_of(shop, orders, at, days) for days in (None, 90, 365))
    return {
        "spend": ever.spend,
        "spend_90d": quarter.spend,
        "spend_365d": year.spend,
        "order_count_365d": year.order_count,
        "recency_days": ever.recency_days,
        "tenure_days": ever.tenure_days,
        "last_order_at": ever.last_order_at,
    }


def standings(
    shop: Shop, as_of: datetime, tiers: Sequence[dict[str, Any]], reviews: Sequence[date], grace: int
) -> dict[str, Standing]:
    """Everybody's standing after all reviews up to the as_of."""
    past = [day for day in reviews if shop.instant(day) <= as_of]
    return {who: climbed(shop, who, tiers, past, grace) for who in population(shop, as_of)}


def climbed(shop: Shop, who: str, tiers: Sequence[dict[str, Any]], reviews: Sequence[date], grace: int) -> Standing:
    """One customer's way through the reviews since they were first seen."""
    now = Standing(len(tiers) - 1)
    for day in reviews:
        at = shop.instant(day)
        if who in population(shop, at):
            review(now, tiers, values(shop, who, at), day, at, shop.zone, grace)
    return now


def review(
    now: Standing, tiers: Sequence[dict[str, Any]], have: dict[str, Any], day: date, at: datetime, zone: str, grace: int
) -> None:
    """Up to the highest tier whose entry rule is met; else down by one after `grace` failures in a row."""
    for place in range(now.place):
        if holds(tiers[place]["entry"], have, at, zone):
            now.place, now.failed, now.since, now.rose = place, 0, day, True
            return
    if now.place == len(tiers) - 1:
        return
    if holds(tiers[now.place].get("keep") or tiers[now.place]["entry"], have, at, zone):
        now.failed = 0
        return
    now.failed += 1
    if now.failed >= grace:
        now.place, now.failed, now.since, now.rose = now.place + 1, 0, day, False


def ranked_values(shop: Shop, as_of: datetime) -> dict[str, Any]:
    """Spend over all history of who has bought, None for the others."""
    return {who: row.spend if row.bought else None for who, row in all_traits(shop, as_of).items()}
