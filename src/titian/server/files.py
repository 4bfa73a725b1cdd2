"""Files: exports on their way to a browser."""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import quote

from fastapi.responses import StreamingResponse

from titian.app.exporting import MEDIA_TYPES, Export

FileKind = Literal["csv", "xlsx", "parquet"]

FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "All selected rows as a file",
        "content": {media.partition(";")[0]: {} for media in MEDIA_TYPES.values()},
    }
}
"""What a route that answers with a file says of it."""


def as_file(exported: Export) -> StreamingResponse:
    """An export as an answer that a browser saves under its name."""
    disposition = f"attachment; filename*=UTF-8''{quote(exported.name)}"
    return StreamingResponse(
        exported.chunks, media_type=exported.media_type, headers={"Content-Disposition": disposition}
    )
