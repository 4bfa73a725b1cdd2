"""channels, send-test, dispatch, outbox: the ways to reach people, and what goes out over them."""

from __future__ import annotations

from typing import Annotated

import typer

from titian.app import channels as reach
from titian.app.answers.outbox import ChannelInfo, Channels, Dispatched, OutboxInfo, Touches, TouchInfo, Tried
from titian.app.desk import Desk
from titian.cli.language import said, say
from titian.cli.options import AsJson, Commands, InWorkspace, desk
from titian.cli.screen import note, number, plain, print_json, print_table, print_text
from titian.errors import InputError

MOST_SHOWN = 200


def channels(
    channel: Annotated[str | None, typer.Argument(help="One channel; without it, all.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Look whether they would work; nothing is sent.")] = False,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """List the channels of the workspace, or look whether they would work (exit 1 where one would not)."""
    with desk(workspace) as opened:
        found = reach.listed(opened, check, channel)
    print_json(found) if as_json else _channels(found)
    if any(one.problem is not None for one in found.channels):
        raise typer.Exit(1)


def send_test(
    channel: Annotated[str, typer.Argument(help="The key of a channel.")],
    address: Annotated[str, typer.Argument(help="Whom to send it to: an e-mail address, a phone …")] = "",
    text: Annotated[str, typer.Option("--text", help="What it says.")] = "",
    subject: Annotated[str, typer.Option("--subject", help="Its subject.")] = "",
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Send one message at once (exit 1 where it was not taken)."""
    with desk(workspace) as opened:
        found = reach.send_test(opened, channel, address, text, subject)
    print_json(found) if as_json else _tried(found)
    if found.outcome != "accepted":
        raise typer.Exit(1)


def dispatch(
    once: Annotated[bool, typer.Option("--once", help="End when nothing is due any more.")] = False,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Send what is due, until it is stopped (Ctrl+C): what is on its way is let arrive."""
    # What sends and what the store keeps take half a second to load.
    from titian.app import dispatching

    with desk(workspace) as opened:
        if not once:
            note(say("正在发送（Ctrl+C 结束）", "sending (Ctrl+C ends it)"))
        found = dispatching.dispatch(opened, once)
    print_json(found) if as_json else _dispatched(found)


def outbox(
    held: Annotated[
        bool, typer.Option("--held", help="List what waits for a person to say whether it went out.")
    ] = False,
    failed: Annotated[bool, typer.Option("--failed", help="List what failed.")] = False,
    channel: Annotated[str | None, typer.Option(help="Only of this channel, in a list.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST_SHOWN, help="How many are listed.")] = 20,
    settle: Annotated[
        str | None, typer.Option("--settle", help="A touch that is held: say with --as what it is.")
    ] = None,
    verdict: Annotated[
        str | None, typer.Option("--as", help="sent: it went out; again: send it again; drop: let it be.")
    ] = None,
    pause: Annotated[str | None, typer.Option("--pause", help="all, channel:KEY or campaign:KEY.")] = None,
    resume: Annotated[str | None, typer.Option("--resume", help="What was paused.")] = None,
    stop: Annotated[str | None, typer.Option("--stop", help="campaign:KEY: cancel what waits of it, for good.")] = None,
    why: Annotated[str, typer.Option(help="Why it is paused or stopped.")] = "",
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Show how many touches wait, are sent, failed or held; settle what is held; pause, resume and stop."""
    # What sends and what the store keeps take half a second to load.
    from titian.app import outbox as outboxes

    asked = [one for one in (settle, pause, resume, stop) if one is not None]
    if len(asked) + held + failed > 1 or (settle is None) != (verdict is None):
        raise _one_at_a_time()
    with desk(workspace) as opened:
        if settle is not None and verdict is not None:
            settled = outboxes.settle(opened, settle, verdict)
            print_json(settled) if as_json else _touch(settled)
            return
        if held or failed:
            listed = outboxes.listed(opened, "held" if held else "failed", channel, None, limit)
            print_json(listed) if as_json else _touches(listed)
            return
        _halt(opened, pause, resume, stop, why)
        stands = outboxes.stands(opened)
    print_json(stands) if as_json else _stands(stands)


def _halt(opened: Desk, pause: str | None, resume: str | None, stop: str | None, why: str) -> None:
    # What sends and what the store keeps take half a second to load.
    from titian.app import outbox as outboxes

    if pause is not None:
        outboxes.pause(opened, pause, why)
    if resume is not None:
        outboxes.resume(opened, resume)
    if stop is not None:
        outboxes.stop(opened, stop, why)


def _one_at_a_time() -> InputError:
    return InputError(
        "outbox does one thing at a time, and --settle needs --as",
        "titian outbox --settle TOUCH --as sent|again|drop",
        zh="每次只能执行一项操作；--settle 须与 --as 同用",
        hint_zh="titian outbox --settle 触达编号 --as sent|again|drop",
    )


def _channels(found: Channels) -> None:
    if not found.channels:
        print_text(
            say(
                "还没有渠道；请在 titian.yaml 的 channels 中设置",
                "no channels yet: set them up under channels in titian.yaml",
            )
        )
        return
    headings = (say("渠道", "channel"), say("类型", "kind"), say("并发", "slots"), say("状态", "found"))
    rows = [(one.key, said(one.name), str(one.slots), _state_of(one)) for one in found.channels]
    print_table(headings, rows, frozenset({2}))


def _state_of(one: ChannelInfo) -> str:
    if one.problem is not None and one.mend is not None:
        return f"{said(one.problem)} — {said(one.mend)}"
    return "" if one.found is None else said(one.found)


def _tried(found: Tried) -> None:
    detail = " ".join(part for part in (found.code, found.text) if part)
    print_text(plain(said(found.said) + (f" ({detail})" if detail else "")))


def _dispatched(found: Dispatched) -> None:
    sent, queued, held, failed = (number(n) for n in (found.sent, found.queued, found.held, found.failed))
    print_text(
        say(
            f"已发送 {sent} 条，重试 {queued} 次，待确认 {held} 条，失败 {failed} 条",
            f"{sent} sent, {queued} to be tried again, {held} held, {failed} failed",
        )
    )
    for one in found.unusable:
        note(f"{one.key}: {plain(_state_of(one))}")
    if found.held:
        note(say("查看待确认的触达：titian outbox --held", "see what is held: titian outbox --held"))


def _stands(found: OutboxInfo) -> None:
    if not found.states:
        print_text(say("没有触达", "there are no touches"))
    else:
        headings = (say("渠道", "channel"), say("状态", "state"), say("触达", "touches"))
        print_table(
            headings, [(one.channel, said(one.name), number(one.touches)) for one in found.states], frozenset({2})
        )
    for one in found.halts:
        what = ":".join(part for part in (one.scope, one.key) if part)
        kind = say("已停止", "stopped") if one.kind == "stop" else say("已暂停", "paused")
        why = f" · {one.why}" if one.why else ""
        print_text(plain(f"{kind} {what} · {one.by} · {one.at:%Y-%m-%d %H:%M}{why}"))


def _touches(found: Touches) -> None:
    if not found.touches:
        print_text(say("没有", "there are none"))
    for one in found.touches:
        _touch(one)
    if found.next_cursor is not None:
        note(say("还有更多：--limit", "there are more: --limit"))


def _touch(one: TouchInfo) -> None:
    fault = "" if one.fault is None else f" · {said(one.fault)} {one.code} {one.text}".rstrip()
    print_text(plain(f"{one.touch_id} · {one.channel} · {one.state} · {one.customer_id} · {one.address}{fault}"))


COMMANDS: Commands = {"channels": channels, "send-test": send_test, "dispatch": dispatch, "outbox": outbox}
