"""Status: what the words mean that a source uses for the state of an order."""

from __future__ import annotations

from collections.abc import Iterable

from titian.domain.mapping import Mapping
from titian.warehouse.statuses import status_of


def meanings(mapping: Mapping, words: Iterable[str]) -> dict[str, str]:
    """What each of the source's status words means, as far as it is known; the mapping's word counts, in any case."""
    own = {word.strip().casefold(): status for word, status in mapping.status_values.items()}
    found = {word: own.get(word.casefold()) or status_of(word) for word in sorted(set(words))}
    return {word: status for word, status in found.items() if status}
