"""Opening a source: which reader a path or address needs, told by its content."""

from __future__ import annotations

from pathlib import Path

from titian.domain.mapping import Mapping
from titian.warehouse.sources.source import Source


def open_source(
    path_or_url: str | Path,
    *,
    name: str | None = None,
    query: str | None = None,
    since: str | None = None,
    cursor: str | None = None,
    sheet: str | None = None,
    mapping: Mapping | None = None,
) -> Source:
    """The source behind a path, `postgresql://…?table=orders` or `sqlite:///shop.db?table=orders`.

    `name` is what the person calls the file (uploads are stored under other names). `query` replaces the table
    of a database; `cursor` and `since` read only rows whose cursor column is greater. `sheet` names one of an
    Excel file's. `mapping` brings has_header and fixed_width where a person set them.
    Raises InputError when there is nothing that can be read.
    """
    raise NotImplementedError
