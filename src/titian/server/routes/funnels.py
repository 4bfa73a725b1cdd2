"""/funnels: how far customers get along steps, by layer or of an audience, and where oddly many are lost."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from titian.app import funnels
from titian.app.answers.funnel import FunnelAsked, FunnelCounted
from titian.server.files import FILES, FileKind, as_file
from titian.server.given import AtDesk, AtStore, Reads, while_wanted
from titian.server.needs import needs

router = APIRouter(prefix="/funnels", tags=["funnels"])


@router.post("", dependencies=[needs("numbers.read")])
async def count_funnel(request: Request, desk: AtDesk, store: AtStore, asked: FunnelAsked) -> FunnelCounted:
    """How many customers get to each step by their best try, how long it takes, and the oddest drops; nothing is kept."""
    return await while_wanted(
        request, desk, store, lambda reading: funnels.answer(reading, funnels.counted(reading, asked), asked)
    )


@router.post("/export", response_class=StreamingResponse, responses=FILES, dependencies=[needs("numbers.read")])
def export_funnel(reading: Reads, asked: FunnelAsked, kind: FileKind = "csv") -> StreamingResponse:
    """The same as CSV, Excel or Parquet, a line per layer and step."""
    return as_file(funnels.export(reading, funnels.counted(reading, asked), kind))
