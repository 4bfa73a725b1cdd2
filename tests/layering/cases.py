"""A layering beside the oracle's reading of it, and what must hold of both on one village."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random

import titian as tt
from tests.acceptance.product import differences, layers
from tests.oracle.village import Village, handed

Oracle = Callable[[Village, datetime], dict[str, str]]


@dataclass(frozen=True)
class Case:
    """A layering, and the oracle's reading of it."""

    layering: tt.Layering
    expected: Oracle

    def compare(self, seen: Village, end: datetime) -> None:
        got = self.layering.assign(handed(seen), as_of=end)
        assert differences(layers(got), self.expected(seen, end)) == {}
        assert set(layers(got).values()) <= {layer.key for layer in got.fitted.layers}

    def only_the_past_counts(self, seen: Village, end: datetime, seed: int) -> None:
        """What came later, and the order of rows, change nothing."""
        order = list(range(len(seen.events)))
        Random(seed).shuffle(order)
        whole = self.layering.assign(handed(seen, order), as_of=end)
        cut = self.layering.assign(handed(seen.known_before(end)), as_of=end)
        assert differences(layers(whole), layers(cut)) == {}
        assert (whole.fitted.cuts, whole.fitted.found) == (cut.fitted.cuts, cut.fitted.found)
