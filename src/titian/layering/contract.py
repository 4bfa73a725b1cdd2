"""The one contract of all layerings: what a definition must say of itself."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Self

import ibis.expr.types as ir
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from titian.domain.cut import FittedCut
from titian.domain.layer import Layer
from titian.domain.play import Play
from titian.domain.reason import Reason
from titian.domain.refused import RefusedError, reason_of
from titian.domain.words import Words
from titian.errors import InputError
from titian.layering.fitted import Fitted
from titian.traits.planner import TraitTable, tables_of, with_bases
from titian.traits.sources import Needs
from titian.traits.trait import Trait

NONE_KEY = "none"


class LayeringError(InputError):
    """A layering's parameter is unknown or out of range."""

    code = "layering"


class Definition(BaseModel):
    """A rule that puts every customer into exactly one layer as of an instant.

    Its fields are its parameters; its JSON schema draws its form. `kind` names the class, `key` this definition.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ClassVar[str]
    words: ClassVar[Words]
    meaning: ClassVar[Words]
    ordered: ClassVar[bool] = True
    ready: ClassVar[bool] = True
    """Whether its defaults are the trade's, so that everybody has it; else they are an example to begin from."""
    told_by_sides: ClassVar[bool] = False
    """Whether a layer follows from which cuts are passed and from being ranked, with no other look at a trait."""
    one_of: ClassVar[frozenset[str]] = frozenset()
    """Tables of which one is enough, where the traits rest on several."""

    key: str = Field(default="", pattern=r"^[a-z0-9_]*$")

    def __init__(self, **parameters: Any) -> None:
        try:
            super().__init__(**parameters)
        except ValidationError as error:
            raise _explained(type(self), error) from None

    @field_validator("*", mode="before")
    @classmethod
    def _no_engine_chokes_on_it(cls, given: object) -> object:
        if _holds_nul(given):
            raise RefusedError(en="no text can hold the character NUL", zh="文字中不能有 NUL 字符")
        return given

    def model_post_init(self, _context: Any) -> None:
        if not self.key:
            object.__setattr__(self, "key", self.kind)

    @classmethod
    def example(cls) -> Self:
        """A valid instance, with defaults where the trade has them."""
        return cls()

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters as plain JSON values, without the key."""
        return self.model_dump(mode="json", exclude={"key"})

    @abstractmethod
    def traits(self) -> Mapping[str, Trait]:
        """The traits it reads and shows, by the names of their columns in results."""

    def needs(self) -> Needs:
        """The tables that must be there, of each group one."""
        groups = tables_of(with_bases(self.traits().values()))
        groups = frozenset(self.one_of if group <= self.one_of else group for group in groups)
        # Where one of a few is there, so is one of more.
        return frozenset(group for group in groups if not any(other < group for other in groups))

    @abstractmethod
    def fit(self, traits: TraitTable) -> Fitted:
        """Layers and cuts as found in the ranked customers, frozen."""

    @abstractmethod
    def layer(self, rows: ir.Table, fitted: Fitted) -> ir.StringValue:
        """One layer key per row; never null."""

    @abstractmethod
    def reasons(self, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        """Why the customer of this row (result column → value) is where they are."""

    def layered(self, traits: TraitTable, fitted: Fitted) -> ir.Table:
        """customer_id, layer, the traits and the extras, a row per customer.

        A layering made of others, or of its own past, says here how; all others leave it as it is.
        """
        rows = traits.view(self.traits())
        columns = {name: rows[name] for name in self.traits()}
        return rows.select("customer_id", layer=self.layer(rows, fitted), **columns, **self.extras(rows, fitted))

    @property
    def by_row(self) -> bool:
        """Whether the layer is what `layer` says of one row of traits, and nothing else."""
        return type(self).layered is Definition.layered

    @property
    def movable(self) -> bool:
        """Whether who is in which layer stays the same when all instants move by as many days: no date is fixed."""
        return True

    def turns(self, fitted: Fitted) -> Mapping[str, tuple[int, ...]] | None:  # noqa: ARG002
        """At which numbers of days a layer can turn, per days-since trait it reads, by result column.

        None where layers rest on more than the traits of the day and cuts of them: then history has to assign every
        day. Everything else that a layer reads must stay as it is while no row comes or goes.
        """
        return None

    def measures(self) -> dict[str, Trait]:
        """Those of its traits that are numbers."""
        return {name: trait for name, trait in self.traits().items() if trait.unit.numeric}

    def extras(self, rows: ir.Table, fitted: Fitted) -> dict[str, ir.Value]:  # noqa: ARG002
        """Further columns of the result, such as scores."""
        return {}

    def requirements(self, target: str, fitted: Fitted) -> dict[str, FittedCut]:  # noqa: ARG002
        """The cuts to be on the good side of, by result column, to be in the layer `target`.

        Raises LayeringError for a layering whose layers are no sum of such cuts.
        """
        raise LayeringError(
            f"{self.kind} has no gaps: its layers do not rest on one cut per trait",
            "use rfm, matrix or value_levels",
            zh=f"“{self.words.zh}”没有差距：它的层级并非按每个指标一条切分线划分",
            hint_zh="请使用 rfm、matrix 或 value_levels",
            kind=self.kind,
        )


def _holds_nul(given: object) -> bool:
    if isinstance(given, str):
        return "\0" in given
    if isinstance(given, BaseModel):
        return _holds_nul(given.model_dump())
    if isinstance(given, Mapping):
        return any(_holds_nul(part) for pair in given.items() for part in pair)
    return isinstance(given, list | tuple | set | frozenset) and any(_holds_nul(part) for part in given)


def _explained(kind: type[Definition], error: ValidationError) -> LayeringError:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"] if part not in ("float", "str"))
    valid = list(kind.model_fields)
    if first["type"] == "extra_forbidden":
        what, what_zh = f"{kind.kind} has no parameter {field!r}", f"{kind.kind} 没有参数 {field!r}"
    else:
        reason = reason_of(first)
        place = f"{kind.kind}.{field}" if field else kind.kind
        what, what_zh = f"{place}: {reason.en}", f"{place}：{reason.zh}"
    return LayeringError(
        what,
        f"its parameters are: {', '.join(valid)}",
        zh=what_zh,
        hint_zh=f"可用参数：{'、'.join(valid)}",
        field=field,
        given=repr(first.get("input")),
        valid=valid,
    )


def none_layer() -> Layer:
    """The layer outside the ranking: customers who never bought, or never did what the layering looks at."""
    return Layer(
        key=NONE_KEY,
        rank=None,
        name=Words(zh="未购", en="none"),
        meaning=Words(
            zh="还没有有效记录，不参与排名和切分", en="nothing to rank by yet; outside the ranking and the fit"
        ),
        play=Play(
            aim=Words(zh="促成首单", en="win the first order"),
            actions=(
                Words(
                    zh="新人礼与首单优惠，讲清楚能得到什么",
                    en="a welcome gift and a first-order offer that says what is in it",
                ),
                Words(zh="了解需求：从哪里来、想买什么", en="learn the need: where they came from, what they look for"),
            ),
            channels=("push", "wecom", "sms"),
            cadence=Words(zh="注册后第 1、3、7 天", en="on days 1, 3 and 7 after sign-up"),
        ),
    )
