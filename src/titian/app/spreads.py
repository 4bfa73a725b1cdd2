"""Spreads."""

from __future__ import annotations

from typing import Any



def traits(*given: Any) -> Any:
    raise NotImplementedError


def cuts(*given: Any) -> Any:
    raise NotImplementedError


def recency_frequency(*given: Any) -> Any:
    raise NotImplementedError
