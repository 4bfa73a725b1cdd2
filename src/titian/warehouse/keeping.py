"""Keeping: computed relations of an engine, held as long as somebody needs them and the newest a while longer."""

from __future__ import annotations

import itertools
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable

from titian.warehouse.forms import Written

KEPT = 16
"""Relations that stay computed for the next question; what a caller still holds stays beside them."""

FORMS = 256
"""Queries of forms that stay written."""

_NUMBERS = itertools.count(1)


def new_name(what: str) -> str:
    """A name that nothing else in this process has."""
    return f"{what}_{next(_NUMBERS)}"


class KeptRelation:
    """A relation computed once and kept by the engine until nobody holds it."""

    def __init__(self, name: str, forgotten: list[str]) -> None:
        self.name = name
        weakref.finalize(self, forgotten.append, name)


class Cache:
    """Computed relations of one engine, shared by all of its forks; the least recently used is let go."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, KeptRelation] = OrderedDict()
        self._busy: dict[Hashable, threading.Lock] = {}
        self._forms: OrderedDict[Hashable, Written] = OrderedDict()
        self.forgotten: list[str] = []

    def get(self, key: Hashable, make: Callable[[str], None]) -> KeptRelation:
        """The relation under `key`; `make` stores it under the name it is given, once, also when two threads ask."""
        found = self._held(key)
        if found is not None:
            return found
        with self._making(key):
            return self._held(key) or self._made(key, make)

    def form(self, about: Hashable) -> Written | None:
        """The query of a form, if it was written before."""
        with self._lock:
            found = self._forms.get(about)
            if found is not None:
                self._forms.move_to_end(about)
            return found

    def put_form(self, about: Hashable, written: Written) -> None:
        """Go on with this query for the form."""
        with self._lock:
            self._forms[about] = written
            while len(self._forms) > FORMS:
                self._forms.popitem(last=False)

    def _held(self, key: Hashable) -> KeptRelation | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def _making(self, key: Hashable) -> threading.Lock:
        with self._lock:
            return self._busy.setdefault(key, threading.Lock())

    def _made(self, key: Hashable, make: Callable[[str], None]) -> KeptRelation:
        name = new_name("kept")
        make(name)
        kept = KeptRelation(name, self.forgotten)
        with self._lock:
            self._kept[key] = kept
            self._busy.pop(key, None)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return kept
