"""Split test: how much of an outcome a layering explains, so that a useless layering is seen as such."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from titian.domain.instants import Moment, days_before, instant, local_day
from titian.domain.note import Note
from titian.domain.words import Words
from titian.errors import InputError
from titian.layering.assignment import assign
from titian.layering.fitted import Fitted
from titian.layering.frame import Frame
from titian.layering.layering import Layering
from titian.layering.split_figures import LayerOutcome, of_category, of_number
from titian.layering.split_words import (
    Effect,
    Verdict,
    note_on_values,
    notes_on,
    sentence_on,
    verdict_on,
)
from titian.stats.effects import LEVEL, NumberEffect
from titian.traits.catalogue import trait
from titian.traits.planner import tables_of, trait_table
from titian.traits.trait import Trait, Unit
from titian.warehouse.dataset import Dataset

OUTCOME = "spend_90d"


@dataclass(frozen=True)
class SplitTest:
    """How far the layers of a layering differ in an outcome.

    Layers are as of `as_of`, the outcome as of `outcome_at`. `effect` holds the size with its interval (ω² for a number,
    Cramér's V for a category) and, second to it, the p value. `values` are those of a category, the most common first;
    None stands for the rest together.
    """

    definition: Layering
    outcome: Trait
    as_of: datetime
    outcome_at: datetime
    fitted: Fitted
    layers: tuple[LayerOutcome, ...]
    values: tuple[str | None, ...]
    effect: Effect
    by_rank: NumberEffect | None
    """The effect on the rank among all, where a few very large values weigh no more than others; None of a category."""
    notes: tuple[Note, ...]

    @property
    def effect_size(self) -> float | None:
        """ω² (share of the differences explained) or Cramér's V, 0 to 1; None where nothing can be said."""
        return self.effect.omega_squared if isinstance(self.effect, NumberEffect) else self.effect.v

    @property
    def mean(self) -> float | None:
        """The mean of a number over all who have a value; None of a category and of nobody."""
        valued = [(one.valued, one.mean) for one in self.layers if one.mean is not None]
        return sum(size * mean for size, mean in valued) / sum(size for size, _ in valued) if valued else None

    @property
    def low(self) -> float | None:
        """The lower end of the effect's interval."""
        return self.effect.low

    @property
    def high(self) -> float | None:
        """The upper end of the effect's interval."""
        return self.effect.high

    @property
    def p_value(self) -> float | None:
        """How likely such differences would be if the layers told nothing; with many customers small for any layering."""
        return self.effect.p

    @property
    def verdict(self) -> Verdict:
        """The effect as a word."""
        return verdict_on(self.effect)

    @property
    def sentence(self) -> Words:
        """The effect with its interval as one sentence."""
        return sentence_on(self.outcome, self.effect)

    def to_pandas(self) -> Frame:
        """In rank order: layer, name_zh, name_en, customers, share, valued, and of a number mean, low, high, median.

        Of a category a line per layer and value: value (None for the rest together), value_customers, value_share.
        """
        if isinstance(self.effect, NumberEffect):
            lines = [(*_head(one), one.mean, one.low, one.high, one.median) for one in self.layers]
            return Frame(lines, columns=[*_HEAD, "mean", "low", "high", "median"])
        lines = [
            (*_head(one), value, count, count / one.valued if one.valued else None)
            for one in self.layers
            for value, count in zip(self.values, one.counts, strict=True)
        ]
        return Frame(lines, columns=[*_HEAD, "value", "value_customers", "value_share"])


_HEAD = ("layer", "name_zh", "name_en", "customers", "share", "valued")


def _head(one: LayerOutcome) -> tuple[object, ...]:
    return one.layer.key, one.layer.name.zh, one.layer.name.en, one.customers, one.share, one.valued


def split_test(
    definition: Layering,
    data: Dataset,
    as_of: Moment,
    *,
    outcome: str = OUTCOME,
    outcome_at: Moment | None = None,
    fitted: Fitted | None = None,
    level: float = LEVEL,
) -> SplitTest:
    """How much of the outcome (the name of a trait) the layers as of an instant explain.

    `outcome_at` is the instant as of which the outcome is computed, for the same customers. Left out, it is the end of
    the outcome's window when that begins at `as_of` and the data reach so far, else `as_of` itself. Raises InputError
    for an outcome that is an instant, or one before `as_of`; UnknownNameError; MissingDataError.
    """
    asked = outcome_named(outcome)
    for group in sorted(tables_of([asked]), key=sorted):
        data.need(*sorted(group))
    got = assign(definition, data, as_of, fitted)
    at = default_instant(asked, data, got.as_of) if outcome_at is None else instant(outcome_at, data.timezone)
    _check(got.as_of, at, data.timezone)
    values = trait_table([asked], data, at)
    of_each = values.rows.select("customer_id", value=asked.column)
    rows = got.table.select("customer_id", "layer").inner_join(of_each, "customer_id")
    found = of_number(rows, got, asked, level) if asked.unit.numeric else of_category(rows, got, level)
    remarks = (
        *notes_on(definition, got.fitted, asked, data, got.as_of, at),
        *note_on_values(sum(one.customers for one in found.layers), found.effect.customers),
        *found.notes,
        *found.effect.notes,
        *got.notes,
    )
    return SplitTest(
        definition=definition,
        outcome=asked,
        as_of=got.as_of,
        outcome_at=at,
        fitted=got.fitted,
        layers=found.layers,
        values=found.values,
        effect=found.effect,
        by_rank=found.by_rank,
        notes=tuple(dict.fromkeys(remarks)),
    )


def outcome_named(name: str) -> Trait:
    """The trait that is an outcome. Raises UnknownNameError, and InputError for one that is an instant."""
    found = trait(name)
    if found.unit is not Unit.INSTANT:
        return found
    raise InputError(
        f"the outcome {name} is an instant, which has no mean and no share",
        "choose a number, a category or a flag, such as spend_90d or recency_days",
        zh=f"结果 {name} 是时间点，没有均值也没有占比",
        hint_zh="请选择数值、类别或是否类指标，例如 spend_90d 或 recency_days",
        outcome=name,
    )


def default_instant(outcome: Trait, data: Dataset, as_of: datetime) -> datetime:
    """When the outcome's window, begun at the as_of, is over, if the data reach so far; else the as_of itself."""
    end = data.newest_day_end()
    if outcome.window_days is None or end is None:
        return as_of
    later = days_before(as_of, -outcome.window_days, data.timezone)
    return later if later <= end else as_of


def _check(as_of: datetime, outcome_at: datetime, timezone: str) -> None:
    if outcome_at >= as_of:
        return
    day, layers_day = local_day(outcome_at, timezone), local_day(as_of, timezone)
    raise InputError(
        f"the outcome as of {day} lies before the layers as of {layers_day}",
        "choose an outcome of the same instant or a later one",
        zh=f"结果的时点 {day} 早于分层的时点 {layers_day}",
        hint_zh="请选择同一时点或更晚的结果",
        as_of=str(layers_day),
        outcome_at=str(day),
    )
