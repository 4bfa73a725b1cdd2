"""Progress: how a long piece of work says where it is, and how it is stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import duckdb

from titian.domain.words import Words

LOOK_SECONDS = 0.2


class Progress(Protocol):
    """Called now and then with the stage and the rows done; raising in it cancels the work cleanly."""

    def __call__(self, stage: Words, done: int, total: int | None) -> None: ...


def silent(stage: Words, done: int, total: int | None) -> None:
    """Progress that nobody watches."""


def watched(
    connection: duckdb.DuckDBPyConnection,
    statement: str,
    parameters: Sequence[object] = (),
    *,
    stage: Words,
    rows: int | None,
    progress: Progress,
) -> int:
    """Run one long statement while `progress` hears how far it is; return what it counted.

    Raises whatever `progress` raised, after the statement has been interrupted.
    """
    row = watched_row(connection, statement, parameters, stage=stage, rows=rows, progress=progress)
    return row[0] if row and isinstance(row[0], int) else 0


def watched_row(
    connection: duckdb.DuckDBPyConnection,
    statement: str,
    parameters: Sequence[object] = (),
    *,
    stage: Words,
    rows: int | None,
    progress: Progress,
) -> tuple[Any, ...]:
    """The same, returning the statement's first row; () when there is none."""
    outcome: list[tuple[Any, ...]] = []
    failure: list[BaseException] = []

    def work() -> None:
        try:
            outcome.append(connection.execute(statement, list(parameters)).fetchone() or ())
        except BaseException as error:
            failure.append(error)

    _follow(connection, work, lambda share: progress(stage, int((rows or 0) * share), rows))
    if failure:
        raise failure[0]
    progress(stage, rows or 0, rows)
    return outcome[0]


def _follow(connection: duckdb.DuckDBPyConnection, work: Callable[[], None], tell: Callable[[float], None]) -> None:
    thread = threading.Thread(target=work, name="titian-statement", daemon=True)
    thread.start()
    try:
        tell(0.0)
        while thread.is_alive():
            thread.join(LOOK_SECONDS)
            tell(max(0.0, min(1.0, connection.query_progress() / 100)))
    except BaseException:
        while thread.is_alive():
            connection.interrupt()
            thread.join(LOOK_SECONDS)
        raise
