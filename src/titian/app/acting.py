"""Acting: who does what is being done, known to the audit log without being handed on by every call."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

NOBODY = "python"
"""Who acts where nobody said: a program that uses the package."""
acting: ContextVar[str] = ContextVar("acting", default=NOBODY)
"""Who acts: who is signed in, the console where nobody has to, or the account on this machine that called a command."""


def account() -> str:
    """The account that runs this process; some have a number and no name."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError, ImportError):
        return "cli:?"


@contextmanager
def acting_as(name: str) -> Iterator[None]:
    """Somebody acts, until the end of the block."""
    before = acting.set(name)
    try:
        yield
    finally:
        acting.reset(before)
