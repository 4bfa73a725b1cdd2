"""Staged: ordered stages, each reached by what a customer did often enough and lately enough."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import ibis
import ibis.expr.types as ir
from pydantic import BaseModel, ConfigDict, Field, PositiveInt, field_validator, model_validator

from titian.domain.layer import Layer
from titian.domain.naming import Name
from titian.domain.reason import Reason
from titian.domain.refused import RefusedError
from titian.domain.words import Words
from titian.layering.contract import NONE_KEY
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.layering.plays_stages import NO_STAGE, stage_play
from titian.layering.reasons import least_reason
from titian.layering.remarks import with_sizes
from titian.traits.bringing import BOUGHT_DAYS_COUNT, PEOPLE_BROUGHT
from titian.traits.catalogue import trait
from titian.traits.doing import days_any, event_trait, times_any
from titian.traits.planner import TraitTable, tables_of
from titian.traits.sources import Needs
from titian.traits.trait import Trait

Counted = Literal["times", "days", "purchase_days", "brought"]


class Signal(BaseModel):
    """One way to reach a stage: something counted within a window, and the least of it that is enough.

    `counted` is how often any of `events` was done (times), on how many local days (days; no events named: any), on how
    many local days the customer bought (purchase_days), or how many people joined on their invitation (brought).
    Events are meant, whatever the team calls them. `window_days` are the last local days; None: all history.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    events: tuple[str, ...] = ()
    counted: Counted = "times"
    least: PositiveInt = 1
    window_days: PositiveInt | None = None

    @field_validator("events", mode="before")
    @classmethod
    def _one_or_several(cls, given: object) -> object:
        return (given,) if isinstance(given, str) else given

    @model_validator(mode="after")
    def _events_where_they_are_counted(self) -> Signal:
        if self.events and self.counted in ("purchase_days", "brought"):
            raise RefusedError(
                zh=f"counted 为 {self.counted} 时不需要 events", en=f"a signal of {self.counted} names no events"
            )
        if any(not event.strip() for event in self.events):
            raise RefusedError(zh="行为名不能为空", en="an event has a name")
        return self

    def trait(self) -> Trait:
        """What it counts."""
        return self._counted().within(self.window_days)

    def _counted(self) -> Trait:
        match self.counted:
            case "purchase_days":
                return BOUGHT_DAYS_COUNT
            case "brought":
                return PEOPLE_BROUGHT
            case "days":
                return days_any(self.events)
            case "times" if not self.events:
                return trait("event_count")
            case _:
                return event_trait(self.events[0], "count") if len(self.events) == 1 else times_any(self.events)


class Stage(BaseModel):
    """One stage: any one of its signals reaches it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z0-9_]+$")
    name: Name
    signals: tuple[Signal, ...] = Field(min_length=1, max_length=20)


class Ladder(Layering):
    """What every layering of stages shares: the highest stage that a customer reaches is theirs; else *none*."""

    def ladder(self) -> tuple[Stage, ...]:
        """The stages from the first to the last."""
        raise NotImplementedError

    def named(self, stage: Stage) -> Layer:
        """The layer of a stage, without its rank."""
        raise NotImplementedError

    def traits(self) -> Mapping[str, Trait]:
        """One trait per different signal."""
        signals = [signal.trait() for stage in self.ladder() for signal in stage.signals]
        return {counted.column: counted for counted in signals}

    def needs(self) -> Needs:
        """Any one of the tables that its signals read."""
        return frozenset({frozenset().union(*tables_of(self.traits().values()))})

    @property
    def movable(self) -> bool:
        """Not where purchases are counted: which events tell of them depends on the first order of anybody."""
        return not any(signal.counted == "purchase_days" for stage in self.ladder() for signal in stage.signals)

    def fit(self, traits: TraitTable) -> Fitted:
        """The stages; nothing is taken from the customers but how many there are."""
        ranked = [
            self.named(stage).model_copy(update={"rank": rank}) for rank, stage in enumerate(reversed(self.ladder()), 1)
        ]
        fitted = Fitted(
            kind=self.kind,
            as_of=traits.as_of,
            currency=traits.data.currency,
            layers=(*ranked, NO_STAGE),
            cuts=(),
            customers=0,
        )
        rows = traits.view(self.traits())
        return with_sizes(fitted, rows.select(layer=self.layer(rows, fitted)), traits.data)

    def layer(self, rows: ir.Table, fitted: Fitted) -> ir.StringValue:  # noqa: ARG002
        """The highest stage of which some signal is there."""
        reached = [
            (ibis.or_(*(rows[signal.trait().column] >= signal.least for signal in stage.signals)), stage.key)
            for stage in reversed(self.ladder())
        ]
        return ibis.cases(*reached, else_=NONE_KEY)

    def reasons(self, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        """The signals that were enough for the stage, and what lacks for the next one."""
        keys = [stage.key for stage in self.ladder()]
        here = keys.index(str(row["layer"])) if row["layer"] != NONE_KEY else -1
        reached = [] if here < 0 else [one for one in self._signals(here, row, fitted) if one.high]
        ahead = self._signals(here + 1, row, fitted) if here + 1 < len(keys) else []
        return [*reached, *ahead]

    def _signals(self, place: int, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        stage, found = self.ladder()[place], []
        for signal in stage.signals:
            counted = signal.trait()
            value = row[counted.column]
            found.append(least_reason(counted, counted.column, value, signal.least, stage.name, fitted.currency))
        return found


INTENT = (
    Stage(
        key="low",
        name=Words(zh="低意向", en="Low intent"),
        signals=(Signal(events=("exposure", "click", "view"), window_days=30),),
    ),
    Stage(
        key="medium",
        name=Words(zh="中意向", en="Medium intent"),
        signals=(
            Signal(events=("search", "favourite", "follow", "comment"), window_days=30),
            Signal(events=("view",), least=3, window_days=30),
        ),
    ),
    Stage(
        key="high",
        name=Words(zh="高意向", en="High intent"),
        signals=(
            Signal(events=("cart",), window_days=15),
            Signal(events=("view", "search"), counted="days", least=3, window_days=15),
        ),
    ),
    Stage(
        key="ordered",
        name=Words(zh="已成交", en="Ordered"),
        signals=(Signal(counted="purchase_days", window_days=30),),
    ),
)
"""How close to buying a customer is: for sales, who calls the high ones first."""


class Staged(Ladder):
    """Stages of the team's own, first to last; the highest that a customer reaches is theirs, else *none*.

    A stage is reached by any one of its signals. A signal counts, within its window of local days: how often any of
    some events was done, on how many days, on how many days the customer bought, or how many people joined on their
    invitation. Unless set, the stages are the levels of intent that sales go by.

    Needs: any one of the tables that its signals read.
    """

    kind = "staged"
    ready = False
    words = Words(zh="阶梯分层", en="Staged")
    meaning = Words(
        zh="自定义的有序阶段，每个阶段由行为次数和时间窗口判定，取达到的最高一级",
        en="ordered stages of your own, each reached by what was done how often and how lately; the highest counts",
    )

    stages: tuple[Stage, ...] = Field(default=INTENT, min_length=1, max_length=20)

    @model_validator(mode="after")
    def _each_stage_once(self) -> Staged:
        keys = [stage.key for stage in self.stages]
        if len(set(keys)) < len(keys) or NONE_KEY in keys:
            raise RefusedError(
                zh=f"每个阶段的 key 只能用一次，且不能是 {NONE_KEY}：{'、'.join(keys)}",
                en=f"each stage has a key of its own, other than {NONE_KEY}: {', '.join(keys)}",
            )
        return self

    def ladder(self) -> tuple[Stage, ...]:
        """The stages as they were set."""
        return self.stages

    def named(self, stage: Stage) -> Layer:
        """The layer of a stage, with a play that leads to the next one."""
        place = self.stages.index(stage)
        following = self.stages[place + 1].name if place + 1 < len(self.stages) else None
        ways = [signal.trait().title for signal in stage.signals]
        least = [signal.least for signal in stage.signals]
        meaning = Words(
            zh="，或".join(f"{way.zh}至少 {n}" for way, n in zip(ways, least, strict=True)),
            en=", or ".join(f"{way.en} at least {n}" for way, n in zip(ways, least, strict=True)),
        )
        return Layer(key=stage.key, name=stage.name, meaning=meaning, play=stage_play(stage.name, following))
