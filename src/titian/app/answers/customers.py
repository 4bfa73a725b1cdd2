"""Answers about customers: the list, and the portrait of one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from titian.app.answers.base import Answer, LayerInfo, NoteInfo, Period, TraitInfo
from titian.domain.words import Words


class CustomerRow(Answer):
    """One line of the customer list."""

    customer_id: str
    layer: str
    staff: str | None
    """Who is in charge of them."""
    traits: dict[str, float | str | None]
    """One value per trait of the list; dates as ISO text."""


class CustomerPage(Answer):
    """One page of the customer list."""

    period: Period
    layering: str
    traits: tuple[TraitInfo, ...]
    layers: tuple[LayerInfo, ...]
    total: int
    """Customers that the filter selects."""
    rows: tuple[CustomerRow, ...]
    next_cursor: str | None


class ReasonInfo(Answer):
    """Why one dimension puts the customer where they are."""

    trait: TraitInfo
    value: float | None
    cut: float | None
    distance: float | None
    """Signed distance from the cut in the trait's unit; positive is better than the cut."""
    high: bool | None
    sentence: Words


class GapInfo(Answer):
    """What is lacking in one dimension to be core."""

    trait: TraitInfo
    gap: float | None
    share: float | None
    """The gap as a share of the cut: how far it is."""
    sentence: Words


class CustomerLayer(Answer):
    """Where one layering puts the customer, and why."""

    layering: str
    name: Words
    layer: LayerInfo
    reasons: tuple[ReasonInfo, ...]
    gaps: tuple[GapInfo, ...]
    lacking: str | None
    """The trait with the largest gap; None when nothing is lacking or the layering has no gaps."""
    notes: tuple[NoteInfo, ...]


class MaskedLayering(Answer):
    """A layering that rests on personal data, which who asks may not see: that it is there, and what it is called."""

    layering: str
    name: Words


class LayerSpan(Answer):
    """A stretch of time in one layer."""

    layer: str
    since: date
    until: date


class LayerStrip(Answer):
    """Where the customer was over time by one layering, cuts frozen at the asked day."""

    layering: str
    spans: tuple[LayerSpan, ...]


class TraitMark(Answer):
    """One trait of the customer with its place among all."""

    trait: TraitInfo
    value: float | str | None
    percentile: float | None
    """Share of ranked customers whose value is below this one, ties counted half; 0 to 1."""


class TimelineEntry(Answer):
    """One thing on the customer's timeline."""

    at: datetime
    kind: str
    """order, refund, unpaid, cancelled, event, change."""
    reference: str | None
    amount: float | None
    """Money of an order; of an event the value that it came with, in whatever unit."""
    text: Words
    recorded: str | None
    """What the data call the event, or the attribute that changed."""
    items: tuple[str, ...]


class FactInfo(Answer):
    """One thing that the profile says of the customer; contacts are masked."""

    key: str
    name: Words
    value: Words


class IdentityInfo(Answer):
    """Who the customer is in another system."""

    source: str
    source_id: str


class Portrait(Answer):
    """All that is known of one customer as of a day."""

    customer_id: str
    name: str | None
    period: Period
    left_out: Literal["excluded", "other_store"] | None
    """Why the customer counts nowhere, and so has no layers: the rule of the workspace, or another store is looked at."""
    facts: tuple[FactInfo, ...]
    """Undated facts: gender, city, channel … with their present values."""
    identities: tuple[IdentityInfo, ...]
    """Ids of other systems that are of this customer, in the order of systems."""
    layers: tuple[CustomerLayer, ...]
    masked: tuple[MaskedLayering, ...]
    """Where the customer is in these is not told to who asks."""
    strips: tuple[LayerStrip, ...]
    traits: tuple[TraitMark, ...]
    timeline: tuple[TimelineEntry, ...]
    """The newest first, at most 1,000."""
    timeline_counts: dict[str, int]
    """How many entries there are in all, by kind."""
