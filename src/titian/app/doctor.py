"""Doctor."""

from __future__ import annotations

from typing import Any



def checks(*given: Any) -> Any:
    raise NotImplementedError
