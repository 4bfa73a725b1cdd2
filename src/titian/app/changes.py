"""Changes."""

from __future__ import annotations

from typing import Any



def flows(*given: Any) -> Any:
    raise NotImplementedError


def impact(*given: Any) -> Any:
    raise NotImplementedError
