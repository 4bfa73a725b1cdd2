"""/uploads and /imports: bring data in."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict

from titian.app import importing, undoing
from titian.app.answers import Mapping
from titian.app.answers.imports import Guess, ImportAsked, ImportRun, ImportRuns
from titian.server.given import AtDesk, IdempotencyKey
from titian.server.needs import needs
from titian.server.receiving import receive

router = APIRouter(tags=["imports"])

MAX_UPLOAD_BYTES = 1 << 44
"""A formality: the workspace's own max_upload_mb is what bounds an upload."""

UPLOAD_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "table": {"type": "string"},
                    },
                }
            }
        },
    }
}


class GuessAsked(BaseModel):
    """Guess again: for another table, or with some columns already said."""

    model_config = ConfigDict(frozen=True)

    table: str | None = None
    mapping: Mapping | None = None


@router.post(
    "/uploads",
    openapi_extra=UPLOAD_BODY,
    status_code=201,
    max_body_size=MAX_UPLOAD_BYTES,
    dependencies=[needs("data.load")],
)
async def upload(request: Request, desk: AtDesk) -> Guess:
    """Take a file and say what it seems to be; it is kept for a day or until it is imported."""
    return await receive(request, desk)


@router.post("/uploads/{upload_id}/guess", dependencies=[needs("data.load")])
def guess_again(desk: AtDesk, upload_id: str, asked: GuessAsked) -> Guess:
    """Guess the columns of an uploaded file again."""
    return importing.guess(desk, upload_id, asked.table, asked.mapping)


@router.post("/imports", status_code=202, dependencies=[needs("data.load")])
def start_import(desk: AtDesk, asked: ImportAsked, idempotency_key: IdempotencyKey = None) -> ImportRun:
    """Load an uploaded file with a confirmed mapping; the same Idempotency-Key gives the same run."""
    return importing.start(desk, asked, idempotency_key)


@router.get("/imports", dependencies=[needs("data.read")])
def list_imports(
    desk: AtDesk, cursor: str | None = None, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> ImportRuns:
    """Imports, the newest first."""
    return importing.runs(desk, cursor, limit)


@router.get("/imports/{import_id}", dependencies=[needs("data.read")])
def get_import(desk: AtDesk, import_id: str) -> ImportRun:
    """One import: its progress, then its result."""
    return importing.run(desk, import_id)


@router.get(
    "/imports/{import_id}/rejects",
    response_class=FileResponse,
    responses={200: {"description": "Every rejected row with its reason", "content": {"text/csv": {}}}},
    dependencies=[needs("data.load")],
)
def get_rejects(desk: AtDesk, import_id: str) -> FileResponse:
    """The rejects file: file, row, column, value, reason."""
    path, name = importing.rejects(desk, import_id)
    return FileResponse(path, media_type="text/csv; charset=utf-8", filename=name)


@router.post("/imports/{import_id}/cancel", dependencies=[needs("data.load")])
def cancel_import(desk: AtDesk, import_id: str) -> ImportRun:
    """Stop an import that waits or runs; nothing of it stays."""
    return importing.cancel(desk, import_id)


@router.post("/imports/{import_id}/undo", dependencies=[needs("data.undo")])
def undo_import(desk: AtDesk, import_id: str) -> ImportRun:
    """Take back what an import loaded: its rows go, rows that it replaced return; twice changes nothing more."""
    return undoing.undo_import(desk, import_id)
