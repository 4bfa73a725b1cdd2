"""Cut: the value at which a dimension turns from low to high."""

from __future__ import annotations

import math
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from titian.domain.refused import RefusedError

Better = Literal["high", "low"]

_QUANTILE = re.compile(r"q(0?\.\d+)")


def _no_cut(given: object) -> RefusedError:
    return RefusedError(
        zh=f"切分应为 mean、median、分位数（如 q0.8）或一个数，而不是 {given!r}",
        en=f"a cut is 'mean', 'median', a quantile such as 'q0.8', or a number; not {given!r}",
    )


def _check_cut(cut: float | str) -> float | str:
    if isinstance(cut, str):
        if cut in ("mean", "median") or (quantile_of(cut) is not None):
            return cut
        raise _no_cut(cut)
    if not math.isfinite(cut):
        raise RefusedError(zh="切分必须是有限的数", en="a cut is a finite number")
    return cut


def _read_number(cut: object) -> object:
    """Take "180" for 180, so that a command line and a form can give either."""
    if isinstance(cut, bool):
        raise _no_cut(cut)
    if isinstance(cut, str):
        try:
            return float(cut)
        except ValueError:
            return cut.strip().lower()
    return cut


Cut = Annotated[
    float | str,
    BeforeValidator(_read_number),
    AfterValidator(_check_cut),
    WithJsonSchema(
        {
            "anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^(mean|median|q0?\.\d+)$"}],
            "x-titian": "cut",
        }
    ),
]
"""mean, median, a quantile of the customers' values ("q0.8") or a fixed number."""


def quantile_of(cut: float | str) -> float | None:
    """The share in (0, 1) that a quantile cut names ("median" is 0.5), or None for a mean or a number."""
    if cut == "median":
        return 0.5
    found = _QUANTILE.fullmatch(cut) if isinstance(cut, str) else None
    share = float(found.group(1)) if found else 0.0
    return share if 0 < share < 1 else None


class FittedCut(BaseModel):
    """A cut as it was frozen.

    `value` is None when there was nobody to fit on: then nobody is high. A cut taken from the customers splits
    strictly, so a tie is low; a fixed number includes itself.
    """

    model_config = ConfigDict(frozen=True)

    field: str
    """The parameter of the definition that it comes from: recency, dimensions.0.cut."""
    trait: str
    """The result column it cuts."""
    rule: float | str
    value: float | None
    inclusive: bool
    better: Better

    def is_high(self, value: float | None) -> bool | None:
        """Whether `value` is on the good side; None when value or cut is missing."""
        if value is None or self.value is None:
            return None
        if value == self.value:
            return self.inclusive
        return (value > self.value) == (self.better == "high")

    def distance(self, value: float | None) -> float | None:
        """How far `value` is on the good side of the cut, negative on the other, in the trait's unit."""
        if value is None or self.value is None:
            return None
        return value - self.value if self.better == "high" else self.value - value
