"""/events: the names of events, and what they mean."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from titian.app import events
from titian.app.answers.events import EventNames, MeaningsAsked
from titian.server.files import FILES, FileKind, as_file
from titian.server.given import AtDesk, IdempotencyKey, ReadsAll
from titian.server.needs import needs

router = APIRouter(tags=["events"])


@router.get("/events", dependencies=[needs("numbers.read")])
def list_events(reading: ReadsAll, q: Annotated[str, Query(max_length=200)] = "", unknown: bool = False) -> EventNames:
    """The names of events in the data that match `q`, how often each happens, and what it means."""
    return events.names(reading, q, unknown=unknown)


@router.get("/events/export", response_class=StreamingResponse, responses=FILES, dependencies=[needs("numbers.read")])
def export_events(reading: ReadsAll, format: FileKind = "csv") -> StreamingResponse:
    """All of them as a file; cells that a spreadsheet would run are neutralised."""
    return as_file(events.export(reading, format))


@router.patch("/events/meanings", dependencies=[needs("layerings.write")])
def change_meanings(desk: AtDesk, asked: MeaningsAsked, idempotency_key: IdempotencyKey = None) -> EventNames:
    """Say what event names mean; null leaves a name to its usual meaning again. Names left out stay as they are."""
    desk.once.answer(idempotency_key, ("meanings", asked.model_dump_json()), lambda: events.mean(desk, asked))
    with desk.reading() as reading:
        return events.names(reading)
