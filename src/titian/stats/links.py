"""Links: weighted directed edges between numbered people, checked and brought into one order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from titian.errors import InputError

Ids = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Links:
    """Distinct links, sorted by target, then source; `weight` is above zero and holds all parallel links together.

    `size` people are numbered from 0 to size - 1.
    """

    size: int
    source: Ids
    target: Ids
    weight: Numbers


def links_of(size: int, source: ArrayLike, target: ArrayLike, weight: ArrayLike | None = None) -> Links:
    """Links without self links and weightless ones; parallel ones add up, brought into order by their weight before.

    So the same links in any order give the very same sums. `weight` is 1 for each unless given.
    Raises InputError for ids outside 0..size - 1, arrays of different lengths and weights below zero or not finite.
    """
    sources, targets = ids_of(size, source), ids_of(size, target)
    weights = np.ones(len(sources)) if weight is None else np.asarray(weight, dtype=np.float64)
    same_length(source=sources, target=targets, weight=weights)
    if not bool(np.all(np.isfinite(weights) & (weights >= 0))):
        raise InputError(
            "a link's weight is below zero or not a number",
            "leave such links out, or give them a weight of zero or more",
            zh="有连接的权重小于零或不是数字",
            hint_zh="请去掉这些连接，或把权重改为不小于零的数",
        )
    counted = (sources != targets) & (weights > 0)
    return _added_up(size, targets[counted] * max(size, 1) + sources[counted], weights[counted])


def _added_up(size: int, key: Ids, weight: Numbers) -> Links:
    order = np.argsort(key)
    key, weight = key[order], weight[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    copies = np.diff(first, append=len(key))
    parallel = np.repeat(copies > 1, copies)
    weight[parallel] = weight[parallel][np.lexsort((weight[parallel], key[parallel]))]
    together = np.add.reduceat(weight, first) if len(first) else weight
    target, source = np.divmod(key[first], max(size, 1))
    return Links(size, source, target, together)


def ids_of(size: int, given: ArrayLike) -> Ids:
    """The ids as an array. Raises InputError for those outside 0..size - 1."""
    ids = np.asarray(given, dtype=np.int64)
    outside = ids[(ids < 0) | (ids >= size)]
    if len(outside):
        raise InputError(
            f"{len(outside)} ids are outside 0 to {size - 1}, the first is {outside[0]}",
            "number the people from 0 without gaps, and say how many there are",
            zh=f"有 {len(outside)} 个编号不在 0 到 {size - 1} 之间，第一个是 {outside[0]}",
            hint_zh="请从 0 起连续编号，并给出总人数",
            first=int(outside[0]),
            size=size,
        )
    return ids


def same_length(**arrays: NDArray[Any]) -> None:
    """Raises InputError unless the arrays are equally long."""
    lengths = {name: len(array) for name, array in arrays.items()}
    if len(set(lengths.values())) > 1:
        listed = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise InputError(
            f"the arrays are not equally long: {listed}",
            "give one value of each for every row",
            zh=f"各数组长度不一致：{listed}",
            hint_zh="每一行都要有各自的一个值",
            **lengths,
        )
