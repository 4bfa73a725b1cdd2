"""Shelf: results that took long, kept under a key with what they rest on, for whoever asks for a little more.

A workspace's shelf is also a folder, so that the next process finds them: a file of what it rests on, and a Parquet
file per relation. They are a cache and may be deleted at any time; what can't be read counts as not there.
"""

from __future__ import annotations

import json
import shutil
import threading
import uuid
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from weakref import WeakKeyDictionary

from titian.warehouse.keeping import KeptRelation


class Files(Protocol):
    """What an engine does with files of this machine."""

    def save(self, kept: KeptRelation, path: Path) -> bool:
        """Write what is kept; False where that did not work."""

    def saved(self, path: Path) -> KeptRelation | None:
        """Keep again what was written; None where it can't be read."""


SHELVED = 12
"""Results that stay in memory."""
STORED = 40
"""Results that stay on disk."""
ABOUT = "about.json"


@dataclass(frozen=True)
class Shelved:
    """A result: what it rests on, in words that its maker understands, and its relations by name."""

    about: Mapping[str, str]
    relations: Mapping[str, KeptRelation]


class Shelf:
    """The results that one engine and all of its forks keep; the least recently used is let go."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        """Where they are kept for the next process; None where the data have no place of their own."""
        self._kept: OrderedDict[str, Shelved] = OrderedDict()
        self._files: WeakKeyDictionary[KeptRelation, Path] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def find(self, key: str, engine: Files) -> Shelved | None:
        """The result under a key, of whatever state of the data."""
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            found = self._read(key, engine)
        if found is not None:
            self._remember(key, found)
        return found

    def put(self, key: str, result: Shelved, engine: Files) -> None:
        """Keep a result in place of the one under the key."""
        self._remember(key, result)
        if self.folder is not None:
            # A cache that can't be written is none; the result stands.
            with suppress(OSError):
                self._write(self.folder / key, result, engine)
                _thin(self.folder)

    def _remember(self, key: str, result: Shelved) -> None:
        with self._lock:
            self._kept[key] = result
            self._kept.move_to_end(key)
            while len(self._kept) > SHELVED:
                self._kept.popitem(last=False)

    def _read(self, key: str, engine: Files) -> Shelved | None:
        if self.folder is None:
            return None
        place = self.folder / key
        relations: dict[str, KeptRelation] = {}
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            noted = json.loads((place / ABOUT).read_text(encoding="utf-8"))
            for name, file in noted["files"].items():
                kept = engine.saved(place / file)
                if kept is None:
                    return None
                relations[name], self._files[kept] = kept, place / file
            return Shelved(noted["about"], relations)
        return None

    def _write(self, place: Path, result: Shelved, engine: Files) -> None:
        """The note comes last: until then whoever reads finds the result before this one, whole."""
        place.mkdir(parents=True, exist_ok=True)
        for name, kept in result.relations.items():
            path = place / f"{name}-{uuid.uuid4().hex[:8]}.parquet"
            written = self._files.get(kept)
            if written is None or written.parent != place or not written.exists():
                if not engine.save(kept, path):
                    return
                self._files[kept] = path
        files = {name: self._files[kept].name for name, kept in result.relations.items()}
        note = place / f"{ABOUT}.{uuid.uuid4().hex[:8]}"
        note.write_text(json.dumps({"about": dict(result.about), "files": files}), encoding="utf-8")
        note.replace(place / ABOUT)
        for path in place.glob("*.parquet"):
            if path.name not in files.values():
                path.unlink(missing_ok=True)


def _thin(folder: Path) -> None:
    places = sorted(folder.iterdir(), key=lambda place: place.stat().st_mtime, reverse=True)
    for place in places[STORED:]:
        shutil.rmtree(place, ignore_errors=True)
