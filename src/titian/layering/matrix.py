"""Matrix: one to five traits, each high or low, give 2 to 32 layers."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import ibis
import ibis.expr.types as ir
from pydantic import BaseModel, ConfigDict, Field, PositiveInt, field_validator, model_validator

from titian.domain.cut import Better, Cut, FittedCut
from titian.domain.layer import Layer
from titian.domain.naming import Name
from titian.domain.note import Note
from titian.domain.reason import Reason
from titian.domain.refused import RefusedError
from titian.domain.words import Words
from titian.errors import UnknownNameError
from titian.layering.contract import NONE_KEY, none_layer
from titian.layering.cuts import Axis, Spread, fit_cuts, is_high, turns_of
from titian.layering.fitted import Fitted, notes_on_size
from titian.layering.layering import Layering
from titian.layering.plays import matrix_play
from titian.layering.reasons import reason_of
from titian.traits.catalogue import trait
from titian.traits.planner import TraitTable
from titian.traits.trait import Trait

Bits = tuple[bool, ...]


class MatrixDimension(BaseModel):
    """A trait of the catalogue with its cut; `better` is the trait's own unless said otherwise."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    trait: str
    cut: Cut = "median"
    better: Better | None = None
    window_days: PositiveInt | None = None

    @model_validator(mode="before")
    @classmethod
    def _named_only(cls, given: object) -> object:
        return {"trait": given} if isinstance(given, str) else given

    @field_validator("trait")
    @classmethod
    def _known(cls, name: str) -> str:
        return trait(name).column

    def resolved(self, number: int) -> Axis:
        """The dimension with its trait looked up."""
        found = trait(self.trait)
        if self.window_days is not None:
            found = found.within(self.window_days)
        return Axis(f"dimensions.{number}.cut", found.column, found, self.cut, self.better or found.better)


class Crossed(Layering):
    """What every layering of high and low dimensions shares: traits, fit, layers, reasons and gaps."""

    told_by_sides = True

    def axes(self) -> tuple[Axis, ...]:
        """The dimensions, resolved; results list them in this order."""
        raise NotImplementedError

    def named(self, bits: Bits) -> Layer:
        """The layer of customers whose dimensions are high where `bits` says so; without its rank."""
        raise NotImplementedError

    def traits(self) -> Mapping[str, Trait]:
        """One trait per dimension."""
        return {axis.column: axis.trait for axis in self.axes()}

    def combinations(self) -> list[Bits]:
        """All combinations in rank order: lexicographic by the dimensions, high before low."""
        return list(product((True, False), repeat=len(self.axes())))

    def fit(self, traits: TraitTable) -> Fitted:
        """The cuts as found in the ranked customers."""
        rows = traits.view(self.traits())
        customers, spreads = fit_cuts(traits.data, rows.filter(rows.ranked), self.axes())
        layers = [
            self.named(bits).model_copy(update={"rank": rank}) for rank, bits in enumerate(self.combinations(), 1)
        ]
        return Fitted(
            kind=self.kind,
            as_of=traits.as_of,
            currency=traits.data.currency,
            layers=(*layers, none_layer()),
            cuts=tuple(spread.cut for spread in spreads),
            customers=customers,
            notes=(*notes_on_size(customers), *_notes_on_spread(self.axes(), spreads, customers)),
        )

    def layer(self, rows: ir.Table, fitted: Fitted) -> ir.StringValue:
        """The layer whose highs and lows are the customer's; `none` without a basis."""
        highs = [is_high(rows[axis.column], fitted.cut(axis.field)) for axis in self.axes()]
        return ibis.cases((~rows.ranked, NONE_KEY), else_=self._branch(highs, ()))

    def _branch(self, highs: list[ir.BooleanValue], bits: Bits) -> ir.Value:
        if len(bits) == len(highs):
            return ibis.literal(self.named(bits).key)
        yes, no = self._branch(highs, (*bits, True)), self._branch(highs, (*bits, False))
        return ibis.ifelse(highs[len(bits)], yes, no)

    def turns(self, fitted: Fitted) -> Mapping[str, tuple[int, ...]]:
        """Where the days since the last order pass a cut."""
        return turns_of(self.traits(), fitted.cuts)

    def reasons(self, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        """One reason per dimension: the value, the cut, and the distance."""
        money = fitted.currency
        return [reason_of(axis.trait, row[axis.column], fitted.cut(axis.field), money) for axis in self.axes()]

    def requirements(self, target: str, fitted: Fitted) -> dict[str, FittedCut]:
        """The cuts of the dimensions that are high in the layer `target`."""
        named = {self.named(bits).key: bits for bits in self.combinations()}
        if target not in named:
            raise UnknownNameError("layer to aim at", "目标层级", target, list(named))
        wanted = zip(self.axes(), named[target], strict=True)
        return {axis.column: fitted.cut(axis.field) for axis, high in wanted if high}


class Matrix(Crossed):
    """Every combination of high and low in one to five traits.

    A customer is high on a dimension when better than its cut. A cut taken from the customers splits strictly, so a
    tie is low; a fixed number includes itself. Layer keys join high and low in the order of the dimensions, which is
    also the rank order. Who has no basis in any of them (never bought, never did an event) is in the layer *none*.
    """

    kind = "matrix"
    words = Words(zh="矩阵分层", en="Matrix")
    meaning = Words(
        zh="取一到五个指标，各按切分线分高低，交叉成层",
        en="one to five traits, each cut into high and low, and crossed",
    )

    dimensions: tuple[MatrixDimension, ...] = Field(
        default=(MatrixDimension(trait="order_count"), MatrixDimension(trait="spend")),
        min_length=1,
        max_length=5,
    )
    names: dict[str, Name] = Field(default_factory=dict)
    """Names of layers by key: high_low → 高频低额."""

    @model_validator(mode="after")
    def _no_dimension_twice_and_names_that_fit(self) -> Matrix:
        columns = [axis.column for axis in self.axes()]
        if len(set(columns)) < len(columns):
            raise RefusedError(
                zh=f"每个指标只能用一次：{'、'.join(columns)}", en=f"each trait stands once: {', '.join(columns)}"
            )
        keys = [_key(bits) for bits in self.combinations()]
        strange = [name for name in self.names if name not in keys]
        if strange:
            raise RefusedError(
                zh=f"没有层级 {'、'.join(strange)}，可命名的层级：{'、'.join(keys)}",
                en=f"names for {', '.join(strange)}, but the layers are {', '.join(keys)}",
            )
        return self

    def axes(self) -> tuple[Axis, ...]:
        """The dimensions, resolved; results list them in this order."""
        return tuple(part.resolved(number) for number, part in enumerate(self.dimensions))

    def named(self, bits: Bits) -> Layer:
        """The layer of these highs and lows."""
        key = _key(bits)
        pairs = list(zip(self.axes(), bits, strict=True))
        said = Words(
            zh="·".join(f"{d.trait.title.zh}{'高' if high == (d.better == 'high') else '低'}" for d, high in pairs),
            en=", ".join(
                f"{d.trait.title.en} {'high' if high == (d.better == 'high') else 'low'}" for d, high in pairs
            ),
        )
        return Layer(
            key=key,
            name=self.names.get(key, said),
            meaning=said,
            play=matrix_play([d.trait.title for d, high in pairs if not high]),
        )


def _key(bits: Bits) -> str:
    return "_".join("high" if high else "low" for high in bits)


def _notes_on_spread(axes: tuple[Axis, ...], spreads: list[Spread], customers: int) -> list[Note]:
    """The remarks that a dimension separates nobody, or that nearly everyone bought once."""
    notes = []
    for axis, spread in zip(axes, spreads, strict=True):
        if customers and spread.low == spread.high:
            text = Words(
                zh="所有客户的“{zh}”都一样，这个维度分不出高低。",
                en="Everyone has the same {en}: this dimension separates nobody.",
            )
            words = axis.trait.words
            notes.append(Note(code=f"all_equal:{axis.column}", text=text.format(zh=words.zh, en=words.en)))
    return notes
