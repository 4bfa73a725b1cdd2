"""Social: how much a customer gives to the community (客户社会价值)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import ibis
import ibis.expr.types as ir
from pydantic import Field, PositiveInt, model_validator

from titian.domain.cut import Cut, FittedCut, quantile_of
from titian.domain.reason import Reason
from titian.domain.refused import RefusedError
from titian.domain.words import Words
from titian.errors import UnknownNameError
from titian.layering.cuts import Axis, fit_cuts, is_high, turns_of
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.layering.plays_social import SOCIAL_LAYERS
from titian.layering.reasons import fact, reason_of
from titian.layering.remarks import with_sizes
from titian.traits.doing import any_words, weighted_times
from titian.traits.planner import TraitTable
from titian.traits.trait import Trait

WEIGHTS = {"post": 5.0, "answer": 4.0, "comment": 3.0, "share": 3.0, "reply": 2.0, "like": 1.0}

Weight = Annotated[float, Field(ge=0.0001, le=10_000)]


class Social(Layering):
    """Core creators, contributors, participants and lurkers, by weighted social activity.

    Activity = Σ weight · times, over the events of `weights` (by meaning; 0.0001 to 10,000 each) in the last `window_days`
    local days (None: all history). creator: above the cut `creator`; contributor: above `contributor`; participant: any activity; lurker:
    none. Cuts that are statistics are taken from those with any activity and split strictly; a number includes itself.

    Needs: events.
    """

    kind = "social"
    words = Words(zh="社交价值", en="Social value")
    meaning = Words(
        zh="按发帖、回答、评论、分享、点赞的加权活跃度，分创作者、贡献者、参与者、潜水者",
        en="creators, contributors, participants and lurkers by posts, answers, comments, shares and likes, weighted",
    )

    weights: dict[str, Weight] = Field(default_factory=lambda: dict(WEIGHTS), min_length=1, max_length=50)
    window_days: PositiveInt | None = 90
    creator: Cut = "q0.9"
    contributor: Cut = "median"

    @model_validator(mode="after")
    def _creators_stand_above(self) -> Social:
        high, low = self.creator, self.contributor
        shares = quantile_of(high), quantile_of(low)
        wrong = isinstance(high, float) and isinstance(low, float) and high < low
        if wrong or (shares[0] is not None and shares[1] is not None and shares[0] < shares[1]):
            raise RefusedError(
                zh=f"创作者的线（{high}）不能低于贡献者的线（{low}）",
                en=f"the cut of creators ({high}) must not lie below that of contributors ({low})",
            )
        return self

    def traits(self) -> Mapping[str, Trait]:
        """The weighted activity."""
        named = any_words(sorted(self.weights, key=lambda event: (-self.weights[event], event)))
        activity = weighted_times(
            "social_activity",
            Words(zh="社交活跃度", en="social activity"),
            Words(zh=f"{named.zh} 的加权次数", en=f"weighted times of {named.en}"),
            self.weights,
        )
        return {"social_activity": activity.within(self.window_days)}

    def axes(self) -> tuple[Axis, Axis]:
        """The two cuts of activity."""
        activity = self.traits()["social_activity"]
        return (
            Axis("creator", "social_activity", activity, self.creator, "high"),
            Axis("contributor", "social_activity", activity, self.contributor, "high"),
        )

    def fit(self, traits: TraitTable) -> Fitted:
        """The cuts as found in those who did anything."""
        rows = traits.view(self.traits())
        _, spreads = fit_cuts(traits.data, rows.filter(rows.social_activity > 0), self.axes())
        fitted = Fitted(
            kind=self.kind,
            as_of=traits.as_of,
            currency=traits.data.currency,
            layers=tuple(layer.model_copy(update={"rank": rank}) for rank, layer in enumerate(SOCIAL_LAYERS, 1)),
            cuts=tuple(spread.cut for spread in spreads),
            customers=0,
        )
        return with_sizes(fitted, rows.select(layer=self.layer(rows, fitted)), traits.data)

    def layer(self, rows: ir.Table, fitted: Fitted) -> ir.StringValue:
        """The first that matches, from the top."""
        activity = rows.social_activity.fill_null(0.0)
        did = activity > 0
        return ibis.cases(
            (did & is_high(activity, fitted.cut("creator")), "creator"),
            (did & is_high(activity, fitted.cut("contributor")), "contributor"),
            (did, "participant"),
            else_="lurker",
        )

    def turns(self, fitted: Fitted) -> Mapping[str, tuple[int, ...]]:
        """No layer turns without an event."""
        return turns_of(self.traits(), fitted.cuts)

    def reasons(self, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        """Activity against the cut that decided: the lowest one above, or the highest one reached."""
        activity = self.traits()["social_activity"]
        value = row["social_activity"] or 0.0
        if row["layer"] == "lurker":
            days = "" if self.window_days is None else f"近 {self.window_days} 天"
            within = "" if self.window_days is None else f" in the last {self.window_days} days"
            said = Words(zh=f"{days}没有任何社交行为", en=f"did nothing social{within}")
            return [fact("social_activity", said, high=False, value=0.0)]
        deciding = "creator" if row["layer"] == "creator" else "contributor"
        found = [reason_of(activity, value, fitted.cut(deciding), fitted.currency)]
        if row["layer"] == "contributor":
            found.append(reason_of(activity, value, fitted.cut("creator"), fitted.currency))
        return found

    def requirements(self, target: str, fitted: Fitted) -> dict[str, FittedCut]:
        """Activity beyond the cut of the layer."""
        if target not in ("creator", "contributor"):
            raise UnknownNameError("layer to aim at", "目标层级", target, ["creator", "contributor"])
        return {"social_activity": fitted.cut(target)}
