"""Lifecycle: introduction, growth, maturity, dormancy, churned, each by the customer's own rhythm."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
from pydantic import Field, PositiveInt, model_validator

from titian.domain.cut import FittedCut
from titian.domain.note import FEW_CUSTOMERS, Note
from titian.domain.reason import Reason
from titian.domain.refused import RefusedError
from titian.domain.words import Words
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.layering.lifecycle_reasons import fall_reason, purchase_reason, silence_reason
from titian.layering.plays_lifecycle import LIFECYCLE_STAGES
from titian.layering.remarks import with_sizes
from titian.layering.steps import Steps, notes_on_steps, path_reason
from titian.traits.acting import active_rhythm
from titian.traits.bringing import BOUGHT_DAYS_COUNT
from titian.traits.catalogue import trait
from titian.traits.core_path import core_path_done_at
from titian.traits.exact import exactly
from titian.traits.planner import TraitTable
from titian.traits.sources import ACTIVITY_DAYS
from titian.traits.trait import Trait

DIGITS = 6
"""Gaps are whole days and quantiles are written with few digits: beyond these, a day count differs only by rounding."""


class Lifecycle(Layering):
    """Five stages, the first match wins: churned, dormancy, maturity, growth, introduction.

    With G days as the customer's rhythm: churned is silent longer than `churn_factor` × G; dormancy is silent longer
    than G, or has active days or time spent in the last `window_days` of at most `fall_to` times those of as many days
    before, where there were any; maturity has bought on two or more local days; growth has bought or done the core
    path; introduction is everybody else. Silence counts local days since the last event or purchase, else since the
    first sight.

    G is the quantile `rhythm` of the customer's own gaps between active days where there are at least `least_gaps`, else
    that of all customers' gaps together, as fitted. Fixed `dormancy_days` and `churn_days` stand in for it. Where nobody
    has a gap, nobody is silent too long.

    Purchases are paid orders not fully refunded; before the first order that is known of anybody, events that mean
    purchase stand for them, so that event logs alone are enough. An active day has an event or a purchase; a day counts
    in each of the two windows that it has activity in.

    Needs: orders or events.
    """

    kind = "lifecycle"
    words = Words(zh="生命周期", en="Lifecycle")
    meaning = Words(
        zh="导入、成长、成熟、休眠、流失，沉默与否看客户自己的节奏",
        en="introduction, growth, maturity, dormancy, churned; silence is judged by the customer's own rhythm",
    )
    one_of = frozenset({"orders", "events"})

    rhythm: float = Field(default=0.9, gt=0, lt=1)
    churn_factor: float = Field(default=2, ge=1, le=1000)
    least_gaps: PositiveInt = 3
    dormancy_days: PositiveInt | None = None
    churn_days: PositiveInt | None = None
    window_days: PositiveInt = 30
    fall_to: float = Field(default=0.5, ge=0, le=1)
    core_path: Steps = ()
    path_limit_days: PositiveInt | None = Field(default=7, le=36_500)

    @model_validator(mode="after")
    def _dormant_before_churned(self) -> Lifecycle:
        if self.dormancy_days and self.churn_days and self.churn_days < self.dormancy_days:
            raise RefusedError(
                zh=f"churn_days（{self.churn_days}）不能短于 dormancy_days（{self.dormancy_days}）",
                en=f"churn_days ({self.churn_days}) must not be shorter than dormancy_days ({self.dormancy_days})",
            )
        return self

    def traits(self) -> Mapping[str, Trait]:
        """Silence, the rhythm, activity in the window, purchase days, and the core path where one is set."""
        found = {
            "silence_days": trait("silence_days"),
            "active_gap_count": trait("active_gap_count"),
            "own_rhythm_days": active_rhythm(self.rhythm),
            "active_days": trait("active_days").within(self.window_days),
            "active_days_both": trait("active_days").within(2 * self.window_days),
            "active_days_begun": trait("active_days_begun").within(self.window_days),
            "online_s": trait("online_s").within(self.window_days),
            "online_s_both": trait("online_s").within(2 * self.window_days),
            "bought_days": BOUGHT_DAYS_COUNT,
        }
        if self.core_path:
            found["core_path_done_at"] = core_path_done_at(self.core_path, self.path_limit_days)
        return found

    @property
    def movable(self) -> bool:
        """Not: which events tell of purchases depends on the first order of anybody."""
        return False

    def fit(self, traits: TraitTable) -> Fitted:
        """The rhythm of all customers together."""
        days, people = _rhythm_of_all(traits, self.rhythm)
        cuts = [
            FittedCut(field=field, trait="silence_days", rule=fixed, value=fixed, inclusive=True, better="low")
            for field in ("dormancy_days", "churn_days")
            if (fixed := getattr(self, field)) is not None
        ]
        fitted = Fitted(
            kind=self.kind,
            as_of=traits.as_of,
            currency=traits.data.currency,
            layers=tuple(stage.model_copy(update={"rank": rank}) for rank, stage in enumerate(LIFECYCLE_STAGES, 1)),
            cuts=tuple(cuts),
            customers=0,
            notes=() if self.dormancy_days else _notes_on_rhythm(people),
            found={"rhythm_days": days, "timezone": traits.data.timezone},
        )
        rows = traits.view(self.traits())
        sized = with_sizes(fitted, rows.select(layer=self.layer(rows, fitted)), traits.data)
        return sized.model_copy(update={"notes": (*sized.notes, *notes_on_steps(traits, self.core_path))})

    def layer(self, rows: ir.Table, fitted: Fitted) -> ir.StringValue:
        """The first stage that matches."""
        churned_after, dormant_after = self._patience(rows, fitted)
        experienced = rows.bought_days > 0
        if self.core_path:
            experienced = experienced | rows.core_path_done_at.notnull()
        return ibis.cases(
            (rows.silence_days > churned_after, "churned"),
            (rows.silence_days > dormant_after, "dormancy"),
            (self._fell(rows.active_days, _before(rows, "active_days")), "dormancy"),
            (self._fell(rows.online_s, _before(rows, "online_s")), "dormancy"),
            (rows.bought_days >= 2, "maturity"),
            (experienced, "growth"),
            else_="introduction",
        )

    def extras(self, rows: ir.Table, fitted: Fitted) -> dict[str, ir.Value]:
        """What decided: the silences after which the customer is dormant and churned, and the window before."""
        churned_after, dormant_after = self._patience(rows, fitted)
        return {
            "dormant_after_days": dormant_after,
            "churned_after_days": churned_after,
            "active_days_before": _before(rows, "active_days"),
            "online_s_before": _before(rows, "online_s"),
        }

    def reasons(self, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        """Silence against the rhythm, activity against the window before, purchases, and the core path."""
        traits = self.traits()
        found: list[Reason | None] = [silence_reason(row, self._whose_rhythm(row))]
        found += [
            fall_reason(traits[name], name, row, self.window_days, self.fall_to) for name in ("active_days", "online_s")
        ]
        found.append(purchase_reason(row["bought_days"]))
        if self.core_path:
            at, zone = row["core_path_done_at"], str(fitted.found["timezone"])
            found.append(path_reason("core_path_done_at", at, self.core_path, self.path_limit_days, zone))
        return [reason for reason in found if reason is not None]

    def _whose_rhythm(self, row: Mapping[str, object]) -> Words:
        fixed = self.churn_days if row["layer"] == "churned" else self.dormancy_days
        if fixed is not None or (self.dormancy_days is not None and self.churn_days is None):
            return Words(zh="设定的时长", en="set time")
        gaps = row["active_gap_count"]
        if isinstance(gaps, int | float) and gaps >= self.least_gaps:
            return Words(zh="其自身节奏", en="own rhythm")
        return Words(zh="全体客户的节奏", en="rhythm of all customers")

    def _patience(self, rows: ir.Table, fitted: Fitted) -> tuple[ir.FloatingValue, ir.FloatingValue]:
        """The silences after which customers are churned, and dormant."""
        pooled = fitted.found["rhythm_days"]
        of_all = ibis.null("float64") if pooled is None else exactly(pooled)
        own = ibis.cases((rows.active_gap_count >= self.least_gaps, rows.own_rhythm_days.round(DIGITS)), else_=of_all)
        dormant = own if self.dormancy_days is None else exactly(self.dormancy_days)
        if self.churn_days is not None:
            return exactly(self.churn_days), dormant
        return (dormant * exactly(self.churn_factor)).round(DIGITS), dormant

    def _fell(self, now: ir.NumericValue, before: ir.NumericValue) -> ir.BooleanValue:
        return (before > 0) & (now <= (before * exactly(self.fall_to)).round(DIGITS))


def _before(rows: ir.Table, name: str) -> ir.NumericValue:
    """A trait in the window before: a day with activity in both counts in both."""
    if name == "active_days":
        return rows.active_days_both - rows.active_days_begun
    return (rows.online_s_both.cast("float64") - rows.online_s.cast("float64")).round(DIGITS)


def _rhythm_of_all(traits: TraitTable, share: float) -> tuple[float | None, int]:
    """The quantile of all gaps between active days together, and how many customers have gaps."""
    days = traits.source(ACTIVITY_DAYS)
    days = days.filter(days.has_gap)
    asked = {"days": days.gap_days.cast("float64").quantile(share), "people": days.customer_id.nunique()}
    (found,) = traits.data.execute(days.aggregate(**asked))
    gap = found["days"]
    return (round(float(str(gap)), DIGITS) if gap is not None else None), int(str(found["people"]))


def _notes_on_rhythm(people: int) -> tuple[Note, ...]:
    if people == 0:
        text = Words(
            zh="还没有人在两个不同的日子活跃过，没有节奏可依，因此没有人算沉默过久；请改用固定天数。",
            en="Nobody has been active on two days yet, so there is no rhythm and nobody counts as silent too long: use fixed days.",
        )
        return (Note(code="no_rhythm", text=text),)
    if people < FEW_CUSTOMERS:
        text = Words(
            zh="全体客户的节奏只基于 {n} 位客户，数字会随少数人变动。",
            en="The rhythm of all rests on only {n} customers: a few people can move it.",
        )
        return (Note(code="few_customers", text=text.format(n=people)),)
    return ()
