"""Exporting."""

from __future__ import annotations

from typing import Any



def export(*given: Any) -> Any:
    raise NotImplementedError
MEDIA_TYPES: dict[str, str] = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "parquet": "application/vnd.apache.parquet"}
