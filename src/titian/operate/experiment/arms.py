"""Arms: the groups of an experiment, the control and those that are compared with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from titian.errors import InputError, UnknownNameError
from titian.operate.experiment.moments import Moments, together
from titian.operate.experiment.scanning import UNKNOWN, Group, Scanned


@dataclass(frozen=True)
class Arms:
    """All groups by arm and layer. Arms and layers are in order of their names, rows without a layer last."""

    control: str
    others: tuple[str, ...]
    layers: tuple[str, ...]
    groups: Sequence[Group]

    @property
    def names(self) -> tuple[str, ...]:
        """The control, then the others."""
        return (self.control, *self.others)

    def sizes(self, layer: str | None) -> dict[str, int]:
        """Customers by arm, in a layer or in all."""
        return {arm: sum(one.customers for one in self._of(arm, layer)) for arm in self.names}

    def moments(self, metric: str, arm: str, layer: str | None) -> Moments:
        """A metric in an arm, in a layer or in all."""
        return together(one.moments[metric] for one in self._of(arm, layer))

    def _of(self, arm: str, layer: str | None) -> list[Group]:
        return [one for one in self.groups if one.arm == arm and (layer is None or one.layer == layer)]


def arms_of(found: Scanned, column: str, control: object) -> Arms:
    """The arms of a table. Raises UnknownNameError for a control that is none of them; InputError where there is no other."""
    names = sorted({one.arm for one in found.groups})
    named = label_of(control)
    if not names:
        raise InputError(
            f"no row has an arm in the column {column!r}",
            "name the column that says in which arm each customer is",
            zh=f"{column!r} 列没有任何一行写明分组",
            hint_zh="请指明哪一列是每位客户的实验分组",
            arm=column,
        )
    if named not in names:
        raise UnknownNameError("arm", "组", named, names)
    if len(names) == 1:
        raise InputError(
            f"everybody is in the control {named!r}, so there is nothing to compare it with",
            f"check that {column!r} is the column of the arms",
            zh=f"所有客户都在对照组 {named!r}，没有可比较的组",
            hint_zh=f"请检查 {column!r} 是不是实验分组列",
            arm=column,
        )
    layers = sorted({one.layer for one in found.groups if one.layer is not None}, key=lambda one: (one == UNKNOWN, one))
    return Arms(named, tuple(name for name in names if name != named), tuple(layers), found.groups)


def label_of(control: object) -> str:
    """A control as the column says it: True is true, 1.0 is 1."""
    if isinstance(control, bool):
        return str(control).lower()
    if isinstance(control, float) and control.is_integer():
        return str(int(control))
    return str(control).strip()
