"""Lines: whether the rows of a file of orders are orders or lines of orders, and which time and amount they go by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from titian.warehouse.guessing.aliases import ITEMS
from titian.warehouse.guessing.looks import Look
from titian.warehouse.guessing.matching import Match

AGREE = 0.9
LIKELY = 0.55


def are_lines(chosen: Mapping[str, Match]) -> bool:
    """True when quantity and unit price stand in place of an amount."""
    return "quantity" in chosen and "unit_price" in chosen and "amount" not in chosen


def settled(chosen: dict[str, Match], found: Sequence[Match]) -> dict[str, Match]:
    """The matches for a file of orders with one grain and one time: parts of an order only where rows are lines."""
    kept = _timed(chosen, found)
    if "quantity" in kept and "unit_price" in kept and _is_by_line(kept):
        return {name: match for name, match in kept.items() if name != "amount"}
    kept = _priced(kept, found)
    return {name: match for name, match in kept.items() if name not in ITEMS}


def _timed(chosen: dict[str, Match], found: Sequence[Match]) -> dict[str, Match]:
    """Where only the payment has a time, that is the order's; where both have, an empty one means unpaid."""
    ordered, paid = chosen.get("ordered_at"), chosen.get("paid_at")
    if paid is None or (ordered and ordered.confidence >= LIKELY):
        return chosen
    again = next((m for m in found if m.target.name == "ordered_at" and m.source.name == paid.source.name), None)
    kept = {name: match for name, match in chosen.items() if name != "paid_at"}
    return kept | {"ordered_at": again} if again else kept


def _priced(kept: dict[str, Match], found: Sequence[Match]) -> dict[str, Match]:
    """A price alone is the amount of the order."""
    price = kept.get("unit_price")
    if "amount" in kept or price is None:
        return kept
    again = next((m for m in found if m.target.name == "amount" and m.source.name == price.source.name), None)
    return {**kept, "amount": again} if again else kept


def _is_by_line(kept: Mapping[str, Match]) -> bool:
    """True when there is no amount of the order, or there is one and it is that of the line."""
    amount, order = kept.get("amount"), kept.get("order_id")
    if amount is None or amount.confidence < LIKELY:
        return True
    if order is None or order.source.sameness < 1.001:
        return False
    return _is_product(kept) or _varies_within(order.source, amount.source)


def _is_product(kept: Mapping[str, Match]) -> bool:
    """The amount is quantity times unit price."""
    columns = [_amounts(kept[name].source) for name in ("quantity", "unit_price", "amount")]
    rows = [row for row in zip(*columns, strict=True) if None not in row]
    agreeing = sum(abs(q * p - a) < 0.015 for q, p, a in rows if q is not None and p is not None and a is not None)
    return bool(rows) and agreeing >= AGREE * len(rows)


def _varies_within(order: Look, amount: Look) -> bool:
    """Orders of several rows have different amounts on them."""
    pairs = Counter(zip(order.cells, amount.cells, strict=True))
    repeated = [key for key, count in order.distinct.items() if count > 1]
    amounts = Counter(key for key, _ in pairs)
    return bool(repeated) and sum(amounts[key] > 1 for key in repeated) * 2 > len(repeated)


def _amounts(column: Look) -> list[float | None]:
    return [_amount(value) for value in column.cells]


def _amount(value: str | None) -> float | None:
    if value is None:
        return None
    try:
        return float(value.replace(",", ""))
    except ValueError:
        return None
