"""Clusters: customers who are alike, found by k-means on chosen traits (聚类分层)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, field_validator

from titian.domain.cut import FittedCut
from titian.domain.layer import Layer
from titian.domain.note import Note
from titian.domain.play import Play
from titian.domain.reason import Reason
from titian.domain.refused import RefusedError
from titian.domain.words import Words
from titian.layering.cluster_words import cluster_names, contrast_words
from titian.layering.contract import NONE_KEY, none_layer
from titian.layering.fitted import Fitted, notes_on_size
from titian.layering.layering import Layering
from titian.layering.plays_own import play_of_cluster
from titian.layering.reasons import amount_words, fact
from titian.stats.clusters import Clustering, clustered
from titian.traits.catalogue import trait
from titian.traits.exact import exactly
from titian.traits.planner import TraitTable
from titian.traits.trait import Trait

SAMPLE = 50_000
"""Customers that clusters are found on; of more, those whose ids have the smallest MD5."""
DIGITS = 9
"""Distances are compared to this many digits, so that no engine's last bit decides between equal ones."""
MOST_REASONS = 3


class Feature(BaseModel):
    """How a trait was scaled: (ln(1 + x) if `logarithm`, else x, less `centre`) / `spread`; `usual` stands for unknown."""

    model_config = ConfigDict(frozen=True)

    trait: str
    logarithm: bool
    centre: float
    spread: float
    usual: float


class Contrast(BaseModel):
    """How the customers of a cluster differ from the others in one trait: standard deviations, and both means."""

    model_config = ConfigDict(frozen=True)

    trait: str
    difference: float
    inside: float
    outside: float


class Found(BaseModel):
    """The clusters as they were frozen."""

    model_config = ConfigDict(frozen=True)

    features: tuple[Feature, ...]
    centres: tuple[tuple[float, ...], ...]
    contrasts: tuple[tuple[Contrast, ...], ...]
    silhouette: float | None
    sampled: int


class Clusters(Layering):
    """Groups of customers who are alike in some traits, by k-means on scaled values; *none* for who has no basis.

    `k` clusters, or as many from 2 to 8 as the silhouette says. Found on at most 50 thousand customers and frozen; then
    everybody belongs to the nearest centre, the first of equal ones. A trait without a value counts as the usual one
    (the median). Clusters have no rank: they are numbered by size and named by what sets them apart.
    """

    kind = "clusters"
    words = Words(zh="聚类分层", en="Clusters")
    meaning = Words(
        zh="按所选指标把相似的客户聚成群，并用最突出的特点命名",
        en="customers who are alike in the chosen traits, named by what sets them apart",
    )
    ordered = False
    ready = False

    features: tuple[str, ...] = Field(
        default=("recency_days", "order_count_365d", "spend_365d"), min_length=1, max_length=12
    )
    k: int | None = Field(default=None, ge=1, le=50)
    seed: int = Field(default=0, ge=0, le=2**31)

    @field_validator("features")
    @classmethod
    def _numbers_once_each(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        found = [trait(name) for name in names]
        columns = tuple(one.column for one in found)
        if len(set(columns)) < len(columns):
            raise RefusedError(
                zh=f"每个指标只能用一次：{'、'.join(columns)}", en=f"each trait stands once: {', '.join(columns)}"
            )
        words = [one.words for one in found if not one.unit.numeric]
        if words:
            raise RefusedError(
                zh=f"聚类只能用数值型指标，“{words[0].zh}”不是", en=f"clusters need numbers; {words[0].en} is none"
            )
        return columns

    def traits(self) -> Mapping[str, Trait]:
        """The chosen traits."""
        return {name: trait(name) for name in self.features}

    def fit(self, traits: TraitTable) -> Fitted:
        """Centres and scales as found in the customers, or in a sample of them."""
        rows = traits.view(self.traits())
        rows = rows.filter(rows.ranked)
        (counted,) = traits.data.execute(
            rows.aggregate(customers=rows.count(), **{f"known_{name}": rows[name].count() for name in self.features})
        )
        customers = int(str(counted["customers"]))
        unknown = [name for name in self.features if int(str(counted[f"known_{name}"])) < customers]
        values, usual = self._sampled(traits, rows)
        found = clustered(self.features, values, k=self.k, seed=self.seed)
        frozen = _frozen(found, dict(zip(self.features, usual, strict=True)))
        return Fitted(
            kind=self.kind,
            as_of=traits.as_of,
            currency=traits.data.currency,
            layers=(*self._layers(frozen), none_layer()),
            cuts=(),
            customers=customers,
            notes=(*(notes_on_size(customers) or found.notes), *self._notes(unknown, customers)),
            found=frozen.model_dump(mode="json"),
        )

    def _sampled(self, traits: TraitTable, rows: ir.Table) -> tuple[NDArray[np.float64], list[float]]:
        """The values of a sample that depends on nothing but who is there, unknown ones filled, and the usual values."""
        rows = rows.mutate(drawn=rows.customer_id.hexdigest("md5"))
        taken = rows.order_by("drawn", "customer_id").limit(SAMPLE)
        columns = {name: taken[name].cast("float64") for name in self.features}
        table = traits.data.arrow(taken.select(**columns))
        values = np.column_stack([table[name].to_numpy().astype(np.float64) for name in self.features])
        usual = [float(np.median(known)) if len(known := column[~np.isnan(column)]) else 0.0 for column in values.T]
        return np.where(np.isnan(values), usual, values), usual

    def _layers(self, found: Found) -> list[Layer]:
        named = [[(trait(one.trait), one.difference) for one in contrasts] for contrasts in found.contrasts]
        return [
            Layer(key=_key(place), rank=None, name=name, meaning=_meaning(marks), play=_play(marks))
            for place, (name, marks) in enumerate(zip(cluster_names(named), named, strict=True))
        ]

    def _notes(self, unknown: Sequence[str], customers: int) -> list[Note]:
        notes = []
        if unknown:
            titles = [trait(name).title for name in unknown]
            text = Words(
                zh=f"有客户缺少{'、'.join(t.zh for t in titles)}，按中位数计入。",
                en=f"Some customers have no {', '.join(t.en for t in titles)}: they count with the median.",
            )
            notes.append(Note(code="filled", text=text))
        if customers > SAMPLE:
            text = Words(
                zh=f"分群在 {SAMPLE:,} 位客户的样本上得出，再套用到所有人。",
                en=f"The clusters were found on a sample of {SAMPLE:,} customers and then applied to all.",
            )
            notes.append(Note(code="sampled", text=text))
        return notes

    def layer(self, rows: ir.Table, fitted: Fitted) -> ir.StringValue:
        """The cluster whose centre is nearest, the first of equal ones; `none` without a basis."""
        found = Found.model_validate(fitted.found)
        if not found.features or len(found.centres) < 2:
            return ibis.cases((~rows.ranked, NONE_KEY), else_=_key(0) if found.centres else NONE_KEY)
        scaled = [_scaled(rows[one.trait], one) for one in found.features]
        squares = [_away(scaled, centre) for centre in found.centres]
        least = ibis.least(*squares)
        nearest = [(square == least, _key(place)) for place, square in enumerate(squares[:-1])]
        return ibis.cases((~rows.ranked, NONE_KEY), *nearest, else_=_key(len(squares) - 1))

    def reasons(self, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        """What sets the customer's cluster apart, and the customer's own value beside the means of both sides."""
        found = Found.model_validate(fitted.found)
        keys = [_key(place) for place in range(len(found.centres))]
        if row["layer"] not in keys:
            return [_unknown(one, row[name]) for name, one in self.traits().items()]
        contrasts = found.contrasts[keys.index(str(row["layer"]))]
        if not contrasts:
            return [_alike(one, row[name], fitted.currency) for name, one in self.traits().items()]
        return [_set_apart(one, row[one.trait], fitted.currency) for one in contrasts[:MOST_REASONS]]


def _key(place: int) -> str:
    return f"c{place + 1}"


def _frozen(found: Clustering, usual: Mapping[str, float]) -> Found:
    return Found(
        features=tuple(
            Feature(
                trait=scale.feature,
                logarithm=scale.logarithm,
                centre=scale.centre,
                spread=scale.spread,
                usual=usual[scale.feature],
            )
            for scale in found.scales
        ),
        centres=found.centres,
        contrasts=tuple(
            tuple(
                Contrast(trait=mark.feature, difference=mark.difference, inside=mark.inside, outside=mark.outside)
                for mark in marks
            )
            for marks in found.marks
        ),
        silhouette=found.silhouette,
        sampled=found.customers,
    )


def _scaled(column: ir.Column, feature: Feature) -> ir.FloatingValue:
    value = column.cast("float64").fill_null(exactly(feature.usual))
    if feature.logarithm:
        # Nobody was below zero when the scale was found; who is now counts as zero, as engines refuse the logarithm.
        value = (ibis.greatest(value, exactly(0.0)) + exactly(1.0)).ln()
    return (value - exactly(feature.centre)) / exactly(feature.spread)


def _away(scaled: Sequence[ir.FloatingValue], centre: Sequence[float]) -> ir.FloatingValue:
    """The squared distance, added up in the order of the features."""
    steps = [(value - exactly(middle)) for value, middle in zip(scaled, centre, strict=True)]
    return reduce(add, (step * step for step in steps)).round(DIGITS)


def _meaning(marks: Sequence[tuple[Trait, float]]) -> Words:
    told = [contrast_words(one, difference > 0) for one, difference in marks]
    if not told:
        return Words(zh="所选指标上彼此相似的客户", en="customers who are alike in the chosen traits")
    zh, en = "、".join(words.zh for words in told), ", ".join(words.en for words in told)
    return Words(zh=f"与其他客户相比，从最突出的说起：{zh}", en=f"against all others, the most striking first: {en}")


def _play(marks: Sequence[tuple[Trait, float]]) -> Play:
    good = [one.words for one, difference in marks if (difference > 0) == (one.better == "high")]
    weak = [one.words for one, difference in marks if (difference > 0) != (one.better == "high")]
    return play_of_cluster(weak[:2], good[:2])


def _set_apart(contrast: Contrast, value: object, currency: str) -> Reason:
    found = trait(contrast.trait)
    number = None if value is None else float(str(value))
    cut = FittedCut(
        field="features",
        trait=contrast.trait,
        rule="mean",
        value=contrast.outside,
        inclusive=False,
        better=found.better,
    )
    have = _have(value, found, currency)
    inside, outside = (amount_words(mean, found.unit, currency) for mean in (contrast.inside, contrast.outside))
    return Reason(
        trait=contrast.trait,
        value=number,
        cut=contrast.outside,
        distance=cut.distance(number),
        high=cut.is_high(number),
        sentence=Words(
            zh=f"{found.title.zh} {have.zh}；本群平均 {inside.zh}，其他客户 {outside.zh}",
            en=f"{found.title.en} {have.en}; {inside.en} on average here, {outside.en} elsewhere",
        ),
    )


def _unknown(found: Trait, value: object) -> Reason:
    said = Words(zh=f"{found.title.zh}：还没有可比较的记录", en=f"{found.title.en}: nothing to compare yet")
    return fact(found.column, said, value=value)


def _alike(found: Trait, value: object, currency: str) -> Reason:
    have = _have(value, found, currency)
    said = Words(
        zh=f"{found.title.zh} {have.zh}；所有客户在同一群", en=f"{found.title.en} {have.en}; all are in one cluster"
    )
    return fact(found.column, said, value=value)


def _have(value: object, found: Trait, currency: str) -> Words:
    if value is None:
        return Words(zh="未知", en="unknown")
    return amount_words(float(str(value)), found.unit, currency)
