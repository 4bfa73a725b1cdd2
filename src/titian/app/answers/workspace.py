"""Answers about the workspace: what is loaded, how it is set, how it is."""

from __future__ import annotations

from datetime import date, datetime

from titian.app.answers.base import Answer
from titian.domain.words import Words


class TableInfo(Answer):
    """One canonical table and how much it holds."""

    name: str
    words: Words
    rows: int
    first_at: datetime | None
    last_at: datetime | None


class WorkspaceInfo(Answer):
    """The workspace: settings and what it holds."""

    name: str
    timezone: str
    currency: str
    language: str
    """zh or en: the language of the console at first sight."""
    keep_snapshots_days: int
    tables: tuple[TableInfo, ...]
    customers: int
    orders_without_customer: int
    money_without_customer: float
    default_as_of: date | None
    """The day after the last order, or None while there is no data."""
    default_compare: date | None
    stores: tuple[str, ...]
    """The stores that customers, their changes and orders name, the first 500; one can be looked at by itself."""
    excludes: bool
    """Whether a rule leaves customers out of every fit and count."""
    data_version: str
    titian_version: str


class Settings(Answer):
    """What a person may set of a workspace; a field left None stays as it is."""

    name: str | None = None
    timezone: str | None = None
    currency: str | None = None
    language: str | None = None
    keep_snapshots_days: int | None = None


class Check(Answer):
    """One line of the doctor's report."""

    name: str
    ok: bool
    found: Words
    mend: Words | None


class Found(Answer):
    """One hit of the search box."""

    kind: str
    """customer, layer, layering, audience, tag or page."""
    key: str
    title: Words
    subtitle: Words | None
    path: str
    """Where in the console it is: /customers/12346."""
