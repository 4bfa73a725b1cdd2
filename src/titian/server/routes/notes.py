"""/notes and /customers/{id}/notes: what people wrote about customers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from titian.app import noting
from titian.app.answers.notes import NoteAsked, WrittenNote, WrittenNotes
from titian.server.given import AtDesk, IdempotencyKey, ReadsAll, said
from titian.server.needs import needs

router = APIRouter(tags=["notes"])

Search = Annotated[str, Query(max_length=noting.LONGEST_SEARCH)]
Limit = Annotated[int, Query(ge=1, le=noting.MOST)]


@router.get("/notes", dependencies=[needs("customers.personal")])
def list_notes(
    desk: AtDesk,
    search: Search = "",
    cursor: str | None = None,
    limit: Limit = 50,
) -> WrittenNotes:
    """The notes in which all words of `search` stand, about whomever, the newest first."""
    return noting.search(desk, search, cursor, limit)


@router.put("/notes/{note_id}", dependencies=[needs("customers.note")])
def change_note(desk: AtDesk, note_id: str, asked: NoteAsked, idempotency_key: IdempotencyKey = None) -> WrittenNote:
    """Give a note another text."""
    return desk.once.answer(idempotency_key, said("note", asked, note_id), lambda: noting.change(desk, note_id, asked))


@router.delete("/notes/{note_id}", status_code=204, dependencies=[needs("customers.note")])
def remove_note(desk: AtDesk, note_id: str, idempotency_key: IdempotencyKey = None) -> None:
    """Take a note away."""
    desk.once.answer(idempotency_key, ("remove note", note_id), lambda: noting.remove(desk, note_id))


@router.get("/customers/{customer_id:path}/notes", dependencies=[needs("customers.personal")])
def list_customer_notes(
    reading: ReadsAll, customer_id: str, search: Search = "", cursor: str | None = None, limit: Limit = 50
) -> WrittenNotes:
    """The notes about a customer in which all words of `search` stand, the newest first."""
    return noting.of_customer(reading, customer_id, cursor, limit, search)


@router.post("/customers/{customer_id:path}/notes", status_code=201, dependencies=[needs("customers.note")])
def add_customer_note(
    reading: ReadsAll, customer_id: str, asked: NoteAsked, idempotency_key: IdempotencyKey = None
) -> WrittenNote:
    """Write a note about a customer; the same call again under its key writes no second one."""
    return reading.desk.once.answer(
        idempotency_key, said("note of", asked, customer_id), lambda: noting.add(reading, customer_id, asked)
    )
