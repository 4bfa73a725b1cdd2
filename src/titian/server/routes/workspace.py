"""/workspace, /overview, /search, /health: the whole at a glance."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from titian.app import about, doctor, searching
from titian.app import overview as overviews
from titian.app.answers.overview import Overview
from titian.app.answers.workspace import Check, Found, Settings, WorkspaceInfo
from titian.server.given import AtDesk, IdempotencyKey, Reads
from titian.server.needs import needs

router = APIRouter(tags=["workspace"])


@router.get("/workspace", dependencies=[needs("numbers.read")])
def get_workspace(reading: Reads) -> WorkspaceInfo:
    """Settings of the workspace and what it holds."""
    return about.workspace(reading)


@router.patch("/workspace", dependencies=[needs("settings.write")])
def change_workspace(desk: AtDesk, settings: Settings, idempotency_key: IdempotencyKey = None) -> WorkspaceInfo:
    """Change settings; a field left out stays as it is."""
    desk.once.answer(idempotency_key, ("settings", settings.model_dump_json()), lambda: about.change(desk, settings))
    with desk.reading() as reading:
        return about.workspace(reading)


@router.get("/overview", dependencies=[needs("numbers.read")])
def get_overview(reading: Reads, as_of: date | None = None, compare: date | None = None) -> Overview:
    """What changed, who matters, what waits."""
    return overviews.overview(reading, as_of, compare)


@router.get("/search", dependencies=[needs("numbers.read")])
def search(reading: Reads, q: Annotated[str, Query(max_length=200)], as_of: date | None = None) -> list[Found]:
    """Customers, layers, layerings and pages that match `q`."""
    return searching.search(reading, q, as_of)


@router.get("/health", dependencies=[needs("numbers.read")])
def get_health(desk: AtDesk) -> list[Check]:
    """What is installed, reachable and healthy."""
    return doctor.checks(desk)
