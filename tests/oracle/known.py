"""What is known and liked: profiles as of a day, favourites, scenes and ages, and the layers of one trait."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from tests.oracle.cuts import Rule, fit_cut
from tests.oracle.facts import counts
from tests.oracle.shop import Number, exact
from tests.oracle.village import Item, Person, Village

Known = str | None
BROWSING = ("view", "favourite", "cart", "search", "click")


def profile(village: Village, who: str, end: datetime) -> Person | None:
    """The customer's row, from its first sight on."""
    found = next((p for p in village.people if p.customer_id == who), None)
    seen = found and (found.first_seen_at or found.registered_at)
    return None if found is None or (seen is not None and seen >= end) else found


def attribute(village: Village, who: str, name: str, end: datetime) -> Known:
    """As of the last dated change; before the first nothing; where none is dated the present value."""
    person = profile(village, who, end)
    if person is None:
        return None
    dated = [c for c in village.changes if (c.customer_id, c.attribute) == (who, name)]
    past = [c for c in dated if c.changed_at < end]
    if not dated:
        return stripped(getattr(person, name))
    last = max((c.changed_at for c in past), default=None)
    return max((c.value.strip() for c in past if c.changed_at == last and stripped(c.value)), default=None)  # type: ignore[union-attr]


def stripped(value: Known) -> Known:
    """Without blanks around; nothing where nothing is left."""
    return (value or "").strip() or None


def age(village: Village, who: str, end: datetime) -> int | None:
    """Birthdays that have been, the day of birth not counted."""
    person, today = profile(village, who, end), village.shop.day(end)
    born = person and person.birth_date
    if born is None or born > today:
        return None
    had_it = (born.month, born.day) <= (today.month, today.day)
    return len(range(born.year, today.year)) - (0 if had_it else 1)


def bought(village: Village, who: str | None, end: datetime) -> list[Item]:
    """Lines of the customer's purchases (None: of anybody's)."""
    orders = {
        o.order_id
        for o in village.orders
        if o.customer_id is not None and (who is None or o.customer_id == who) and counts(village.shop, o, end)
    }
    return [item for item in village.items if item.order_id in orders]


def pieces(item: Item) -> Fraction:
    """As many as the line says, if it can be; else one."""
    sane = item.quantity is not None and 0 <= item.quantity <= 10**9
    return exact(item.quantity) if sane and item.quantity is not None else Fraction(1)


def worth(item: Item) -> Fraction:
    """Price times pieces; nothing without a price."""
    return pieces(item) * Fraction(item.unit_price or Decimal(0))


def favourite(village: Village, who: str, end: datetime, column: str) -> Known:
    """Most money, then most pieces, then browsed most, then first in the alphabet."""
    score: dict[str, list[Fraction]] = defaultdict(lambda: [Fraction(0)] * 3)
    for item in bought(village, who, end):
        value = getattr(item, column)
        if value is not None:
            money, number, seen = score[value]
            score[value] = [money + worth(item), number + pieces(item), seen]
    named: dict[str, str] = {}
    for item in bought(village, None, end):
        if item.product_id and getattr(item, column):
            named[item.product_id] = max(named.get(item.product_id, ""), getattr(item, column))
    for event in village.doings(who, end):
        if event.event in BROWSING and event.product_id in named:
            score[named[event.product_id]][2] += 1
    return min(score, key=lambda value: ([-part for part in score[value]], value), default=None)


def commonest(values: Iterable[str]) -> Known:
    """The value that comes most often, of equals the first in the alphabet."""
    counted = Counter(values)
    return min(counted, key=lambda value: (-counted[value], value), default=None)


def part_of_day(village: Village, who: str, end: datetime) -> Known:
    """The part of the local day with most acts."""
    names = {range(5): "night", range(5, 9): "morning", range(9, 12): "forenoon", range(12, 14): "noon",
             range(14, 18): "afternoon", range(18, 23): "evening", range(23, 24): "night"}  # fmt: skip
    hours = [at.astimezone(ZoneInfo(village.zone)).hour for at in village.acts(who, end)]
    return commonest(name for hour in hours for part, name in names.items() if hour in part)


def part_of_week(village: Village, who: str, end: datetime) -> Known:
    """Weekday or weekend, as the local calendar says."""
    days = [village.shop.day(at) for at in village.acts(who, end)]
    return commonest("weekend" if date.weekday(day) in (5, 6) else "weekday" for day in days)


def usual_city(village: Village, who: str, end: datetime) -> Known:
    """Where most events were."""
    return commonest(city for e in village.doings(who, end) if (city := stripped(e.city)) is not None)


def by_value(values: Mapping[str, Known], most: int) -> dict[str, str]:
    """A layer per value, the `most` commonest of them; the rest are other, and who has none unknown."""
    sizes = Counter(value for value in values.values() if value is not None)
    ranked = sorted((value for value in sizes if value not in ("unknown", "other")), key=lambda v: (-sizes[v], v))
    kept = ranked[:most]
    return {w: "unknown" if v is None else v if v in kept else "other" for w, v in values.items()}


def by_bands(values: Mapping[str, Number | None], borders: Sequence[Rule]) -> dict[str, str]:
    """A band between each border and the next: a value at a border is in the band above."""
    known = [value for value in values.values() if value is not None]
    cuts = {cut.value for border in borders if (cut := fit_cut(border, known)).value is not None}
    return {
        who: "unknown" if value is None or not cuts else f"band_{1 + sum(exact(value) >= cut for cut in cuts)}"
        for who, value in values.items()
    }
