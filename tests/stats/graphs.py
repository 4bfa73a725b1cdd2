"""Small random graphs, and slow sure ways to say what the quick ways should find."""

import numpy as np
from hypothesis import strategies as st

from titian.stats.ranking import DAMPING

Edge = tuple[int, int, float]


@st.composite
def graphs(draw, most=12) -> tuple[int, list[Edge]]:
    size = draw(st.integers(1, most))
    people = st.integers(0, size - 1)
    weights = st.one_of(st.integers(1, 5).map(float), st.floats(0.001, 1000))
    return size, draw(st.lists(st.tuples(people, people, weights), max_size=40))


def columns(edges: list[Edge]) -> tuple[list[int], list[int], list[float]]:
    return [one[0] for one in edges], [one[1] for one in edges], [one[2] for one in edges]


def solved(size: int, edges: list[Edge], damping: float = DAMPING) -> np.ndarray:
    """PageRank as the solution of the dense linear system."""
    weights = np.zeros((size, size))
    for source, target, weight in edges:
        if source != target:
            weights[source, target] += weight
    rows = weights.sum(axis=1, keepdims=True)
    chances = np.where(rows > 0, weights / np.where(rows > 0, rows, 1), 1 / size)
    return np.linalg.solve(np.eye(size) - damping * chances.T, np.full(size, (1 - damping) / size))


def walked(size: int, invites: list[tuple[int, int, int]]) -> tuple[list[int], int]:
    """How many are below each person, and the loops left out, person by person."""
    parent: dict[int, tuple[int, tuple[int, int, int]]] = {}
    for at, inviter, invitee in sorted((at, inviter, invitee) for inviter, invitee, at in invites):
        if inviter != invitee and invitee not in parent:
            parent[invitee] = (inviter, (at, inviter, invitee))
    closing = set()
    for start in range(size):
        path = [start]
        while path[-1] in parent and parent[path[-1]][0] not in path:
            path.append(parent[path[-1]][0])
        if path[-1] in parent and parent[path[-1]][0] == start:
            closing.add(max(path, key=lambda one: parent[one][1]))
    below = [0] * size
    for person in range(size):
        above = person
        while above in parent and above not in closing:
            above = parent[above][0]
            below[above] += 1
    return below, len(closing)
