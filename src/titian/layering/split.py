"""TraitSplit: one layer per value of a trait (个性化特质与需求)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import ClassVar

import ibis
import ibis.expr.types as ir
from pydantic import Field, PositiveInt, field_validator, model_validator

from titian.domain.cut import Cut, FittedCut
from titian.domain.layer import Layer
from titian.domain.note import Note
from titian.domain.reason import Reason
from titian.domain.refused import RefusedError
from titian.domain.words import Words
from titian.layering.cuts import Axis, fit_cuts
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.layering.plays_split import VALUE_WORDS, split_layer
from titian.layering.reasons import amount_words, fact
from titian.layering.remarks import NOBODY
from titian.traits.catalogue import trait
from titian.traits.exact import exactly
from titian.traits.knowing import KNOWING
from titian.traits.planner import TraitTable
from titian.traits.trait import Trait, Unit

UNKNOWN, OTHER = "unknown", "other"


class TraitSplit(Layering):
    """A layer per value of one trait, and *unknown* for who has none.

    For a category (gender, city, channel, favourite_category, part_of_day …) the layers are the values found by the fit,
    the largest first; beyond `most` of them the rest are *other*. For a number give `bands`, the ascending borders between
    layers (numbers, or quantiles such as "q0.5"): a value at a border belongs to the band above it. A value that the fit
    did not know is *other* where there is that layer, else *unknown*. The layers have no rank.

    Needs: what the trait needs.
    """

    kind = "split"
    words = Words(zh="特质与需求", en="Traits and needs")
    meaning = Words(
        zh="按一个特质分层：性别、城市、渠道、偏好品类、时段……",
        en="one layer per value of a trait: gender, city, channel, favourite category, part of day …",
    )
    ordered: ClassVar[bool] = False

    trait: str = "channel"
    bands: tuple[Cut, ...] = Field(default=(), max_length=30)
    window_days: PositiveInt | None = None
    most: PositiveInt = Field(default=20, le=200)

    @field_validator("trait")
    @classmethod
    def _known(cls, name: str) -> str:
        return trait(name).column

    @model_validator(mode="after")
    def _bands_for_numbers_alone(self) -> TraitSplit:
        unit = self.traits()["value"].unit
        if unit is Unit.INSTANT:
            raise RefusedError(
                zh=f"“{self.trait}”是时间点，几乎人人不同；请改用距今天数的指标，例如 recency_days，并给出 bands",
                en=f"{self.trait} is an instant, nearly everybody's own: take days since one, such as recency_days, and bands",
            )
        if unit.numeric and not self.bands:
            raise RefusedError(
                zh=f"“{self.trait}”是数值，请用 bands 给出分段的界线，例如 [18, 25, 35]",
                en=f"{self.trait} is a number: give the borders of its bands, for example bands=(18, 25, 35)",
            )
        if self.bands and not unit.numeric:
            raise RefusedError(
                zh=f"“{self.trait}”不是数值，不能分段；请去掉 bands", en=f"{self.trait} is no number: leave bands away"
            )
        numbers = [band for band in self.bands if isinstance(band, float)]
        if numbers != sorted(set(numbers)):
            raise RefusedError(zh="分段界线应从小到大，且不重复", en="the borders of bands ascend, each once")
        return self

    def traits(self) -> Mapping[str, Trait]:
        """The one trait."""
        return {"value": trait(self.trait).within(self.window_days)}

    def fit(self, traits: TraitTable) -> Fitted:
        """The values that there are, or the borders of the bands."""
        rows = traits.view(self.traits())
        cuts: tuple[FittedCut, ...] = ()
        if self.bands:
            axes = tuple(
                Axis(f"bands.{place}", "value", self.traits()["value"], band, "high")
                for place, band in enumerate(self.bands)
            )
            customers, spreads = fit_cuts(traits.data, rows, axes)
            cuts = tuple(spread.cut.model_copy(update={"inclusive": True}) for spread in spreads)
            layers = self._bands(cuts, traits.data.currency)
        else:
            customers, layers = self._values(rows, traits)
        return Fitted(
            kind=self.kind,
            as_of=traits.as_of,
            currency=traits.data.currency,
            layers=tuple(layers),
            cuts=cuts,
            customers=customers,
            notes=self._notes(traits, customers),
        )

    def _values(self, rows: ir.Table, traits: TraitTable) -> tuple[int, list[Layer]]:
        said = self._text(rows)
        counted = rows.select(said=said).group_by("said").aggregate(customers=ibis._.count())
        found = traits.data.execute(counted)
        customers = sum(int(str(row["customers"])) for row in found)
        known = [(-int(str(row["customers"])), str(row["said"])) for row in found if row["said"] is not None]
        # A value that is called as one of ours would share its layer: it is one of the others.
        values = [value for _, value in sorted(known) if value not in (UNKNOWN, OTHER)]
        kept, rest = values[: self.most], len(known) > min(len(values), self.most)
        keys = [*kept, *([OTHER] if rest else []), UNKNOWN]
        return customers, [split_layer(key, self._name(key), self._title()) for key in keys]

    def _bands(self, cuts: tuple[FittedCut, ...], currency: str) -> list[Layer]:
        values = sorted({cut.value for cut in cuts if cut.value is not None})
        unit = self.traits()["value"].unit
        said = [amount_words(value, unit, currency) for value in values]
        names = [Words(zh=f"低于 {said[0].zh}", en=f"below {said[0].en}")] if said else []
        names += [Words(zh=f"{low.zh} 至 {high.zh}", en=f"{low.en} to {high.en}") for low, high in pairwise(said)]
        names += [Words(zh=f"{said[-1].zh} 及以上", en=f"{said[-1].en} or more")] if said else []
        layers = [split_layer(f"band_{place}", name, self._title()) for place, name in enumerate(names, 1)]
        return [*layers, split_layer(UNKNOWN, self._name(UNKNOWN), self._title())]

    def layer(self, rows: ir.Table, fitted: Fitted) -> ir.StringValue:
        """The value, or the band it lies in."""
        if self.bands:
            value = rows.value.cast("float64")
            borders = sorted({cut.value for cut in fitted.cuts if cut.value is not None})
            if not borders:
                return ibis.literal(UNKNOWN)
            below = [(value < exactly(border), f"band_{place}") for place, border in enumerate(borders, 1)]
            return ibis.cases((value.isnull(), UNKNOWN), *below, else_=f"band_{len(borders) + 1}")
        said = self._text(rows)
        keys = [layer.key for layer in fitted.layers]
        values = [key for key in keys if key not in (UNKNOWN, OTHER)]
        strange = OTHER if OTHER in keys else UNKNOWN
        known = said.isin(values) if values else ibis.literal(False)
        return ibis.cases((said.isnull(), UNKNOWN), (known, said), else_=strange)

    def _text(self, rows: ir.Table) -> ir.StringValue:
        """The value without blanks around; none where nothing is left."""
        return rows.value.cast("string").strip().nullif("")

    def reasons(self, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        """What is known of the customer."""
        value, title = row["value"], self._title()
        if value is None or str(value).strip() == "":
            return [fact("value", Words(zh=f"{title.zh}：未知", en=f"{title.en}: unknown"))]
        if self.bands:
            number = float(str(value))
            said = amount_words(number, self.traits()["value"].unit, fitted.currency)
            return [fact("value", Words(zh=f"{title.zh}：{said.zh}", en=f"{title.en}: {said.en}"), value=number)]
        said = self._name(str(value).strip())
        return [fact("value", Words(zh=f"{title.zh}：{said.zh}", en=f"{title.en}: {said.en}"))]

    def turns(self, fitted: Fitted) -> Mapping[str, tuple[int, ...]] | None:  # noqa: ARG002
        """Nothing turns by time alone, but for days since an instant, whose borders are here no cuts."""
        return None if trait(self.trait).unit is Unit.DAYS else {}

    def _title(self) -> Words:
        return self.traits()["value"].title

    def _name(self, key: str) -> Words:
        return VALUE_WORDS.get(key, Words(zh=key, en=key))

    def _notes(self, traits: TraitTable, customers: int) -> tuple[Note, ...]:
        if not customers:
            return (NOBODY,)
        undated = trait(self.trait) in KNOWING and not traits.data.has("customer_changes")
        if not undated:
            return ()
        text = Words(
            zh=f"“{self._title().zh}”取自客户资料的当前值，没有变更日期：过去的日期也按现在的值计算。",
            en=f"{self._title().en} is the profile's present value, without dates: days in the past count with it too.",
        )
        return (Note(code="undated", text=text),)
