"""Parsing: cells into typed values by a mapping, every row checked."""

from titian.warehouse.parsing.typed import Rows, Typed, text_rows, type_rows

__all__ = ["Rows", "Typed", "text_rows", "type_rows"]
