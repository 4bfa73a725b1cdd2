"""/audit: who did what when."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from titian.app import auditing
from titian.app.answers.audit import AuditLines
from titian.server.files import FILES, FileKind, as_file
from titian.server.given import AtDesk, ReadsAll
from titian.server.needs import needs

router = APIRouter(tags=["audit"])


@router.get("/audit", dependencies=[needs("audit.read")])
def list_audit(
    desk: AtDesk,
    q: Annotated[str, Query(max_length=200)] = "",
    before: Annotated[int | None, Query(ge=1)] = None,
    limit: Annotated[int, Query(ge=1, le=auditing.MOST)] = 100,
) -> AuditLines:
    """The audit log, the newest lines first, those before the number `before`; `q` keeps lines with all of its words."""
    return auditing.lines(desk, q, before, limit)


@router.get("/audit/export", response_class=StreamingResponse, responses=FILES, dependencies=[needs("audit.read")])
def export_audit(
    reading: ReadsAll, q: Annotated[str, Query(max_length=200)] = "", format: FileKind = "csv"
) -> StreamingResponse:
    """All of it as a file, or what `q` finds; cells that a spreadsheet would run are neutralised."""
    return as_file(auditing.export(reading, format, q))
