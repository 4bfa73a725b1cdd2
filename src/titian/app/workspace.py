"""The workspace: a folder with settings, definitions, landing and warehouse, and how it is found or made."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from titian.app import settings as files
from titian.app.settings import FILE_NAME, WorkspaceSettings
from titian.errors import ConflictError, NotFoundError

ENVIRONMENT = "TITIAN_WORKSPACE"
STORE = "store.sqlite"


@dataclass(frozen=True)
class Workspace:
    """One workspace on disk; its parts are made when first written to."""

    path: Path
    settings: WorkspaceSettings

    @property
    def definitions(self) -> Path:
        return self.path / "definitions"

    @property
    def landing(self) -> Path:
        return self.path / "landing"

    @property
    def warehouse(self) -> Path:
        return self.path / "warehouse"

    @property
    def store(self) -> str | Path:
        """Where the store is: the database that the settings name, or a file of the workspace."""
        return self.settings.store or self.path / STORE

    @property
    def uploads(self) -> Path:
        """Files on their way in; emptied by itself."""
        return self.path / "uploads"

    @property
    def runs(self) -> Path:
        """What each import did, a small JSON file each."""
        return self.path / "imports"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.timezone)


def init(path: Path, settings: WorkspaceSettings) -> Workspace:
    """Make a workspace in the folder `path`. Raises ConflictError when there is one already."""
    if (path / FILE_NAME).exists():
        raise ConflictError(
            f"{path} is a workspace already",
            f"use it with --workspace {path}, or choose another folder",
            zh=f"{path} 已经是一个工作区",
            hint_zh=f"用 --workspace {path} 使用它，或另选文件夹",
            path=str(path),
        )
    made = Workspace(path.resolve(), settings)
    try:
        for folder in (made.path, made.definitions, made.landing, made.warehouse):
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise files.refused(path, error) from error
    files.write(made.path / FILE_NAME, settings)
    return made


def read(path: Path) -> Workspace:
    """The workspace in the folder `path`. Raises NotFoundError when there is none."""
    if not (path / FILE_NAME).is_file():
        raise NotFoundError(
            f"{path} is no workspace: it holds no {FILE_NAME}",
            f"make one with: titian init {path}",
            zh=f"{path} 不是工作区：其中没有 {FILE_NAME}",
            hint_zh=f"请先运行：titian init {path}",
            path=str(path),
        )
    return Workspace(path.resolve(), files.read(path / FILE_NAME))


def find(given: Path | None, environment: Mapping[str, str] = os.environ, start: Path | None = None) -> Workspace:
    """The workspace that is meant: `given`, else TITIAN_WORKSPACE, else the folder `start` or one above it."""
    if given is not None:
        return read(given)
    if environment.get(ENVIRONMENT):
        return read(Path(environment[ENVIRONMENT]))
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / FILE_NAME).is_file():
            return read(folder)
    raise NotFoundError(
        f"there is no workspace in {here} or above it",
        f"make one with: titian init shop; or name one with --workspace or {ENVIRONMENT}",
        zh=f"{here} 及其上级文件夹中没有工作区",
        hint_zh=f"先运行 titian init shop 新建，或用 --workspace、{ENVIRONMENT} 指定",
        path=str(here),
    )


def changed(workspace: Workspace, settings: WorkspaceSettings) -> Workspace:
    """The workspace with other settings, written down."""
    files.write(workspace.path / FILE_NAME, settings)
    return Workspace(workspace.path, settings)
