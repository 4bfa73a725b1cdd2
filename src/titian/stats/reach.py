"""Reach: how many people somebody brought, directly and through those whom they brought."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from titian.stats.links import Ids, ids_of, same_length


@dataclass(frozen=True, eq=False)
class Reach:
    """The invite tree, one value for each person by id.

    `below` counts everybody in the tree below, `direct` those who were brought by the person's own invite; nobody counts
    for themselves. `inviter` is whom the person belongs to, -1 for those who came by themselves. `loops` is how many
    invites were left out because they closed a circle, `self_invites` how many were to oneself.
    """

    below: Ids
    direct: Ids
    inviter: Ids
    loops: int
    self_invites: int


def reach(size: int, inviter: ArrayLike, invitee: ArrayLike, at: ArrayLike | None = None) -> Reach:
    """The invite tree of `size` people and how many stand below each.

    `at` is when each invite was made (any numbers that sort; all alike unless given). An invitee belongs to the first
    inviter only; of invites at the same time the one with the smaller inviter's id is first. An invite to oneself counts
    nothing, and where first invites lead round in a circle (a invites b, b invites a) the latest of them, which closed
    it, counts nothing. Raises InputError for ids outside 0..size - 1 and arrays of different lengths.

    Trees are walked by pointer doubling (Wyllie 1979, *The complexity of parallel computations*): rounds grow with the
    logarithm of the depth, so a chain of a million people takes twenty.
    """
    inviters, invitees = ids_of(size, inviter), ids_of(size, invitee)
    times = np.zeros(len(inviters)) if at is None else np.asarray(at)
    same_length(inviter=inviters, invitee=invitees, at=times)
    others = inviters != invitees
    order = np.lexsort((invitees[others], inviters[others], times[others]))
    parent, place = _first(size, inviters[others][order], invitees[others][order])
    loops = _closing(parent, place)
    parent[loops] = size
    return Reach(
        below=_below(parent),
        direct=np.bincount(parent, minlength=size + 1)[:size].astype(np.int64),
        inviter=np.where(parent == size, -1, parent)[:size],
        loops=len(loops),
        self_invites=int(np.sum(~others)),
    )


def _first(size: int, inviters: Ids, invitees: Ids) -> tuple[Ids, Ids]:
    """Each person's inviter and the place of that invite in time. Who has none belongs to `size`, who belongs to itself."""
    parent, place = np.full(size + 1, size), np.full(size + 1, -1)
    joined, first = np.unique(invitees, return_index=True)
    parent[joined], place[joined] = inviters[first], first
    return parent, place


def _closing(parent: Ids, place: Ids) -> Ids:
    """Of each circle the person whose invite came last."""
    size = len(parent) - 1
    jump, latest = parent, place
    for _ in range(size.bit_length()):
        if bool(np.all(jump == size)):
            return np.zeros(0, dtype=np.int64)
        latest = np.maximum(latest, latest[jump])
        jump = jump[jump]
    # After more steps than there are people whoever still walks is on a circle, and has met all of it.
    circle = np.unique(jump[jump != size])
    closing: Ids = circle[place[circle] == latest[circle]]
    return closing


def _below(parent: Ids) -> Ids:
    """How many are below each: those nearer than 2^k, and as many below each of those who are 2^k away."""
    size = len(parent) - 1
    jump, nearer = parent, np.ones(size)
    while not bool(np.all(jump == size)):
        nearer = nearer + np.bincount(jump[:size], weights=nearer, minlength=size + 1)[:size]
        jump = jump[jump]
    return nearer.astype(np.int64) - 1
