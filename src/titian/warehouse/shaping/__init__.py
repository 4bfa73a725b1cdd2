"""Shaping: typed rows into rows of the canonical tables."""

from titian.warehouse.shaping.shaped import Shaped, shape

__all__ = ["Shaped", "shape"]
