"""The command line speaks English to these tests unless one says otherwise, and knows no workspace but the named."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TITIAN_LANG", "en")
    monkeypatch.delenv("TITIAN_WORKSPACE", raising=False)


@pytest.fixture
def chinese(english: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak Chinese."""
    monkeypatch.setenv("TITIAN_LANG", "zh")
