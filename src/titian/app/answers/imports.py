"""Answers about bringing data in: the guess, the run, the result."""

from __future__ import annotations

from datetime import datetime

from titian.app.answers.base import Answer
from titian.app.answers.layering import Move
from titian.domain.mapping import Mapping
from titian.domain.words import Words


class SourceColumn(Answer):
    """One column of the file, with up to five different sample values."""

    name: str
    samples: tuple[str, ...]
    empty_share: float


class TargetColumn(Answer):
    """One column of the canonical table and what was guessed for it."""

    name: str
    words: Words
    kind: str
    required: bool
    source: str | None
    confidence: float
    """0 to 1; 0 when nothing was guessed."""
    why: Words | None


class Question(Answer):
    """Something the values don't tell and a person must say."""

    field: str
    """Where the answer goes in the mapping: date_order, columns.customer_id, status_values …"""
    text: Words
    choices: tuple[str, ...]


class Guess(Answer):
    """What a file seems to be."""

    upload_id: str
    file_name: str
    format: str
    encoding: str | None
    delimiter: str | None
    rows: int | None
    table: str
    columns: tuple[SourceColumn, ...]
    targets: tuple[TargetColumn, ...]
    mapping: Mapping
    questions: tuple[Question, ...]
    confident: bool
    """True when it can be loaded as it is."""
    remembered: bool
    """True when the mapping of an earlier file with the same columns was used."""


class SampleInfo(Answer):
    """A data set that comes with Titian."""

    key: str
    words: Words
    file_name: str
    bytes: int
    timezone: str
    currency: str
    attribution: str
    licence: str
    source: str
    """Where it was published."""


class ImportAsked(Answer):
    """An uploaded file to load with a confirmed mapping."""

    upload_id: str
    mapping: Mapping
    strict: bool = False


class RejectedRow(Answer):
    """One bad row."""

    row: int
    column: str | None
    value: str | None
    reason: Words


class ImportResult(Answer):
    """What an import did."""

    rows: int
    good: int
    rejected: int
    added: int
    updated: int
    unchanged: int
    """Rows of the main table: good orders = added + updated + unchanged (line items are grouped first)."""
    without_customer: int
    reassigned: int = 0
    """Rows known before that had a customer and now have another; a note shows the first."""
    after_today: int = 0
    """Rows dated after the day of the import; a note shows the first."""
    notes: tuple[Words, ...]
    """Ids that were made, dates that were assumed …"""
    rejects: tuple[RejectedRow, ...]
    """The first fifty; the file has all."""
    layering: str | None
    moves: tuple[Move, ...]
    """What changed in the default layering."""
    entered: int


class ImportRun(Answer):
    """One import: waiting, running, done or failed."""

    id: str
    batch_id: str | None
    file_name: str
    table: str
    state: str
    """waiting, running, done, failed or cancelled."""
    stage: Words | None
    rows_done: int
    rows_total: int | None
    rows_per_second: float | None
    started_at: datetime
    finished_at: datetime | None
    result: ImportResult | None
    error: Words | None
    mend: Words | None
    undone_at: datetime | None = None
    """When its batch was taken back; None while it counts."""


class ImportRuns(Answer):
    """One page of the imports, the newest first."""

    runs: tuple[ImportRun, ...]
    next_cursor: str | None


class Batch(Answer):
    """One batch in the landing."""

    batch_id: str
    file_name: str
    table: str
    loaded_at: datetime
    good: int | None
    """Good rows; None where a crash kept them from being counted."""
    undone_at: datetime | None
    """When it was taken back; None while it counts."""


class Batches(Answer):
    """Every batch, the newest first."""

    batches: tuple[Batch, ...]


class UndoneBatch(Answer):
    """A batch that was taken back, and what that did to the rows of its table."""

    batch: Batch
    removed: int
    """Rows that are no longer there."""
    restored: int
    """Rows that are again as they were before the batch."""
    repeated: bool
    """True when it had been taken back before, so that nothing was done."""
