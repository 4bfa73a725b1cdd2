"""Answers about the audit log."""

from __future__ import annotations

from typing import Any

from titian.app.answers.base import Answer
from titian.domain.words import Words


class AuditLine(Answer):
    """Something that was done."""

    number: int
    at: str
    """Local time of the workspace, ISO 8601 with its offset."""
    actor: str
    action: str
    """layering.publish, import.load …"""
    said: Words
    """What the action is called."""
    subject: str
    details: dict[str, Any]
    digest: str
    """Binds the line to all before it."""


class AuditLines(Answer):
    """Lines of the log, the newest first."""

    lines: tuple[AuditLine, ...]
    found: int
    """How many there are in all, or how many the search finds."""
    next: int | None
    """Ask for those `before` this number to go on; None at the end."""
