"""Experiments: a table of customers with their arm and outcomes, judged and written to a file; and what one takes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from titian.app import exporting
from titian.app.answers import experiment as shown
from titian.app.showing import note_infos
from titian.errors import InputError
from titian.operate.experiment.analysis import Analysis, analyze
from titian.operate.experiment.comparison import Comparison, Correction
from titian.operate.experiment.metric import Columns
from titian.operate.experiment.power import sizes
from titian.operate.experiment.sample_ratio import SampleRatio
from titian.operate.experiment.scanning import Empty
from titian.operate.experiment.table import as_arrow
from titian.operate.experiment.verdict import MATTERS as MATTERS
from titian.operate.experiment.words import on_split
from titian.stats.effects import LEVEL as LEVEL
from titian.stats.power import POWER as POWER


@dataclass(frozen=True)
class ExperimentAsked:
    """What is compared, and by what it is judged, as `tt.experiment.analyze` takes it."""

    arm: str
    control: str
    metrics: dict[str, Columns]
    covariates: dict[str, Columns]
    layer: str | None = None
    split: dict[str, float] | None = None
    lower_is_better: tuple[str, ...] = ()
    level: float = LEVEL
    matters: float = MATTERS
    correction: Correction = "holm"
    peeking: bool | int = False
    empty: Empty = "refuse"
    customer: str | None = None


def analyzed(file: Path, asked: ExperimentAsked) -> Analysis:
    """The experiment in a file of one row per customer. Raises InputError that names column, row and value."""
    return analyze(
        file,
        arm=asked.arm,
        control=asked.control,
        metrics=asked.metrics,
        covariates=asked.covariates,
        layer=asked.layer,
        split=asked.split,
        lower_is_better=asked.lower_is_better,
        level=asked.level,
        matters=asked.matters,
        correction=asked.correction,
        peeking=asked.peeking,
        empty=asked.empty,
        customer=asked.customer,
    )


def answer(found: Analysis) -> shown.Experiment:
    """The analysis as an answer."""
    return shown.Experiment(
        arm=found.arm,
        control=found.control,
        layer=found.layer,
        level=found.level,
        peeking=found.peeking,
        sample_ratio=_ratio(found.sample_ratio),
        comparisons=tuple(_comparison(one) for one in found.overall),
        by_layer=tuple(_comparison(one) for one in found.by_layer),
        notes=note_infos(found.notes),
    )


def write(found: Analysis, path: Path) -> None:
    """Every comparison, those in all first, into a file of a .csv, .xlsx or .parquet name. Raises InputError for another."""
    rows = as_arrow((*found.overall, *found.by_layer), layered=True)
    exporting.saved(path, lambda kind: exporting.small(rows, f"experiment-{found.arm}", kind))


def sized(
    *,
    share: float | None,
    mean: float | None,
    deviation: float | None,
    effect: float | None,
    customers: int | None,
    holdout: float | None,
    power: float,
    level: float,
    peeking: bool,
) -> shown.ExperimentSizes:
    """What an experiment takes, or shows: of effect, customers and holdout the one that is not said."""
    found = sizes(
        share=share,
        mean=mean,
        deviation=deviation,
        effect=effect,
        customers=customers,
        holdout=holdout,
        power=power,
        level=level,
        peeking=peeking,
    )
    return shown.ExperimentSizes(**vars(found))


def columns_in(said: str) -> Columns:
    """The columns of a metric as a person writes them: spend, or spend/orders. Raises InputError."""
    parts = [part.strip() for part in said.split("/")]
    if len(parts) == 1 and parts[0]:
        return parts[0]
    if len(parts) == 2 and all(parts):
        return parts[0], parts[1]
    raise InputError(
        f"{said!r} is neither a column nor one over another",
        "write a column, or two with a slash between: aov=spend/orders",
        zh=f"{said!r} 既不是一列，也不是两列之比",
        hint_zh="请写一列，或用斜杠隔开的两列：aov=spend/orders",
    )


def _ratio(found: SampleRatio) -> shown.SampleRatioInfo:
    arms = tuple(
        shown.ArmInfo(arm=one.arm, customers=one.customers, share=one.share, expected=one.expected)
        for one in found.arms
    )
    return shown.SampleRatioInfo(arms=arms, p_value=found.p_value, mismatch=found.mismatch, sentence=on_split(found))


def _comparison(one: Comparison) -> shown.ComparisonInfo:
    plain = vars(one) | {
        "verdict": one.verdict.key,
        "verdict_words": one.verdict.words,
        "notes": note_infos(one.notes),
    }
    return shown.ComparisonInfo(**plain)
