"""Portrait traits: what a group is looked at by unless somebody asks for other traits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from titian.traits.catalogue import trait
from titian.traits.planner import tables_of, with_needs
from titian.traits.trait import Trait
from titian.warehouse.dataset import Dataset

USUAL = (
    "recency_days",
    "order_count",
    "order_count_30d",
    "spend",
    "spend_90d",
    "average_order_value",
    "typical_gap_days",
    "tenure_days",
    "refund_share",
    "discount_share",
    "silence_days",
    "active_days_30d",
    "session_count_30d",
    "online_s_30d",
    "registered_at",
    "gender",
    "age_years",
    "city",
    "province",
    "country",
    "profession",
    "channel",
    "store_id",
    "favourite_category",
    "favourite_brand",
    "average_item_price",
    "part_of_day",
    "part_of_week",
    "people_brought",
    "followers",
)
"""Buying, acting, who they say they are, their taste, and whom they bring; those without data are left out."""


def asked_traits(names: Sequence[str] | None, data: Dataset) -> list[Trait]:
    """The traits of these names, each once; the usual ones of which there are data where none are named.

    Raises UnknownNameError for a trait that is not there, and MissingDataError where a table that it reads was never
    handed in.
    """
    if names is None:
        return [found for found in map(trait, USUAL) if all(any(map(data.has, group)) for group in found.tables)]
    wanted = list({found.column: found for found in map(trait, names)}.values())
    for group in sorted(tables_of(wanted), key=sorted):
        data.need(*sorted(group))
    return wanted


def drawn_by(found: Trait, drawing: Iterable[Trait]) -> bool:
    """Whether a trait is made of what the group was drawn by, whatever the windows."""
    made_of = {need.key for need in with_needs([found])}
    return any(made_of & {need.key for need in with_needs([one])} for one in drawing)
