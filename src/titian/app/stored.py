"""Stored: the store of a workspace, opened when it is first needed."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from titian.app.workspace import Workspace

if TYPE_CHECKING:
    from titian.store.database import Store


class Stored:
    """What people decide in a workspace. Close it, or use it in a `with`."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._guard = threading.RLock()
        self._open: Store | None = None

    @property
    def store(self) -> Store:
        """The store, made where there is none. Raises StorageError when it can't be opened."""
        with self._guard:
            if self._open is None:
                # SQLAlchemy takes half a second to load, which no question waits for where nothing was decided yet.
                from titian.store.database import Store

                self._open = Store.open(self._workspace.store)
            return self._open

    @property
    def there(self) -> Store | None:
        """The store; None where nothing was decided yet, so that to look makes nothing."""
        place = self._workspace.store
        if self._open is None and isinstance(place, Path) and not place.is_file():
            return None
        return self.store

    def close(self) -> None:
        """Close it, if it is open."""
        with self._guard:
            if self._open is not None:
                self._open.close()
                self._open = None

    def __enter__(self) -> Stored:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
