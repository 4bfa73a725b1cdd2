"""Publishing."""

from __future__ import annotations

from typing import Any



def definition(*given: Any) -> Any:
    raise NotImplementedError


def publish(*given: Any) -> Any:
    raise NotImplementedError
