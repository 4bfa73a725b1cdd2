"""The application behind `titian`, and what its exit codes mean: 0 done, 1 the work failed, 2 the call was wrong."""

from __future__ import annotations

import sys
from typing import Annotated

import structlog
import typer

from titian.app.about import VERSION
from titian.app.acting import account, acting
from titian.cli import (
    answering,
    audiences,
    auditing,
    data,
    events,
    experimenting,
    funnelling,
    knowing,
    layers,
    leaving_out,
    noting,
    people,
    planning,
    portraying,
    privacy,
    reaching,
    selecting,
    serving,
    staffing,
    tags,
    undoing,
    workspaces,
)
from titian.cli.language import say
from titian.cli.screen import print_error
from titian.errors import InputError, NotFoundError, StorageError, TitianError

FAILED_WORK = frozenset({"rejected"})
"""Codes of input errors that lie in the data of a call that was right."""

app = typer.Typer(
    name="titian",
    help="Customer layers, flows, plays and proof. 用户分层与生命周期运营。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

for commands in (
    workspaces.COMMANDS,
    data.COMMANDS,
    events.COMMANDS,
    undoing.COMMANDS,
    layers.COMMANDS,
    leaving_out.COMMANDS,
    selecting.COMMANDS,
    audiences.COMMANDS,
    portraying.COMMANDS,
    experimenting.COMMANDS,
    funnelling.COMMANDS,
    tags.COMMANDS,
    staffing.COMMANDS,
    noting.COMMANDS,
    knowing.COMMANDS,
    planning.COMMANDS,
    reaching.COMMANDS,
    answering.COMMANDS,
    privacy.COMMANDS,
    people.COMMANDS,
    auditing.COMMANDS,
    serving.COMMANDS,
):
    for name, command in commands.items():
        app.command(name)(command)


def _version(asked: bool) -> None:
    if asked:
        print(f"titian {VERSION}")
        raise typer.Exit()


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """What holds for every command."""


def main() -> None:
    """Run the command that was called."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            # The default prints local variables: whole queries, seconds of work, and customers' data in a log.
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run a command and give its exit code."""
    as_json = "--json" in arguments
    acts = acting.set(account())
    try:
        app(args=arguments)
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 1
    except (InputError, NotFoundError) as error:
        print_error(error, as_json)
        return 1 if error.code in FAILED_WORK else 2
    except TitianError as error:
        print_error(error, as_json)
        return 1
    except KeyboardInterrupt:
        print(say("已中断，未写入半成品。", "stopped; nothing half done was kept."), file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stdout = None  # the reader has gone; there is nobody to flush to
        return 1
    except MemoryError:
        print_error(_memory(), as_json)
        return 1
    finally:
        acting.reset(acts)
    return 0


def _memory() -> StorageError:
    return StorageError(
        "there is not enough memory for this",
        "close other programs, or use a machine with more",
        zh="内存不足",
        hint_zh="请关闭其他程序，或换用内存更大的机器",
    )
