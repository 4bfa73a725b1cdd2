"""What commands print: results on stdout, for people or as JSON; progress and errors on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TextIO

from pydantic import BaseModel
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from titian.app.answers import Words
from titian.cli.language import language, said, say
from titian.errors import TitianError

WIDTH = 160
"""Columns of a table where there is no terminal to ask."""


def print_json(value: BaseModel | Sequence[BaseModel] | dict[str, Any]) -> None:
    """One JSON document on stdout."""
    if isinstance(value, BaseModel):
        plain: Any = value.model_dump(mode="json")
    elif isinstance(value, dict):
        plain = value
    else:
        plain = [item.model_dump(mode="json") for item in value]
    print(json.dumps(plain, ensure_ascii=False, indent=2))


def print_text(text: str) -> None:
    """One line for people on stdout."""
    print(text)


def print_table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: frozenset[int] = frozenset(),
    to: TextIO | None = None,
) -> None:
    """A table for people, on stdout unless said otherwise; the columns in `numbers` are set flush right."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(plain(cell) for cell in row))
    _console(to or sys.stdout).print(table)


def print_error(error: TitianError, as_json: bool) -> None:
    """One line what, one line how to mend, on stderr."""
    if as_json:
        found = {
            "code": error.code,
            "error": error.message,
            "hint": error.hint,
            "error_zh": error.zh,
            "hint_zh": error.hint_zh,
            "details": error.details,
        }
        print(json.dumps({"error": found}, ensure_ascii=False, default=str), file=sys.stderr)
        return
    what, mend = error.said(language())
    marks = ("错误：", "处理：") if language() == "zh" else ("error: ", "mend:  ")
    print(f"{marks[0]}{_one_line(what)}\n{marks[1]}{_one_line(mend)}", file=sys.stderr)


class Meter:
    """A progress bar on stderr at a terminal, and silence elsewhere."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None, rate="") if progress else None

    def __call__(self, stage: Words, done: int, total: int | None) -> None:
        if self._progress is None or self._task is None:
            return
        task = self._progress.tasks[0]
        if task.description != said(stage):
            self._progress.reset(self._task, description=said(stage), total=total)
        speed = f"{task.speed:,.0f}/s" if task.speed else ""
        self._progress.update(self._task, completed=done, total=total, rate=speed)


@contextmanager
def meter(shown: bool = True) -> Iterator[Meter]:
    """A progress bar for what takes long."""
    if not shown or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield Meter(None)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=_console(sys.stderr), transient=True) as progress:
        yield Meter(progress)


def note(text: str) -> None:
    """A remark on stderr."""
    print(text, file=sys.stderr)


def note_left_out(customers: int) -> None:
    """Say, beside the answer, how many the rule of the workspace leaves out of it."""
    if customers:
        left = counted(customers, "customer", "customers")
        note(say(f"已按排除规则排除 {customers:,} 位客户", f"{left} left out by the rule of the workspace"))


def number(value: float | None, digits: int = 0) -> str:
    """A number with thousands separators; – where there is none."""
    return "–" if value is None else f"{value:,.{digits}f}"


def share(value: float | None) -> str:
    """A share as a percentage with one decimal; a half is rounded up, as in the console."""
    if value is None:
        return "–"
    percent = (Decimal(repr(float(value))) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{percent}%"


def counted(value: int, one: str, more: str) -> str:
    """An English number of things: 1 file, 2 files."""
    return f"{number(value)} {one if value == 1 else more}"


def _console(stream: TextIO) -> Console:
    return Console(
        file=stream, width=None if stream.isatty() else WIDTH, highlight=False, markup=False, soft_wrap=False
    )


def plain(cell: str) -> str:
    """Text without control characters, so that a customer's id can't paint the terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in cell)


def _one_line(text: str) -> str:
    return " ".join(plain(line).strip() for line in text.splitlines())
