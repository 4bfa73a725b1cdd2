"""Layerings."""

from __future__ import annotations

from typing import Any



def summaries(*given: Any) -> Any:
    raise NotImplementedError


def now(*given: Any) -> Any:
    raise NotImplementedError
