"""Sample ratio: whether customers were split as they were to be, which comes before anything else."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from titian.errors import InputError, UnknownNameError
from titian.operate.experiment.tasting import sample_ratio as tested

UNLIKELY = 0.001
"""Below it the split is off. Source: Fabijan and others, *Diagnosing sample ratio mismatch* (KDD 2019)."""


@dataclass(frozen=True)
class ArmSize:
    """The customers of an arm, their share of all, and the share that they should be."""

    arm: str
    customers: int
    share: float | None
    expected: float


@dataclass(frozen=True)
class SampleRatio:
    """The arms' sizes against the split, the control first.

    `p_value` is the smallest of the tests of each arm against the control, times their number: how likely a split so far off is.
    """

    arms: tuple[ArmSize, ...]
    p_value: float
    said: bool
    """Whether the caller said how customers were to be split; else the parts are taken as equal."""

    @property
    def mismatch(self) -> bool:
        """Whether the split is off, so that arms may differ for reasons that are not the play."""
        return self.p_value < UNLIKELY


def sample_ratio(sizes: Mapping[str, int], control: str, split: Mapping[str, float] | None, tests: int) -> SampleRatio:
    """Hold the sizes of all arms against the split; `tests` is how many comparisons of this kind are made in all.

    `split` is by arm, in any unit, and checked by `expected_split`; None for equal parts.
    """
    parts = dict.fromkeys(sizes, 1.0) if split is None else split
    whole, customers = sum(parts.values()), sum(sizes.values())
    p_values = [
        tested(sizes[control], sizes[arm], parts[arm] / parts[control])
        for arm in sizes
        if arm != control and sizes[arm] + sizes[control]
    ]
    arms = tuple(
        ArmSize(arm, size, size / customers if customers else None, parts[arm] / whole)
        for arm, size in sorted(sizes.items(), key=lambda one: one[0] != control)
    )
    return SampleRatio(arms, min([1.0, *(p * tests for p in p_values)]), split is not None)


def expected_split(split: Mapping[str, float] | None, arms: Sequence[str]) -> dict[str, float] | None:
    """The split by arm. Raises InputError unless each arm has a part above 0; UnknownNameError for an arm that is not there."""
    if split is None:
        return None
    said = {str(arm): part for arm, part in split.items()}
    for arm in said:
        if arm not in arms:
            raise UnknownNameError("arm", "组", arm, list(arms))
    for arm in arms:
        part = said.get(arm)
        if not (isinstance(part, int | float) and math.isfinite(part) and part > 0):
            raise InputError(
                f"the split says no part above 0 for the arm {arm!r}",
                "say it for every arm, for example split={'holdout': 0.1, 'mail': 0.9}",
                zh=f"split 没有给出 {arm!r} 组大于 0 的比例",
                hint_zh="请为每一组给出比例，例如 split={'holdout': 0.1, 'mail': 0.9}",
                arm=arm,
            )
    return said
