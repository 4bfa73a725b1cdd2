"""/selections: who meets a rule, while it is being written and as a file, and what sets them apart."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from titian.app import group_portraits, selections
from titian.app.answers.group_portrait import GroupPortrait, PortraitAsked
from titian.app.answers.selection import Selected, SelectionAsked
from titian.server.files import FILES, FileKind, as_file
from titian.server.given import AtDesk, AtStore, Reads, while_wanted
from titian.server.needs import needs

router = APIRouter(prefix="/selections", tags=["selections"])


@router.post("", dependencies=[needs("numbers.read")])
async def select_customers(request: Request, desk: AtDesk, store: AtStore, asked: SelectionAsked) -> Selected:
    """How many customers meet a rule, the rule in words, and some of them; nothing is kept."""
    return await while_wanted(request, desk, store, lambda reading: selections.selected(reading, asked))


@router.post("/export", response_class=StreamingResponse, responses=FILES, dependencies=[needs("customers.export")])
def export_selection(reading: Reads, asked: SelectionAsked, kind: FileKind = "csv") -> StreamingResponse:
    """All who meet a rule as CSV, Excel or Parquet, with the traits that it reads."""
    return as_file(selections.export(reading, asked, kind))


@router.post("/portrait", dependencies=[needs("numbers.read")])
async def portray_selection(request: Request, desk: AtDesk, store: AtStore, asked: PortraitAsked) -> GroupPortrait:
    """What sets those who meet a rule apart from everybody: each trait in both, with TGI; nothing is kept."""
    return await while_wanted(
        request, desk, store, lambda reading: group_portraits.answer(group_portraits.of_rule(reading, asked))
    )


@router.post(
    "/portrait/export", response_class=StreamingResponse, responses=FILES, dependencies=[needs("numbers.read")]
)
def export_selection_portrait(reading: Reads, asked: PortraitAsked, kind: FileKind = "csv") -> StreamingResponse:
    """The same as CSV, Excel or Parquet, a line per trait and value."""
    return as_file(group_portraits.export(reading, group_portraits.of_rule(reading, asked), kind))
