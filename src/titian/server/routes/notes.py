"""/notes and /customers/{id}/notes: what people wrote about customers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from titian.app import noting
from titian.app.answers.notes import NoteAsked, WrittenNote, WrittenNotes
from titian.server.given import AtDesk, IdempotencyKey, ReadsAll, said

router = APIRouter(tags=["notes"])

Limit = Annotated[int, Query(ge=1, le=noting.MOST)]


@router.get("/notes")
def list_notes(
    desk: AtDesk,
    search: Annotated[str, Query(max_length=noting.LONGEST_SEARCH)] = "",
    cursor: str | None = None,
    limit: Limit = 50,
) -> WrittenNotes:
    """The notes in which all words of `search` stand, about whomever, the newest first."""
    return noting.search(desk, search, cursor, limit)


@router.put("/notes/{note_id}")
def change_note(desk: AtDesk, note_id: str, asked: NoteAsked, idempotency_key: IdempotencyKey = None) -> WrittenNote:
    """Give a note another text."""
    return desk.once.answer(idempotency_key, said("note", asked, note_id), lambda: noting.change(desk, note_id, asked))


@router.delete("/notes/{note_id}", status_code=204)
def remove_note(desk: AtDesk, note_id: str, idempotency_key: IdempotencyKey = None) -> None:
    """Take a note away."""
    desk.once.answer(idempotency_key, ("remove note", note_id), lambda: noting.remove(desk, note_id))


@router.get("/customers/{customer_id:path}/notes")
def list_customer_notes(
    reading: ReadsAll, customer_id: str, cursor: str | None = None, limit: Limit = 50
) -> WrittenNotes:
    """The notes about a customer, the newest first."""
    return noting.of_customer(reading, customer_id, cursor, limit)


@router.post("/customers/{customer_id:path}/notes", status_code=201)
def add_customer_note(
    reading: ReadsAll, customer_id: str, asked: NoteAsked, idempotency_key: IdempotencyKey = None
) -> WrittenNote:
    """Write a note about a customer; the same call again under its key writes no second one."""
    return reading.desk.once.answer(
        idempotency_key, said("note of", asked, customer_id), lambda: noting.add(reading, customer_id, asked)
    )
