"""/selections: who meets a rule, while it is being written and as a file."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from titian.app import selections
from titian.app.answers.selection import Selected, SelectionAsked
from titian.server.files import FILES, FileKind, as_file
from titian.server.given import AtDesk, Reads, while_wanted

router = APIRouter(prefix="/selections", tags=["selections"])


@router.post("")
async def select_customers(request: Request, desk: AtDesk, asked: SelectionAsked) -> Selected:
    """How many customers meet a rule, the rule in words, and some of them; nothing is kept."""
    return await while_wanted(request, desk, lambda reading: selections.selected(reading, asked))


@router.post("/export", response_class=StreamingResponse, responses=FILES)
def export_selection(reading: Reads, asked: SelectionAsked, kind: FileKind = "csv") -> StreamingResponse:
    """All who meet a rule as CSV, Excel or Parquet, with the traits that it reads."""
    return as_file(selections.export(reading, asked, kind))
