"""Trajectories: reading the steps of one as Python, JSON or YAML gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from titian.domain.refused import reason_of
from titian.domain.trajectory import Step, Trajectory
from titian.errors import InputError

GivenStep = str | Mapping[str, object] | Step
"""An event, or a mapping that says what a step is."""


class TrajectoryError(InputError):
    """Steps that say nothing, or can't be taken."""

    code = "trajectory"


def trajectory(
    steps: Sequence[GivenStep], within_days: int | None = None, exclude: Sequence[GivenStep] = ()
) -> Trajectory:
    """The trajectory of these steps. Raises TrajectoryError, with where and why."""
    try:
        return Trajectory.model_validate({"steps": tuple(steps), "within_days": within_days, "exclude": tuple(exclude)})
    except ValidationError as error:
        first = error.errors()[0]
        reason = reason_of(first)
        place = ".".join(str(part) for part in first["loc"])
        at = f"{place}: " if place else ""
        raise TrajectoryError(
            f"the funnel: {at}{reason.en}",
            'steps are two to ten events such as "view", {"event": "view", "channel": ["app"]} or {"orders": "paid"}',
            zh=f"漏斗：{at}{reason.zh}",
            hint_zh='步骤为 2 到 10 个行为，如 "view"、{"event": "view", "channel": ["app"]} 或 {"orders": "paid"}',
            place=place,
        ) from None
