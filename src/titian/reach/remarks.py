"""Remarks in the log, that nothing depends on: a log that can't be written to, on a disk that is full, ends no dispatcher."""

from __future__ import annotations

from contextlib import suppress

import structlog

_log = structlog.get_logger("titian.reach")


def remark(said: str, **more: object) -> None:
    """Say something in the log, if it takes it."""
    with suppress(OSError, ValueError):
        _log.warning(said, **more)
