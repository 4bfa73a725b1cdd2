"""Remembered: small results kept for the next question, the least recently asked for let go."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """At most `most` values by key, shared by threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._guard = threading.Lock()
        self._held: OrderedDict[Hashable, Value] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value under `key`, made when it is not there; two threads may both make it, and it is the same."""
        with self._guard:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        value = make()
        with self._guard:
            self._held[key] = value
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return value

    def forget(self, key: Hashable) -> None:
        """Let the value under `key` go."""
        with self._guard:
            self._held.pop(key, None)
