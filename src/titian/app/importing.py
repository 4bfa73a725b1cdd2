"""Importing."""

from __future__ import annotations

from typing import Any



def guess(*given: Any) -> Any:
    raise NotImplementedError


def start(*given: Any) -> Any:
    raise NotImplementedError


def runs(*given: Any) -> Any:
    raise NotImplementedError


def run(*given: Any) -> Any:
    raise NotImplementedError


def rejects(*given: Any) -> Any:
    raise NotImplementedError


def cancel(*given: Any) -> Any:
    raise NotImplementedError
