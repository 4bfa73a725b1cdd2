"""Refused: why a parameter can not be taken, in both languages."""

from __future__ import annotations

from titian.domain.words import Words


class RefusedError(ValueError):
    """Raised by validators: a ValueError whose reason is said in Chinese, too."""

    def __init__(self, *, zh: str, en: str) -> None:
        super().__init__(en)
        self.reason = Words(zh=zh, en=en)
