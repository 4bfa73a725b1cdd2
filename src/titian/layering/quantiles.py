"""Quantiles: shares of the customers by one trait, the best first (分位分层)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import accumulate
from typing import Annotated

import ibis
import ibis.expr.types as ir
from pydantic import Field, field_validator, model_validator

from titian.domain.cut import FittedCut
from titian.domain.layer import Layer
from titian.domain.naming import Name
from titian.domain.note import Note
from titian.domain.reason import Reason
from titian.domain.refused import RefusedError
from titian.domain.words import Words
from titian.errors import UnknownNameError
from titian.layering.contract import NONE_KEY, none_layer
from titian.layering.cuts import Axis, fit_cuts, is_high, turns_of
from titian.layering.fitted import Fitted, notes_on_size
from titian.layering.layering import Layering
from titian.layering.plays_own import play_by_place
from titian.layering.reasons import amount_words, reason_of
from titian.traits.catalogue import trait
from titian.traits.planner import TraitTable
from titian.traits.trait import Trait

Share = Annotated[float, Field(ge=0.001, lt=1, allow_inf_nan=False)]
_CLOSE = Decimal("0.000001")


class Quantiles(Layering):
    """The top 20 %, the next 30 % and the rest by one trait, or any other shares that sum to 1; *none* without basis.

    A layer begins where the trait is strictly better than its interpolated quantile, so that ties share a layer and
    a layer may be smaller than its share, or empty. Better is the trait's own: fewer days, more money.
    """

    kind = "quantiles"
    words = Words(zh="分位分层", en="Quantiles")
    meaning = Words(
        zh="按一个指标排队，前 20%、其次 30%、其余，比例自定",
        en="queue by one trait: the top 20 %, the next 30 %, the rest; shares of your own",
    )
    ready = False

    trait: str = "spend_365d"
    shares: tuple[Share, ...] = Field(default=(0.2, 0.3, 0.5), min_length=2, max_length=20)
    names: tuple[Name, ...] = ()
    """Names of the layers, best first: as many as there are shares, or none."""

    @field_validator("trait")
    @classmethod
    def _a_number(cls, name: str) -> str:
        found = trait(name)
        if not found.unit.numeric:
            raise RefusedError(
                zh=f"“{found.words.zh}”不是数字，无法排队；请选数值型指标",
                en=f"{name} is no number to queue by; choose a trait that is",
            )
        return found.column

    @model_validator(mode="after")
    def _shares_sum_to_one(self) -> Quantiles:
        total = sum(map(_exact, self.shares), Decimal(0))
        if abs(total - 1) > _CLOSE:
            raise RefusedError(
                zh=f"各层比例合计须为 1，而不是 {total:g}", en=f"the shares must sum to 1, not {total:g}"
            )
        if self.names and len(self.names) != len(self.shares):
            raise RefusedError(
                zh=f"有 {len(self.shares)} 层，却有 {len(self.names)} 个名称",
                en=f"there are {len(self.shares)} layers and {len(self.names)} names",
            )
        return self

    def traits(self) -> Mapping[str, Trait]:
        """The one trait."""
        return {self.trait: trait(self.trait)}

    def axes(self) -> tuple[Axis, ...]:
        """A cut between each layer and the next, the best first."""
        found = trait(self.trait)
        tops = list(accumulate(map(_exact, self.shares)))[:-1]
        quantiles = [1 - top if found.better == "high" else top for top in tops]
        return tuple(
            Axis(f"shares.{place}", self.trait, found, f"q{share:f}", found.better)
            for place, share in enumerate(quantiles)
        )

    def fit(self, traits: TraitTable) -> Fitted:
        """The cuts as found in those who have a value."""
        rows = traits.view(self.traits())
        customers, spreads = fit_cuts(traits.data, rows.filter(rows.ranked & rows[self.trait].notnull()), self.axes())
        low, high = spreads[0].low, spreads[0].high
        return Fitted(
            kind=self.kind,
            as_of=traits.as_of,
            currency=traits.data.currency,
            layers=(*self._layers(), none_layer()),
            cuts=tuple(spread.cut for spread in spreads),
            customers=customers,
            notes=(*notes_on_size(customers), *(_ALL_EQUAL if customers and low == high else ())),
        )

    def _layers(self) -> list[Layer]:
        count = len(self.shares)
        title = trait(self.trait).title
        said = [_named(place, share, count) for place, share in enumerate(self.shares)]
        return [
            Layer(
                key=f"q{place + 1}",
                rank=place + 1,
                name=self.names[place] if self.names else words,
                meaning=Words(zh=f"{title.zh}{words.zh}", en=f"{words.en} by {title.en}"),
                play=play_by_place(place, count),
            )
            for place, words in enumerate(said)
        ]

    def layer(self, rows: ir.Table, fitted: Fitted) -> ir.StringValue:
        """The first layer whose cut is passed; `none` without a value."""
        value = rows[self.trait]
        passed = [(is_high(value, cut), f"q{place + 1}") for place, cut in enumerate(fitted.cuts)]
        return ibis.cases((~rows.ranked | value.isnull(), NONE_KEY), *passed, else_=f"q{len(self.shares)}")

    def turns(self, fitted: Fitted) -> Mapping[str, tuple[int, ...]]:
        """Where days since an instant pass a cut."""
        return turns_of(self.traits(), fitted.cuts)

    def reasons(self, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        """The value against the cut that was passed, or that the last layer fell short of."""
        keys = [layer.key for layer in fitted.layers]
        place = min(keys.index(str(row["layer"])), len(fitted.cuts) - 1)
        found, cut = trait(self.trait), fitted.cuts[place]
        reason = reason_of(found, row[self.trait], cut, fitted.currency)
        return [reason if place == 0 or row["layer"] == NONE_KEY else _between(reason, found, fitted, place)]

    def requirements(self, target: str, fitted: Fitted) -> dict[str, FittedCut]:
        """The cut at which the layer `target` begins; the last one asks for nothing."""
        wanted = {f"q{place + 1}": cut for place, cut in enumerate(fitted.cuts)}
        if target not in wanted:
            raise UnknownNameError("layer to aim at", "目标层级", target, list(wanted))
        return {self.trait: wanted[target]}


def _between(reason: Reason, found: Trait, fitted: Fitted, place: int) -> Reason:
    """The reason with the cut of the layer above, which was not passed, said beside it."""
    above = fitted.cuts[place - 1].value
    if above is None or reason.high is not True:
        return reason
    line = amount_words(above, found.unit, fitted.currency)
    said = reason.sentence
    sentence = Words(
        zh=f"{said.zh}，未超过上一层的 {line.zh}", en=f"{said.en}, but not than the {line.en} of the layer above"
    )
    return reason.model_copy(update={"sentence": sentence})


def _exact(share: float) -> Decimal:
    return Decimal(str(share))


def _named(place: int, share: float, count: int) -> Words:
    percent = f"{share * 100:g}"
    if place == 0:
        return Words(zh=f"前 {percent}%", en=f"top {percent} %")
    if place == count - 1:
        return Words(zh=f"其余 {percent}%", en=f"last {percent} %")
    return Words(zh=f"其次 {percent}%", en=f"next {percent} %")


_ALL_EQUAL = (
    Note(
        code="all_equal",
        text=Words(
            zh="所有客户的这个指标都一样，全部落在最后一层。",
            en="Everyone has the same value: all are in the last layer.",
        ),
    ),
)
