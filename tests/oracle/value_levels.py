"""Value levels: churned, at risk, active or potential, in that order of asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import pairwise

from tests.oracle.cuts import Cut, Rule, better, fit_cut, quantile
from tests.oracle.facts import Traits, all_traits, counts, population
from tests.oracle.shop import Number, Shop, exact

VALUE_LAYERS = ("active", "potential", "at_risk", "churned", "none")


@dataclass(frozen=True)
class ValueLevels:
    """The four levels; a time given as q0.9 is that quantile of the gaps between purchase days."""

    spend: Rule = "median"
    warning: Rule = 90
    churn: Rule = 180
    window_days: int | None = 365

    def fit(self, shop: Shop, as_of: datetime) -> dict[str, Cut]:
        """The money cut and both times, from those who have bought."""
        recent = all_traits(shop, as_of, self.window_days)
        values: list[Number] = [recent[who].spend for who in buyers(shop, as_of)]
        gaps = all_gaps(shop, as_of)
        return {
            "spend": fit_cut(self.spend, values),
            "warning": time_cut(self.warning, gaps),
            "churn": time_cut(self.churn, gaps),
        }

    def assign(self, shop: Shop, as_of: datetime, cuts: dict[str, Cut] | None = None) -> dict[str, str]:
        """Everyone's level as of an instant, by the given cuts or by those of that instant."""
        fitted = self.fit(shop, as_of) if cuts is None else cuts
        ever, recent = buyers(shop, as_of), all_traits(shop, as_of, self.window_days)
        return {
            who: level(ever[who], recent[who], fitted) if who in ever else "none" for who in population(shop, as_of)
        }


def level(ever: Traits, recent: Traits, cuts: dict[str, Cut]) -> str:
    """The first that fits; exactly as silent as a time is not longer than it."""
    if longer(ever.recency_days, cuts["churn"]):
        return "churned"
    if longer(ever.recency_days, cuts["warning"]):
        return "at_risk"
    return "active" if better(recent.spend, cuts["spend"], smaller_is_better=False) else "potential"


def longer(silent_days: int | None, cut: Cut) -> bool:
    return silent_days is not None and cut.value is not None and silent_days > cut.value


def buyers(shop: Shop, as_of: datetime) -> dict[str, Traits]:
    """Those who have bought, with their traits over all history."""
    return {who: traits for who, traits in all_traits(shop, as_of).items() if traits.bought}


def all_gaps(shop: Shop, as_of: datetime) -> list[Number]:
    """Every gap in days between consecutive purchase days, of all customers together."""
    end, days = shop.instant(as_of), dict[str, set[int]]()
    for order in shop.orders:
        if order.customer_id is not None and counts(shop, order, end):
            days.setdefault(order.customer_id, set()).add(shop.day(order.ordered_at).toordinal())
    return [later - sooner for each in days.values() for sooner, later in pairwise(sorted(each))]


def time_cut(rule: Rule, gaps: list[Number]) -> Cut:
    """A number of days as given, or a quantile of the gaps."""
    if isinstance(rule, str):
        return Cut(quantile(gaps, Fraction(rule.removeprefix("q"))), inclusive=False)
    return Cut(exact(rule), inclusive=False)
