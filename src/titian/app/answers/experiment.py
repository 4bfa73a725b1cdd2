"""The answers to an experiment: whether it worked, and how many customers one takes."""

from __future__ import annotations

from typing import Literal

from titian.app.answers.base import Answer, NoteInfo
from titian.domain.words import Words


class ArmInfo(Answer):
    """An arm's customers, their share of all, and the share that they should be."""

    arm: str
    customers: int
    share: float | None
    expected: float


class SampleRatioInfo(Answer):
    """Whether customers were split as they were to be."""

    arms: tuple[ArmInfo, ...]
    """The control first."""
    p_value: float
    mismatch: bool
    sentence: Words


class ComparisonInfo(Answer):
    """A metric's mean in an arm against the control's; what can't be said is None."""

    layer: str | None
    """None in all layers together."""
    metric: str
    arm: str
    customers: int
    control_customers: int
    control_mean: float | None
    mean: float | None
    difference: float | None
    low: float | None
    """The interval of the difference, at the level of the experiment."""
    high: float | None
    relative: float | None
    """The difference over the control's mean."""
    relative_low: float | None
    relative_high: float | None
    p_value: float | None
    p_adjusted: float | None
    """The p value with regard to how many comparisons were made."""
    is_share: bool
    """Whether the metric is a share of customers, so that means are percentages."""
    verdict: Literal["keep", "change", "stop", "not_enough", "mismatch"]
    verdict_words: Words
    more_customers: int | None
    """About how many more it takes where there is not enough data yet."""
    sentence: Words
    notes: tuple[NoteInfo, ...]


class Experiment(Answer):
    """An experiment's comparisons, in all and by layer; the sample ratio comes first."""

    arm: str
    control: str
    layer: str | None
    level: float
    peeking: bool
    """Whether intervals and p values hold at any number of looks."""
    sample_ratio: SampleRatioInfo
    comparisons: tuple[ComparisonInfo, ...]
    by_layer: tuple[ComparisonInfo, ...]
    notes: tuple[NoteInfo, ...]


class ExperimentSizes(Answer):
    """What an experiment takes to show an effect."""

    customers: int
    holdout: float
    held_out: int
    touched: int
    effect: float
    """As a share of the mean."""
    difference: float
    """In the metric's unit."""
    power: float
    level: float
    peeking: bool
    enough: bool
    customers_needed: int
    """With half of them held out, the fewest."""
    sentence: Words
