"""The desk: a workspace that is open for work, with its data, its import worker and its limits."""

from __future__ import annotations

from titian.app.workspace import Workspace


class Desk:
    """An open workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def reading(self) -> Reading:
        raise NotImplementedError


class Reading:
    def interrupt(self) -> None: ...

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *_: object) -> None: ...
