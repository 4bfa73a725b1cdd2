"""Trajectory: the path that customers are to go, as ordered steps, and the condition on how far they went."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictFloat,
    StrictInt,
    model_serializer,
    model_validator,
)

from titian.domain.condition import Called, Condition, Edge, as_written
from titian.domain.refused import RefusedError

MOST_STEPS = 10
MOST_VALUES = 50
LONGEST_DAYS = 3650
TRAIT = "funnel:"
"""Begins the name of the trait that says how far somebody went; what follows is the trajectory as JSON."""


def _listed(given: object) -> object:
    return (given,) if isinstance(given, str) else given


OneOf = Annotated[
    tuple[Called, ...], Field(min_length=1, max_length=MOST_VALUES), BeforeValidator(lambda given: _listed(given))
]
"""One text or several, of which one has to fit."""


class Step(BaseModel):
    """What is to be done at one place of a trajectory: an event by its meaning or its own name, or a paid order.

    "view", {"event": "view", "channel": ["app"], "product_id": ["p1"], "value_from": 10}, {"orders": "paid"}. `channel` and
    `product_id` are those of the event, or of the order and one of its lines; `value_from` and `value_to`, both included,
    bound the value of the event or the amount of the order. An order counts until it is fully refunded.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    event: Called | None = None
    orders: Literal["paid"] | None = None
    channel: OneOf | None = None
    product_id: OneOf | None = None
    value_from: StrictInt | StrictFloat | None = None
    value_to: StrictInt | StrictFloat | None = None

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: object) -> object:
        return {"event": given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _one_thing_within_bounds(self) -> Step:
        if (self.event is None) == (self.orders is None):
            raise RefusedError(
                zh='每一步是一个行为，或 {"orders": "paid"}',
                en='a step is an event, or {"orders": "paid"}, one of them',
            )
        bounds = [value for value in (self.value_from, self.value_to) if value is not None]
        if not all(-1e15 < value < 1e15 for value in bounds) or bounds != sorted(bounds):
            raise RefusedError(
                zh=f"{self.key}：value_from 应不大于 value_to", en=f"{self.key}: value_from is at most value_to"
            )
        return self

    @property
    def key(self) -> str:
        """What it is called by: the event, or "orders"."""
        return self.event or "orders"

    @property
    def is_plain(self) -> bool:
        """Whether it is an event without further conditions."""
        return all((getattr(self, name) is None) == (name != "event") for name in type(self).model_fields)

    @model_serializer(mode="wrap")
    def _written(self, handler: Any) -> Any:
        return self.event if self.is_plain else as_written(handler, self)


class Trajectory(BaseModel):
    """Steps in their order, within `within_days` of 24 hours from the first to the last (None: however long it takes).

    What is done between two steps does not matter, unless it is one of `exclude`: that takes the customer out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    steps: tuple[Step, ...] = Field(min_length=2, max_length=MOST_STEPS)
    within_days: StrictInt | None = Field(default=None, ge=1, le=LONGEST_DAYS)
    exclude: tuple[Step, ...] = Field(default=(), max_length=MOST_STEPS)

    @property
    def size(self) -> int:
        """How many steps and values it says."""
        said = (*self.steps, *self.exclude)
        return len(said) + sum(len(values) for one in said for values in (one.channel or (), one.product_id or ()))

    @model_serializer(mode="wrap")
    def _written(self, handler: Any) -> dict[str, Any]:
        written = as_written(handler, self)
        return {name: value for name, value in written.items() if name != "exclude" or self.exclude}


class Tried(BaseModel):
    """A trajectory, and when those began it that are looked at: `between` two edges, both included; None: ever."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    funnel: Trajectory
    between: tuple[Edge, Edge] | None = None

    @model_serializer(mode="wrap")
    def _written(self, handler: Any) -> dict[str, Any]:
        return as_written(handler, self)


class WentTo(Tried):
    """How far somebody went along a trajectory: {"funnel": {"steps": ["view", "cart", "purchase"], "within_days": 7}, "stopped_at": 2}.

    `stopped_at` is the number of the step, from 1, that a customer's best try reached and did not pass; `reached` in place of
    it the step that it reached, or passed. `between` says when tries began: two dates, both included, or numbers of days before
    the as_of. Of whom there is no try, and who was taken out, reached none.
    """

    stopped_at: StrictInt | None = Field(default=None, ge=1, le=MOST_STEPS)
    reached: StrictInt | None = Field(default=None, ge=1, le=MOST_STEPS)

    @model_validator(mode="after")
    def _one_step_of_the_funnel(self) -> WentTo:
        if (self.stopped_at is None) == (self.reached is None):
            raise RefusedError(zh="stopped_at 与 reached 请给出其中一个", en="say stopped_at or reached, one of them")
        if self.step > len(self.funnel.steps):
            raise RefusedError(
                zh=f"漏斗只有 {len(self.funnel.steps)} 步，没有第 {self.step} 步",
                en=f"the funnel has {len(self.funnel.steps)} steps, no step {self.step}",
            )
        return self

    @property
    def step(self) -> int:
        """The step that is asked for."""
        return self.stopped_at or self.reached or 0

    @property
    def condition(self) -> Condition:
        """The same as a condition on the trait that says how far a customer went."""
        tried = Tried(funnel=self.funnel, between=self.between)
        return Condition(trait=trait_name(tried), op=">=" if self.stopped_at is None else "=", value=self.step)


def trait_name(tried: Tried) -> str:
    """The name of the trait that says how far somebody went."""
    return TRAIT + tried.model_dump_json()


def values_said(given: object) -> int:
    """How many steps and values a trajectory says that nobody has read yet, or one that was."""
    if isinstance(given, Trajectory):
        return given.size
    if not isinstance(given, Mapping):
        return 0
    said = [one for name in ("steps", "exclude") for one in _items(given.get(name))]
    return len(said) + sum(len(_items(value)) for one in said if isinstance(one, Mapping) for value in one.values())


def _items(given: object) -> list[object]:
    return list(given) if isinstance(given, list | tuple) else []
