"""Answers about notes: what people wrote about customers."""

from __future__ import annotations

from datetime import datetime

from titian.app.answers.base import Answer


class WrittenNote(Answer):
    """A note about a customer."""

    id: str
    customer_id: str
    text: str
    by: str
    at: datetime
    changed_at: datetime | None


class WrittenNotes(Answer):
    """Notes, the newest first."""

    total: int
    """How many there are in all, or how many the search finds."""
    notes: tuple[WrittenNote, ...]
    next_cursor: str | None


class NoteAsked(Answer):
    """What a note is to say."""

    text: str
