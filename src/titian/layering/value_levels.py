"""ValueLevels: active, potential, at risk, churned (四级)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import ibis
import ibis.expr.types as ir
from pydantic import AfterValidator, BeforeValidator, PositiveInt, WithJsonSchema, model_validator

from titian.domain.cut import Cut, FittedCut, quantile_of
from titian.domain.note import Note
from titian.domain.reason import Reason
from titian.domain.refused import RefusedError
from titian.domain.words import Words
from titian.errors import UnknownNameError
from titian.layering.contract import NONE_KEY, none_layer
from titian.layering.cuts import Axis, fit_cuts, is_high, turns_of
from titian.layering.fitted import Fitted, notes_on_size
from titian.layering.layering import Layering
from titian.layering.plays import VALUE_LEVELS
from titian.layering.reasons import reason_of
from titian.traits.catalogue import trait
from titian.traits.planner import TraitTable
from titian.traits.sources import PURCHASE_DAYS
from titian.traits.trait import Trait


def _check_silence(silence: float | str) -> float | str:
    if isinstance(silence, str):
        if quantile_of(silence) is None:
            raise RefusedError(
                zh=f"时长应为天数，或购买间隔的分位数（如 q0.9），而不是 {silence!r}",
                en=f"a time is a number of days, or a quantile of the gaps such as 'q0.9'; not {silence!r}",
            )
    elif silence <= 0 or silence != int(silence):
        raise RefusedError(zh="时长应为至少 1 天的整数", en="a time is a whole number of days, at least 1")
    return silence if isinstance(silence, str) else int(silence)


def _read_days(silence: object) -> object:
    return int(silence) if isinstance(silence, str) and silence.strip().isdigit() else silence


Silence = Annotated[
    int | str,
    BeforeValidator(_read_days),
    AfterValidator(_check_silence),
    WithJsonSchema(
        {
            "anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": r"^(median|q0?\.\d+)$"}],
            "x-titian": "silence",
        }
    ),
]
"""Days of silence: a fixed number, or a quantile of the gaps between purchase days ("q0.9")."""


class ValueLevels(Layering):
    """Four levels, the first match wins: churned, at risk, active, potential; *none* for who never bought.

    churned: silent longer than `churn_days`; at_risk: silent longer than `warning_days`; active: spend above its
    cut; else potential. Times are fixed days or a quantile of the gaps in days between the purchase days of all
    customers (their own rhythm). Spend is over the last `window_days` local days (None: all history).

    Needs: orders.
    """

    kind = "value_levels"
    words = Words(zh="价值四级", en="Value levels")
    meaning = Words(
        zh="存量、高潜力、预流失、流失，第一个符合的为准",
        en="active, potential, at risk, churned; the first match wins",
    )

    told_by_sides = True

    warning_days: Silence = 90
    churn_days: Silence = 180
    spend: Cut = "median"
    window_days: PositiveInt | None = 365

    @model_validator(mode="after")
    def _warns_before_it_is_too_late(self) -> ValueLevels:
        if (
            isinstance(self.warning_days, int)
            and isinstance(self.churn_days, int)
            and self.churn_days < self.warning_days
        ):
            raise RefusedError(
                zh=f"churn_days（{self.churn_days}）不能短于 warning_days（{self.warning_days}）",
                en=f"churn_days ({self.churn_days}) must not be shorter than warning_days ({self.warning_days})",
            )
        return self

    def traits(self) -> Mapping[str, Trait]:
        """Recency over all history, money in the window."""
        return {"recency_days": trait("recency_days"), "spend": trait("spend").within(self.window_days)}

    def fit(self, traits: TraitTable) -> Fitted:
        """The two times and the cut of spend as found in the buyers."""
        rows = traits.view(self.traits())
        axis = Axis("spend", "spend", self.traits()["spend"], self.spend, "high")
        customers, (spread,) = fit_cuts(traits.data, rows.filter(rows.ranked), (axis,))
        times = self._times(traits)
        cuts = (*(_silence_cut(field, getattr(self, field), days) for field, days in times.items()), spread.cut)
        return Fitted(
            kind=self.kind,
            as_of=traits.as_of,
            currency=traits.data.currency,
            layers=(
                *(level.model_copy(update={"rank": rank}) for rank, level in enumerate(VALUE_LEVELS, 1)),
                none_layer(),
            ),
            cuts=cuts,
            customers=customers,
            notes=(*notes_on_size(customers), *_notes_on_times(times)),
        )

    def _times(self, traits: TraitTable) -> dict[str, float | None]:
        """Warning and churn time in days; None where no one bought twice and so no rhythm is known."""
        given = {"warning_days": self.warning_days, "churn_days": self.churn_days}
        shares = {field: quantile_of(time) for field, time in given.items() if isinstance(time, str)}
        found: dict[str, float | None] = {}
        if shares:
            days = traits.source(PURCHASE_DAYS)
            days = days.filter(days.has_gap)
            gap = days.gap_days.cast("float64")
            asked = {field: gap.quantile(share or 0.5) for field, share in shares.items()}
            (measured,) = traits.data.execute(days.aggregate(**asked))
            found = {field: None if value is None else float(str(value)) for field, value in measured.items()}
        return {field: found[field] if isinstance(time, str) else float(time) for field, time in given.items()}

    def layer(self, rows: ir.Table, fitted: Fitted) -> ir.StringValue:
        """The first level that matches."""
        in_time = {field: _in_time(rows, fitted.cut(field)) for field in ("churn_days", "warning_days")}
        return ibis.cases(
            (~rows.ranked, NONE_KEY),
            (~in_time["churn_days"], "churned"),
            (~in_time["warning_days"], "at_risk"),
            (is_high(rows.spend, fitted.cut("spend")), "active"),
            else_="potential",
        )

    def turns(self, fitted: Fitted) -> Mapping[str, tuple[int, ...]]:
        """Where the days since the last order pass a cut."""
        return turns_of(self.traits(), fitted.cuts)

    def reasons(self, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        """Silence against the time that decided, and spend against its cut."""
        traits = self.traits()
        silence = row["recency_days"]
        deciding = "churn_days" if row["layer"] == "churned" else "warning_days"
        return [
            reason_of(traits["recency_days"], silence, fitted.cut(deciding), fitted.currency),
            reason_of(traits["spend"], row["spend"], fitted.cut("spend"), fitted.currency),
        ]

    def requirements(self, target: str, fitted: Fitted) -> dict[str, FittedCut]:
        """To be active: bought within the warning time and spend above the cut; potential: only the first."""
        warning, churn = fitted.cut("warning_days"), fitted.cut("churn_days")
        wanted = {
            "active": {"recency_days": warning, "spend": fitted.cut("spend")},
            "potential": {"recency_days": warning},
            "at_risk": {"recency_days": churn},
        }
        if target not in wanted:
            raise UnknownNameError("layer to aim at", "目标层级", target, list(wanted))
        return wanted[target]


def _in_time(rows: ir.Table, cut: FittedCut) -> ir.BooleanValue:
    """Nobody is too silent while no rhythm is known."""
    return ibis.literal(True) if cut.value is None else is_high(rows.recency_days, cut)


def _silence_cut(field: str, rule: int | str, days: float | None) -> FittedCut:
    """Silent for exactly the time is not yet longer than it."""
    return FittedCut(field=field, trait="recency_days", rule=rule, value=days, inclusive=True, better="low")


def _notes_on_times(times: Mapping[str, float | None]) -> tuple[Note, ...]:
    if None not in times.values():
        return ()
    text = Words(
        zh="还没有人在两个不同的日子买过，无法得出购买节奏；请改用固定天数。",
        en="Nobody has bought on two days yet, so there is no rhythm to go by: use fixed days.",
    )
    return (Note(code="no_rhythm", text=text),)
