"""Followers: whatever acts on customers who come to a layer or leave it, such as a campaign that this starts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from titian.app.answers.history import Mover


@dataclass(frozen=True)
class LayersMoved:
    """Who came to another layer of a layering as of a day, or was first seen; nobody may be among `movers`.

    The cuts are the definition's own, else those of the follower's last day: nobody moves because cuts were fitted anew.
    """

    layering: str
    day: date
    movers: Iterator[Mover]
    """By customer, read while they are taken."""


class Follower(Protocol):
    """Wants to know who moves in one layering."""

    @property
    def layering(self) -> str:
        """Its key."""

    @property
    def last(self) -> date:
        """The last day that it was told of; where it keeps what it does, so that a day is never lost and never done twice."""

    def told(self, moved: LayersMoved) -> None:
        """Take the next day. What it raises is logged, and the day told again the next time."""
