"""Answers about one layering: its layers now, its traits, cuts, flows, and what a change would do."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from titian.app.answers.base import Answer, Counted, LayerInfo, NoteInfo, Period, TraitInfo
from titian.domain.words import Words


class LayeringSummary(Answer):
    """A layering in the list of all."""

    key: str
    kind: str
    name: Words
    meaning: Words
    version: int
    own: bool
    """Whether the team made it: then it can be removed."""
    ordered: bool
    layers: tuple[LayerInfo, ...]
    needs: tuple[TraitInfo, ...]
    missing: Words | None
    """What data it would need and does not find; None when it can be computed."""
    masked: bool
    """Whether it rests on personal data that who asks may not see: then its layers, needs and customers are not told."""
    customers: tuple[int, ...] | None
    """Customers per layer as of the asked day, in the order of `layers`; None when not computed."""


class FittedCut(Answer):
    """A cut as it was frozen."""

    field: str
    """The parameter that asked for it: recency, warning_days, dimensions.0.cut."""
    trait: str
    rule: str
    """mean, median, q0.8 or the number itself."""
    value: float | None
    inclusive: bool
    better: str


class LayerNow(Answer):
    """One layer as of a day, against the comparison day."""

    layer: LayerInfo
    customers: int
    share: float
    money: float
    """Money spent (net of refunds) by its customers within the layering's window."""
    money_share: float | None
    came: int | None
    """Customers who are here now and were elsewhere (or unseen) on the comparison day."""
    went: int | None
    """Customers who were here on the comparison day and are elsewhere now."""
    medians: dict[str, float | None]
    """Median of each trait over the layer's customers."""


class LayeringNow(Answer):
    """The page of one layering as of a day."""

    summary: LayeringSummary
    period: Period
    parameters: dict[str, Any]
    parameters_schema: dict[str, Any]
    """JSON schema of the parameters: the form in the console is drawn from it."""
    cuts: tuple[FittedCut, ...]
    fit_as_of: date
    layers: tuple[LayerNow, ...]
    customers: int
    money: float
    money_days: int | None
    """The days before `period.as_of` whose money is meant; None: all of them."""
    medians: dict[str, float | None]
    """Median of each trait over all ranked customers."""
    up: int | None
    down: int | None
    notes: tuple[NoteInfo, ...]


class TraitCell(Answer):
    """How one trait is spread within one layer."""

    layer: str
    customers: int
    mean: float | None
    q25: float | None
    median: float | None
    q75: float | None
    histogram: tuple[int, ...]
    """Customers per bin of the trait's `edges`."""


class TraitSpread(Answer):
    """One trait over all layers: the same bins for each, so that they can be compared."""

    trait: TraitInfo
    edges: tuple[float, ...]
    everyone: TraitCell
    layers: tuple[TraitCell, ...]


class LayeringTraits(Answer):
    """The trait table of a layering."""

    period: Period
    traits: tuple[TraitSpread, ...]


class CutHistogram(Answer):
    """One dimension for the cut editor: bins of all ranked customers and the cut in force."""

    trait: TraitInfo
    field: str
    """The parameter that holds this cut: recency, frequency, monetary, or dimensions.0.cut."""
    cut: FittedCut
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    low: float
    high: float
    """The range worth dragging over; bins beyond `high` are summed in the last."""
    suggestions: dict[str, float]
    """Values of mean, median, q0.2 … q0.8 for snapping."""


class LayeringCuts(Answer):
    """All cuts of a layering with their histograms."""

    period: Period
    cuts: tuple[CutHistogram, ...]


class Move(Answer):
    """Customers who moved from one layer to another."""

    source: str
    target: str
    customers: int
    direction: str
    """stayed, up, down or across."""


class Flows(Counted):
    """Who moved between two days: start = stayed + up + down + across + left; end likewise with entered."""

    start: date
    end: date
    layers: tuple[LayerInfo, ...]
    moves: tuple[Move, ...]
    """Every pair with at least one customer, stayers included."""
    entered: dict[str, int]
    """Customers not seen before the start, by the layer they are in at the end."""
    left: dict[str, int]
    start_customers: int
    end_customers: int
    stayed: int
    up: int
    down: int
    across: int
    by_cut: int | None
    """With a fit at each end: how many moved only because the cut moved."""
    notes: tuple[NoteInfo, ...]


class ImpactAsked(Answer):
    """A definition that is being tried: parameters that replace the present ones."""

    parameters: dict[str, Any]
    as_of: date | None = None


class Impact(Counted):
    """What a changed definition would do to today's layers."""

    as_of: date
    customers: int
    moved: int
    up: int
    down: int
    across: int
    before: dict[str, int]
    after: dict[str, int]
    moves: tuple[Move, ...]
    layers: tuple[LayerInfo, ...]
    cuts: tuple[FittedCut, ...]
    notes: tuple[NoteInfo, ...]


class DefinitionAsked(Answer):
    """A definition to publish as a new version."""

    parameters: dict[str, Any]
    base_version: int
    """The version it was made from; a newer one there is a conflict."""
    fit_as_of: date | None = None
    """The day whose customers the cuts are fitted on, as they were when it was tried; the newest when left out."""
    restore: int | None = None
    """An earlier version to put in force again, with its parameters and its fit; the parameters here don't count."""


class DefinitionText(Answer):
    """A definition as code."""

    key: str
    version: int
    versions: tuple[int, ...]
    yaml: str
    sql: str


class KindInfo(Answer):
    """A kind of layering that a new one can be made of."""

    kind: str
    name: Words
    meaning: Words
    ordered: bool
    ready: bool
    """Whether everybody has one of it already, with the trade's defaults."""
    parameters: dict[str, Any]
    """An example to begin from."""
    parameters_schema: dict[str, Any]


class PreviewAsked(Answer):
    """A layering that is being made; nothing is kept."""

    kind: str
    parameters: dict[str, Any] = Field(default_factory=dict)
    as_of: date | None = None


class PreviewLayer(Answer):
    """A layer of it with its customers."""

    layer: LayerInfo
    customers: int


class LayeringPreview(Counted):
    """Everyone in the layers of a layering that is being made."""

    as_of: date
    ordered: bool
    layers: tuple[PreviewLayer, ...]
    customers: int
    notes: tuple[NoteInfo, ...]


class NewLayering(Answer):
    """A layering to be made: its key, its name, its kind and the parameters of it."""

    key: str
    name: Words
    kind: str
    parameters: dict[str, Any] = Field(default_factory=dict)


class MapCell(Answer):
    """One cell of the recency × frequency map."""

    r_score: int
    f_score: int
    customers: int
    money: float
    recency_median: float | None
    frequency_median: float | None


class RecencyFrequencyMap(Answer):
    """Customers by recency and frequency score (1 to 5)."""

    period: Period
    cells: tuple[MapCell, ...]
    meaning: Words
