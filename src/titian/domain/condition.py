"""Condition: one thing that a rule asks of a customer: a trait, what was done, a layer, a move, a tag or an audience."""

from __future__ import annotations

import json
import math
from datetime import date, datetime
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    field_validator,
    model_serializer,
    model_validator,
)

from titian.domain.refused import RefusedError

LONGEST_TEXT = 1000

Op = Literal[
    "=", "!=", ">", ">=", "<", "<=", "between", "in", "not_in", "is_known", "is_unknown", "contains", "starts_with"
]
WITHOUT_VALUE: frozenset[str] = frozenset({"is_known", "is_unknown"})
WITH_LIST: frozenset[str] = frozenset({"in", "not_in", "between"})


class Before(BaseModel):
    """The instant a number of local days before the as_of: {"days_before": 30}."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days_before: StrictInt = Field(ge=0, le=36_500)


Scalar = StrictBool | StrictInt | StrictFloat | StrictStr | Before
"""A literal: yes or no, a number, a text or a date (2024-06-01, 2024-06-01T08:30), or days before the as_of."""


Edge = Annotated[StrictStr | Before, BeforeValidator(lambda given: _literal(given))]
"""Where a span begins or ends: a date (2024-06-01, 2024-06-01T08:30), or days before the as_of."""
Called = Annotated[StrictStr, Field(min_length=1, max_length=200), BeforeValidator(lambda given: _literal(given))]
"""The name of an event or of somebody of the team, or the key of a layering, a layer, a tag or an audience."""


def span_text(span: tuple[Edge, Edge]) -> str:
    """A span in the name of a trait: 2024-06-01_2024-06-18, -60d_-30d."""
    return "_".join(f"-{edge.days_before}d" if isinstance(edge, Before) else edge for edge in span)


def as_written(handler: Any, node: BaseModel) -> dict[str, Any]:
    """As it is written, without what is not said."""
    written: dict[str, Any] = handler(node)
    return {name: value for name, value in written.items() if value is not None}


class Condition(BaseModel):
    """One trait against a value: {"trait": "spend_90d", "op": ">=", "value": 100}.

    `between` takes [low, high], both included; `in` and `not_in` a list; `is_known` and `is_unknown` nothing. A date
    stands for its whole local day. Where the trait has no value only `is_unknown` holds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    trait: str
    op: Op = "="
    value: Scalar | tuple[Scalar, ...] | None = None

    @field_validator("value", mode="before")
    @classmethod
    def _plain(cls, given: object) -> object:
        """Dates as YAML and Python give them become text."""
        if isinstance(given, list | tuple):
            return tuple(_literal(one) for one in given)
        return _literal(given)

    @model_validator(mode="after")
    def _as_many_values_as_asked_for(self) -> Condition:
        many = isinstance(self.value, tuple)
        if self.op in WITHOUT_VALUE:
            fits, zh, en = self.value is None, "不带 value", "takes no value"
        elif self.op == "between":
            fits, zh, en = many and len(self.values) == 2, "需要两个值：[下限, 上限]", "takes two values: [low, high]"
        elif self.op in WITH_LIST:
            fits, zh, en = many and bool(self.values), "需要一个非空的值列表", "takes a list of values"
        else:
            fits, zh, en = self.value is not None and not many, "需要一个值", "takes one value"
        if not fits:
            raise RefusedError(zh=f"{self.trait} {self.op} {zh}", en=f"{self.trait} {self.op} {en}")
        return self

    @property
    def condition(self) -> Condition:
        """Itself."""
        return self

    @property
    def values(self) -> tuple[Scalar, ...]:
        """The value, or all of a list."""
        if self.value is None:
            return ()
        return self.value if isinstance(self.value, tuple) else (self.value,)

    @model_serializer(mode="wrap")
    def _without_nothing(self, handler: Any) -> dict[str, Any]:
        return as_written(handler, self)


class Did(BaseModel):
    """An event, so often within a window: {"did": "cart", "times": 3, "within_days": 30}.

    `op` compares how often it was done with `times`; unless said otherwise: at least once. The window are the last
    `within_days` local days, or `between` two dates, both included, or numbers of days before the as_of
    ([{"days_before": 60}, {"days_before": 30}]: in the thirty days that ended thirty days ago); without either, all history.
    Who never did it did it 0 times.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    did: Called
    op: Literal["=", "!=", ">", ">=", "<", "<="] = ">="
    times: StrictInt = Field(default=1, ge=0, le=1_000_000_000)
    within_days: StrictInt | None = Field(default=None, ge=1, le=36_500)
    between: tuple[Edge, Edge] | None = None

    @model_validator(mode="after")
    def _one_window(self) -> Did:
        if self.within_days is not None and self.between is not None:
            raise RefusedError(
                zh=f"{self.did}：within_days 与 between 只能用一个", en=f"{self.did}: within_days or between, not both"
            )
        return self

    @property
    def condition(self) -> Condition:
        """The same as a condition on the trait that counts it."""
        name = f"{self.did}_count"
        if self.within_days is not None:
            name = f"{name}_{self.within_days}d"
        if self.between is not None:
            name = f"{name}_between_{span_text(self.between)}"
        return Condition(trait=name, op=self.op, value=self.times)

    @model_serializer(mode="wrap")
    def _written(self, handler: Any) -> dict[str, Any]:
        return as_written(handler, self)


class _Member(BaseModel):
    """Something that a customer is in or not, whatever it is looked up from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @property
    def column(self) -> str:
        """Under which name a table of customers tells of it."""
        return f"is_{sha256(json.dumps(self.model_dump(mode='json'), sort_keys=True).encode()).hexdigest()[:16]}"

    @model_serializer(mode="wrap")
    def _written(self, handler: Any) -> dict[str, Any]:
        return as_written(handler, self)


class InLayer(_Member):
    """In one of these layers of a layering: {"layering": "rfm", "layers": ["important_value"]}.

    With `as_of` (a date, or days before the as_of) it is who was there then, by the cuts of then. Who was not seen yet was
    nowhere.
    """

    layering: Called
    layers: tuple[Called, ...] = Field(min_length=1)
    as_of: Edge | None = None


class Moved(_Member):
    """From one layer to another since a day: {"moved": "rfm", "source": ["important_value"], "since": {"days_before": 30}}.

    By the cuts of that day, so that nobody moves because cuts did. Without `source` they came from any other layer, or were
    not seen yet; without `target` they went to any other.
    """

    moved: Called
    source: tuple[Called, ...] | None = Field(default=None, min_length=1)
    target: tuple[Called, ...] | None = Field(default=None, min_length=1)
    since: Edge

    @model_validator(mode="after")
    def _from_or_to_somewhere(self) -> Moved:
        if self.source is None and self.target is None:
            raise RefusedError(
                zh=f"{self.moved}：请给出 source 或 target 层级", en=f"{self.moved}: say source, target or both"
            )
        return self


class Tagged(_Member):
    """Holding a tag: {"tag": "wholesale"}."""

    tag: Called


class InAudience(_Member):
    """In an audience: {"audience": "tea_lovers"}."""

    audience: Called


class InCharge(_Member):
    """Of whom somebody of the team is in charge: {"staff": "王芳"}. Of nobody is who is in charge of none."""

    staff: Called


Membership = InLayer | Moved | Tagged | InAudience | InCharge


def _literal(given: object) -> object:
    if isinstance(given, datetime | date):
        return given.isoformat()
    if isinstance(given, str) and ("\0" in given or len(given) > LONGEST_TEXT):
        raise RefusedError(
            zh=f"文本不能含空字符，最长 {LONGEST_TEXT} 字",
            en=f"a text has no NUL and at most {LONGEST_TEXT} characters",
        )
    if isinstance(given, int | float) and not _finite(given):
        raise RefusedError(zh="数字必须有限", en="a number must be finite")
    return given


def _finite(number: float) -> bool:
    try:
        return math.isfinite(float(number))
    except OverflowError:
        return False
