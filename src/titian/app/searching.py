"""Search."""

from __future__ import annotations

from typing import Any



def search(*given: Any) -> Any:
    raise NotImplementedError
