"""Moves: customers counted by the layer they left and the layer they came to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import ibis
import ibis.expr.types as ir

from titian.domain.layer import Layer
from titian.layering.frame import Frame
from titian.warehouse.dataset import Dataset

Direction = Literal["stayed", "up", "down", "across"]


@dataclass(frozen=True)
class Move:
    """How many customers went from `source` to `target`; up is towards rank 1, across has no rank on either side."""

    source: str
    target: str
    customers: int
    direction: Direction


@dataclass(frozen=True)
class Moves:
    """Customers present at both ends by where they were and are, and those present at one end only.

    start = stayed + up + down + across + left, end = stayed + up + down + across + entered.
    """

    layers: tuple[Layer, ...]
    pairs: tuple[Move, ...]
    """Every pair of layers with at least one customer, stayers included."""
    entered_by_layer: Mapping[str, int]
    left_by_layer: Mapping[str, int]

    def count(self, direction: Direction) -> int:
        """Customers who moved in this direction."""
        return sum(pair.customers for pair in self.pairs if pair.direction == direction)

    @property
    def entered(self) -> int:
        """Customers present at the end only."""
        return sum(self.entered_by_layer.values())

    @property
    def left(self) -> int:
        """Customers present at the start only."""
        return sum(self.left_by_layer.values())

    @property
    def moved(self) -> int:
        """Customers whose layer changed."""
        return sum(pair.customers for pair in self.pairs if pair.direction != "stayed")

    def matrix(self) -> Frame:
        """Customers by layer before (rows) and after (columns), in rank order, every layer shown."""
        keys = [layer.key for layer in self.layers]
        counted = {(pair.source, pair.target): pair.customers for pair in self.pairs}
        rows = [[counted.get((source, target), 0) for target in keys] for source in keys]
        frame = Frame(rows, index=keys, columns=keys)
        frame.index.name, frame.columns.name = "from", "to"
        return frame


@dataclass(frozen=True)
class Moved:
    """What flows and an impact say alike of their moves."""

    moves: Moves

    @property
    def pairs(self) -> tuple[Move, ...]:
        """Every pair of layers with at least one customer, stayers included."""
        return self.moves.pairs

    @property
    def matrix(self) -> Frame:
        """Customers present at both ends by layer before (rows) and after (columns)."""
        return self.moves.matrix()

    @property
    def stayed(self) -> int:
        """Customers in the same layer at both ends."""
        return self.moves.count("stayed")

    @property
    def up(self) -> int:
        """Customers who moved to a better rank."""
        return self.moves.count("up")

    @property
    def down(self) -> int:
        """Customers who moved to a worse rank."""
        return self.moves.count("down")

    @property
    def across(self) -> int:
        """Customers who moved to or from a layer without a rank."""
        return self.moves.count("across")

    def to_pandas(self) -> Frame:
        """One line per pair of layers: source, target, customers, direction."""
        rows = [(pair.source, pair.target, pair.customers, pair.direction) for pair in self.pairs]
        return Frame(rows, columns=["source", "target", "customers", "direction"])


def count_moves(
    data: Dataset, before: ir.Table, after: ir.Table, before_layers: Iterable[Layer], after_layers: Iterable[Layer]
) -> Moves:
    """Moves from one table of (customer_id, layer) to another, counted in the engine."""
    old = before.select("customer_id", source="layer")
    new = after.select("customer_id", target="layer")
    return count_pairs(data, old.outer_join(new, "customer_id"), before_layers, after_layers)


def count_pairs(data: Dataset, rows: ir.Table, before_layers: Iterable[Layer], after_layers: Iterable[Layer]) -> Moves:
    """Moves from rows with a `source` and a `target` layer, one per customer, null where not there."""
    before_layers, after_layers = tuple(before_layers), tuple(after_layers)
    ranks_before = {layer.key: layer.rank for layer in before_layers}
    layers = {layer.key: layer for layer in (*after_layers, *before_layers)}
    counted = rows.group_by("source", "target").aggregate(customers=ibis._.count())
    rows = [(row["source"], row["target"], int(str(row["customers"]))) for row in data.execute(counted)]
    ranks_after = {layer.key: layer.rank for layer in after_layers}
    pairs = [
        Move(str(source), str(target), n, _direction(str(source), str(target), ranks_before, ranks_after))
        for source, target, n in rows
        if source is not None and target is not None
    ]
    order = {key: number for number, key in enumerate(layers)}
    return Moves(
        layers=tuple(layers.values()),
        pairs=tuple(sorted(pairs, key=lambda pair: (order[pair.source], order[pair.target]))),
        entered_by_layer={str(target): n for source, target, n in rows if source is None},
        left_by_layer={str(source): n for source, target, n in rows if target is None},
    )


def _direction(
    source: str, target: str, ranks_before: Mapping[str, int | None], ranks_after: Mapping[str, int | None]
) -> Direction:
    if source == target:
        return "stayed"
    here, there = ranks_before.get(source), ranks_after.get(target)
    if here is None or there is None or here == there:
        return "across"
    return "up" if there < here else "down"
