"""consent, tasks, returned-mail: what customers agree to, what the team does for them, and mail that came back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from titian.app.answers.outbox import Consents, ReportsRead, TaskInfo, Tasks
from titian.cli.language import said, say
from titian.cli.options import AsJson, Commands, InWorkspace, desk
from titian.cli.screen import number, plain, print_json, print_text
from titian.errors import InputError

MOST_SHOWN = 500


def consent(
    customer: Annotated[str, typer.Argument(help="The id of a customer.")],
    agree: Annotated[bool, typer.Option("--agree", help="They agree.")] = False,
    refuse: Annotated[bool, typer.Option("--refuse", help="They refuse.")] = False,
    channel: Annotated[str, typer.Option(help="For this channel; else for every one.")] = "",
    topic: Annotated[str, typer.Option(help="For this topic; else for every one.")] = "",
    source: Annotated[str, typer.Option(help="Where they said it: form, reply, phone …")] = "by hand",
    proof: Annotated[str, typer.Option(help="What shows it.")] = "",
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Show what a customer agreed to and refused, or write down that they agree or refuse from now on."""
    # What sends and what the store keeps take half a second to load.
    from titian.app import consenting

    if agree and refuse:
        raise _either()
    with desk(workspace) as opened:
        if agree or refuse:
            found = consenting.say(opened, customer, agree, channel=channel, topic=topic, source=source, proof=proof)
        else:
            found = consenting.of_customer(opened, customer)
    print_json(found) if as_json else _consents(found)


def tasks(
    state: Annotated[str, typer.Option(help="open, done or not_reached.")] = "open",
    staff: Annotated[str | None, typer.Option(help="Only those of this member of the team.")] = None,
    done: Annotated[str | None, typer.Option("--done", help="A task that is done.")] = None,
    not_reached: Annotated[
        str | None, typer.Option("--not-reached", help="A task whose customer was not reached.")
    ] = None,
    what: Annotated[str, typer.Option("--note", help="What came of it.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=MOST_SHOWN, help="How many are listed.")] = 50,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """List what the team is to do for customers, or say what came of it."""
    # What sends and what the store keeps take half a second to load.
    from titian.app import tasks as team

    if done is not None and not_reached is not None:
        raise _either()
    with desk(workspace) as opened:
        ending = done or not_reached
        if ending is not None:
            ended = team.end(opened, ending, "done" if done else "not_reached", what)
            print_json(ended) if as_json else _task(ended)
            return
        found = team.listed(opened, state, staff, limit)
    print_json(found) if as_json else _tasks(found)


def returned(
    places: Annotated[list[Path], typer.Argument(help="Letters (.eml, mbox) or folders of them; - is stdin.")],
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Read letters that came back: touches that bounced have failed, who complains gets no more of it."""
    # What sends and what the store keeps take half a second to load.
    from titian.app import returned_mail

    with desk(workspace) as opened:
        found = returned_mail.read(opened, _letters(places))
    print_json(found) if as_json else _read(found)


def _letters(places: list[Path]) -> Iterator[bytes]:
    # What sends and what the store keeps take half a second to load.
    from titian.app import returned_mail

    for place in places:
        if str(place) == "-":
            yield sys.stdin.buffer.read()
        else:
            yield from returned_mail.letters_in(place)


def _either() -> InputError:
    return InputError(
        "these two exclude each other",
        "give one of them",
        zh="这两个选项不能同时使用",
        hint_zh="请只用其中一个",
    )


def _consents(found: Consents) -> None:
    if not found.consents:
        print_text(say("没有记录", "nothing was said"))
    for one in found.consents:
        word = say("同意", "agreed") if one.given else say("拒绝", "refused")
        scope = f"{one.channel or say('全部渠道', 'every channel')} / {one.topic or say('全部主题', 'every topic')}"
        proof = f" · {one.proof}" if one.proof else ""
        print_text(plain(f"{one.at:%Y-%m-%d %H:%M} · {word} · {scope} · {one.source} · {one.by}{proof}"))


def _tasks(found: Tasks) -> None:
    if not found.tasks:
        print_text(say("没有任务", "there is nothing to do"))
    for one in found.tasks:
        _task(one)


def _task(one: TaskInfo) -> None:
    rest = f" · {one.note}" if one.note else ""
    print_text(
        plain(
            f"{one.id} · {one.due_at:%Y-%m-%d} · {said(one.name)} · {one.staff or '–'} · {one.customer_id} · {one.title}{rest}"
        )
    )


def _read(found: ReportsRead) -> None:
    bounced, complaints, unknown = (number(n) for n in (found.bounced, found.complaints, found.unknown))
    print_text(
        say(
            f"退信 {bounced} 封，投诉 {complaints} 封，未知触达 {unknown} 封",
            f"{bounced} bounced, {complaints} complaints, {unknown} of touches that are not here",
        )
    )


COMMANDS: Commands = {"consent": consent, "tasks": tasks, "returned-mail": returned}
