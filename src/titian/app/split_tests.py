"""Split tests: how much of an outcome a layering of the workspace explains."""

from __future__ import annotations

from datetime import date, timedelta

from titian.app import masking
from titian.app.answers import split as shown
from titian.app.desk import Reading
from titian.app.held import fit_of, one
from titian.app.showing import layer_info, note_infos, trait_info
from titian.domain.instants import local_day
from titian.domain.words import Words
from titian.layering.plays_split import VALUE_WORDS
from titian.layering.split_figures import LayerOutcome
from titian.layering.split_test import OUTCOME as OUTCOME
from titian.layering.split_test import SplitTest, outcome_named, split_test
from titian.stats.effects import NumberEffect
from titian.traits.trait import Trait
from titian.warehouse.dataset import Dataset


def tested(reading: Reading, key: str, outcome: str, as_of: date | None, outcome_at: date | None) -> shown.SplitTested:
    """How much of an outcome the layers explain.

    Without a day of their own the layers are of as many days before the outcome as its window is long, so that all of
    it came later; the outcome is of the newest day. Raises InputError for an outcome before the layers, ForbiddenError for
    one that is personal.
    """
    found = one(reading.desk, key)
    asked = outcome_named(outcome)
    if not masking.shows(asked):
        raise masking.refused([outcome])
    if outcome_at is not None or as_of is None:
        outcome_at = reading.day(outcome_at)
    day = reading.day(as_of) if outcome_at is None or as_of is not None else _ahead(reading, asked, outcome_at)
    data = reading.counted(day)
    fitted = fit_of(reading, found, day, data)
    at = None if outcome_at is None else reading.instant(outcome_at)
    got = split_test(found.layering, data, reading.instant(day), outcome=outcome, outcome_at=at, fitted=fitted)
    return _answer(got, found.layering.key, data)


def _ahead(reading: Reading, outcome: Trait, outcome_at: date) -> date:
    """The day of the layers before an outcome: its window earlier, if there were data then."""
    day = outcome_at - timedelta(days=outcome.window_days or 0)
    first = reading.present.first
    return day if first is not None and first < day else outcome_at


def _answer(got: SplitTest, key: str, data: Dataset) -> shown.SplitTested:
    timezone = data.timezone
    of_number = isinstance(got.effect, NumberEffect)
    return shown.SplitTested(
        excluded=data.excluded,
        key=key,
        as_of=local_day(got.as_of, timezone),
        outcome_at=local_day(got.outcome_at, timezone),
        outcome=trait_info(got.outcome.column, got.outcome),
        measure="omega_squared" if of_number else "cramers_v",
        effect=got.effect_size,
        low=got.low,
        high=got.high,
        level=got.effect.level,
        p=got.p_value,
        by_rank=None if got.by_rank is None else got.by_rank.omega_squared,
        verdict=got.verdict.key,
        verdict_words=got.verdict.words,
        sentence=got.sentence,
        customers=got.effect.customers,
        mean=got.mean,
        values=tuple(shown.OutcomeValue(key=value, name=_name(value)) for value in got.values),
        layers=tuple(_line(layer) for layer in got.layers),
        notes=note_infos(got.notes),
    )


def _name(value: str | None) -> Words:
    return VALUE_WORDS["other"] if value is None else VALUE_WORDS.get(value, Words(zh=value, en=value))


def _line(layer: LayerOutcome) -> shown.LayerOutcome:
    return shown.LayerOutcome(
        layer=layer_info(layer.layer),
        customers=layer.customers,
        share=layer.share,
        valued=layer.valued,
        mean=layer.mean,
        low=layer.low,
        high=layer.high,
        median=layer.median,
        counts=layer.counts,
    )
