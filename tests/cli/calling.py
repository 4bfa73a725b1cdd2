"""The command line, called as a person or a machine does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from titian.cli.main import run


@dataclass(frozen=True)
class Called:
    code: int
    out: str
    err: str


def titian(*arguments: str | Path, folder: Path | None = None, **environment: str) -> Called:
    """Run `titian …` in a process of its own, in English unless TITIAN_LANG says otherwise."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TITIAN", "LC_", "LANG"))}
    ran = subprocess.run(
        command(*arguments), cwd=folder, env={**kept, **environment}, capture_output=True, text=True, timeout=180,
        stdin=subprocess.DEVNULL, check=False, encoding="utf-8",
    )  # fmt: skip
    return Called(ran.returncode, ran.stdout, ran.stderr)


def command(*arguments: str | Path) -> Sequence[str]:
    return [sys.executable, "-m", "titian", *(str(argument) for argument in arguments)]


def here(printed: pytest.CaptureFixture[str], *arguments: str | Path) -> Called:
    """Run `titian …` in this process, in the language of TITIAN_LANG."""
    printed.readouterr()
    code = run([str(argument) for argument in arguments])
    said = printed.readouterr()
    return Called(code, said.out, said.err)
