"""The bazaar by the book: what the oracle says of it, in the shapes in which the server answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from statistics import median

from tests.app import bazaar
from tests.oracle.cuts import Cut
from tests.oracle.facts import Traits, all_traits, counts, traits_of
from tests.oracle.facts import window as window_of
from tests.oracle.flows import Flow, flow
from tests.oracle.matrix import CENT, Dimension, Matrix, rfm
from tests.oracle.score import SCORE_LAYERS, fit_bins, score_layers
from tests.oracle.shop import Number
from tests.oracle.value_levels import VALUE_LAYERS, ValueLevels

START = date(2024, 3, 1)
DAYS = [START, bazaar.END]
MONTH_AGO = bazaar.END - timedelta(days=30)
MATRIX = Matrix((Dimension("order_count", "median"), Dimension("spend", "median", step=CENT)))
RANKED = {
    "rfm": rfm().layers[:-1],
    "rfm_score": SCORE_LAYERS[:-1],
    "value_levels": VALUE_LAYERS[:-1],
    "matrix": MATRIX.layers[:-1],
}
KEYS = list(RANKED)
YEAR = 365
OWN: dict[str, dict[str, int | None]] = {
    "rfm": {"recency_days": None, "order_count": YEAR, "spend": YEAR},
    "rfm_score": {"recency_days": None, "order_count": YEAR, "spend": YEAR},
    "value_levels": {"recency_days": None, "spend": YEAR},
    "matrix": {"order_count": None, "spend": None},
}
"""What each layering reads, with its window in days."""
SHOWN = (
    "recency_days", "order_count", "spend", "average_order_value", "active_days",
    "typical_gap_days", "tenure_days", "refund_share",
)  # fmt: skip
"""Numbers that every list shows, over all history unless the layering reads them in a window."""

Values = dict[str, Number | None]


@cache
def layers_of(key: str, day: date, fitted_on: date) -> dict[str, str]:
    """Everyone's layer of a day by the cuts of another."""
    shop, at, fit = bazaar.SHOP, bazaar.midnight(day), bazaar.midnight(fitted_on)
    match key:
        case "rfm":
            found = rfm().assign(shop, at, rfm().fit_at(shop, fit))
        case "matrix":
            found = MATRIX.assign(shop, at, MATRIX.fit_at(shop, fit))
        case "rfm_score":
            found = score_layers(shop, at, bins=fit_bins(shop, fit))
        case _:
            found = ValueLevels().assign(shop, at, ValueLevels().fit(shop, fit))
    return bazaar.with_onlookers(found, day)


def moved(key: str, start: date, end: date) -> Flow:
    return flow(layers_of(key, start, start), layers_of(key, end, start), RANKED[key])


@cache
def traits_on(day: date, window: int | None = None) -> dict[str, Traits]:
    """Everyone's traits, also of those who only did something; active days are those of orders and events."""
    at = bazaar.midnight(day)
    nothing = traits_of(bazaar.SHOP, [], at, window)
    known = all_traits(bazaar.SHOP, at, window)
    days = active_days(day, window)
    return {who: replace(known.get(who, nothing), active_days=len(days[who])) for who in bazaar.everyone(day)}


def active_days(day: date, window: int | None) -> dict[str, set[date]]:
    """The local days on which somebody bought or did something."""
    shop, at = bazaar.SHOP, bazaar.midnight(day)
    within = window_of(shop, at, window)
    found: dict[str, set[date]] = defaultdict(set)
    for order in bazaar.ORDERS:
        if order.customer_id and counts(shop, order, at) and within.holds(order.ordered_at):
            found[order.customer_id].add(shop.day(order.ordered_at))
    for event in bazaar.EVENTS:
        if within.holds(event.occurred_at):
            found[event.customer_id].add(shop.day(event.occurred_at))
    return found


@cache
def values_on(key: str, day: date) -> dict[str, Values]:
    """Everyone's numbers as the list of a layering shows them: its own in their windows, the others over all history."""
    windows = dict.fromkeys(SHOWN) | OWN[key]
    return {
        who: {name: getattr(traits_on(day, window)[who], name) for name, window in windows.items()}
        for who in bazaar.everyone(day)
    }


def ranked_on(key: str, day: date) -> dict[str, Values]:
    """The same of those who bought."""
    layers = layers_of(key, day, day)
    return {who: values for who, values in values_on(key, day).items() if layers[who] != "none"}


def known(values: Iterable[Number | None]) -> list[float]:
    """Those that there are, as doubles."""
    return [float(value) for value in values if value is not None]


def median_of(values: Iterable[Number | None]) -> float | None:
    found = known(values)
    return median(found) if found else None


@dataclass(frozen=True)
class InLayer:
    """One layer by the book."""

    customers: int
    money: float
    medians: Mapping[str, float | None]


@cache
def in_layers(key: str, day: date) -> dict[str, InLayer]:
    """Every layer, those without anybody too."""
    layers, values = layers_of(key, day, day), values_on(key, day)
    found = {}
    for name in (*RANKED[key], "none"):
        here = [values[who] for who, layer in layers.items() if layer == name]
        found[name] = InLayer(
            len(here),
            sum(known(row["spend"] for row in here)),
            {trait: median_of(row[trait] for row in here) for trait in OWN[key]},
        )
    return found


@cache
def cuts_on(key: str, day: date) -> dict[str, Cut]:
    """The fitted cuts by the parameter that asked for them; those of scores by dimension and place."""
    at = bazaar.midnight(day)
    if key == "rfm":
        fields = {"recency_days": "recency", "order_count": "frequency", "spend": "monetary"}
        return {fields[name]: cut for name, cut in rfm().fit_at(bazaar.SHOP, at).items()}
    if key == "matrix":
        cuts = MATRIX.fit_at(bazaar.SHOP, at).values()
        return {f"dimensions.{place}.cut": cut for place, cut in enumerate(cuts)}
    if key == "value_levels":
        fields = {"spend": "spend", "warning": "warning_days", "churn": "churn_days"}
        return {fields[name]: cut for name, cut in ValueLevels().fit(bazaar.SHOP, at).items()}
    names = ("recency_bounds", "frequency_bounds", "monetary_bounds")
    bins = zip(names, fit_bins(bazaar.SHOP, at), strict=True)
    return {f"{name}.{place}": cut for name, each in bins for place, cut in enumerate(each.cuts)}


def percentile(values: Iterable[Number | None], mine: Number) -> Fraction:
    """The share that lies below, ties counted half."""
    found = [value for value in values if value is not None]
    return Fraction(2 * sum(v < mine for v in found) + sum(v == mine for v in found), 2 * len(found))
