"""SQL text: quoting of names and literals where text is generated, and named statements kept in .sql files."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

_NAMED = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


def name(identifier: str) -> str:
    """An identifier, quoted."""
    return '"' + identifier.replace('"', '""') + '"'


def names(identifiers: list[str] | tuple[str, ...]) -> str:
    """Identifiers, quoted, with commas between."""
    return ", ".join(name(identifier) for identifier in identifiers)


def literal(value: str) -> str:
    """A text literal, quoted."""
    return "'" + value.replace("'", "''") + "'"


@lru_cache(maxsize=32)
def statements(file: str, package: str = "titian.warehouse") -> dict[str, str]:
    """The statements of a .sql file of a package by the name on the line `-- name: …` above each."""
    text = resources.files(package).joinpath(file).read_text("utf-8")
    parts = _NAMED.split(text)
    return {key: body.strip().rstrip(";") for key, body in zip(parts[1::2], parts[2::2], strict=True)}
