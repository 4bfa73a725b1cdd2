"""Instants as the store keeps them: UTC in ISO 8601 to the microsecond, so that texts sort as they do."""

from __future__ import annotations

from datetime import UTC, datetime

FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


def written(at: datetime) -> str:
    """The text of an aware instant."""
    return at.astimezone(UTC).strftime(FORMAT)


def read(text: str) -> datetime:
    """The instant of a text, aware."""
    return datetime.fromisoformat(text)
