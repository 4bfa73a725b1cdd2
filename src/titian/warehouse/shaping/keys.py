"""Keys: ids for rows that came without one, made of their content and of how many the same stood before."""

from __future__ import annotations

from collections.abc import Sequence

from titian.warehouse import sql

LENGTH = 20
"""Hexadecimal digits kept of the hash: 80 bits."""


def content(columns: Sequence[str]) -> str:
    """All of a row as one text; a column without a value does not count, so later columns change no id."""
    said = ", ".join(
        f"CASE WHEN {sql.name(c)} IS NOT NULL THEN {sql.literal(c + '=')} || CAST({sql.name(c)} AS VARCHAR) END"
        for c in columns
    )
    return f"concat_ws(chr(31), {said})"


def made(prefix: str) -> str:
    """The id of a row with its `content` and `occurrence`."""
    return f'{sql.literal(prefix)} || left(md5("content" || chr(31) || occurrence), {LENGTH})'
