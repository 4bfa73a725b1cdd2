"""Parsing: text cells into typed values by a mapping, every row checked."""

from titian.warehouse.parsing.typed import TextRows, Typed, type_rows

__all__ = ["TextRows", "Typed", "type_rows"]
