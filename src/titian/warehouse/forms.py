"""Forms: queries that are asked again of other tables and other values, written once.

To build and compile an expression takes longer than many a small query does.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Concatenate, NamedTuple

import ibis
import ibis.expr.types as ir

Blanks = Mapping[str, ir.Scalar]


@dataclass(frozen=True)
class Form:
    """A query with blanks for values and tables, and what is to be filled in.

    `write` makes the query of the blanks and the tables; `about` tells all else that it depends on. The tables are kept
    relations, and their columns tell which query it is, too.
    """

    about: Hashable
    write: Callable[Concatenate[Blanks, ...], ir.Table]
    tables: tuple[ir.Table, ...]
    values: Mapping[str, datetime | int]


class Written(NamedTuple):
    """The text of a form's query, and the columns of what it finds."""

    query: str
    columns: ibis.Schema
