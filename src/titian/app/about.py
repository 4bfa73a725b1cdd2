"""About the workspace."""

from __future__ import annotations

from titian.app.answers.workspace import Settings, WorkspaceInfo
from titian.app.desk import Desk

VERSION = "0.1.0"


def workspace(desk: Desk) -> WorkspaceInfo:
    raise NotImplementedError


def change(desk: Desk, settings: Settings) -> WorkspaceInfo:
    raise NotImplementedError
