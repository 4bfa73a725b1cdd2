"""The outbox as people see it: how it stands, what is held, and what they let go no further."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from titian.app import masking, paging
from titian.app.acting import acting
from titian.app.answers.outbox import HaltInfo, InState, OutboxInfo, Touches, TouchInfo
from titian.app.desk import Desk
from titian.app.texts import LONGEST_WHY, text
from titian.domain.consent import Halt, HaltKind, Scope
from titian.domain.outcome import ERROR_WORDS
from titian.domain.touch import STATE_WORDS, STATES, State
from titian.errors import InputError, UnknownNameError
from titian.store import dispatchers, halts, outbox
from titian.store.outbox import Kept, Seen, Verdict

MOST = 200
VERDICTS: tuple[Verdict, ...] = ("sent", "again", "drop")
RESTORED = "restored from a backup: what waited then may have gone out since"


def stands(desk: Desk) -> OutboxInfo:
    """How many touches are in which state, what is halted, and how many processes send."""
    with desk.store.reading() as connection:
        counted = outbox.counted(connection)
        halted = halts.listed(connection)
        sending = dispatchers.beats(connection)
    order = {state: place for place, state in enumerate(STATES)}
    found = sorted(counted.items(), key=lambda one: (one[0][0], order[one[0][1]]))
    return OutboxInfo(
        states=tuple(
            InState(channel=channel, state=state, name=STATE_WORDS[state], touches=touches)
            for (channel, state), touches in found
        ),
        halts=tuple(_halt(one, desk.workspace.zone) for one in halted),
        dispatchers=len(sending),
    )


def listed(desk: Desk, state: str, channel: str | None, cursor: str | None, limit: int) -> Touches:
    """Touches of a state, the last queued first. Raises UnknownNameError, InputError."""
    if state not in STATES:
        raise UnknownNameError("state", "状态", state, list(STATES))
    meant: State = state
    seen = paging.unpacked_moment(cursor)
    with desk.store.reading() as connection:
        found = outbox.listed(connection, meant, channel, None if seen is None else Seen(*seen), limit + 1)
    shown = found[:limit]
    return Touches(
        touches=tuple(_touch(one, desk.workspace.zone) for one in shown),
        next_cursor=paging.packed_moment(shown[-1].queued_at, shown[-1].touch_id) if len(found) > limit else None,
    )


def settle(desk: Desk, touch_id: str, verdict: str) -> TouchInfo:
    """Say of a touch that is held whether it went out. Raises UnknownNameError, NotFoundError, ConflictError."""
    if verdict not in VERDICTS:
        raise UnknownNameError("answer", "处理方式", verdict, list(VERDICTS))
    meant: Verdict = verdict
    with desk.trail.telling("touch.settle", touch_id[:80]) as telling:
        found = outbox.settle_by_hand(telling.connection, touch_id, meant, datetime.now(UTC))
        telling.tell(verdict=verdict, channel=found.channel)
    return _touch(found, desk.workspace.zone)


def pause(desk: Desk, what: str, why: str = "") -> None:
    """Let nothing of it go out until it is resumed: all, channel:KEY or campaign:KEY. Raises InputError."""
    _halt_now(desk, what, "pause", why)


def stop(desk: Desk, what: str, why: str = "") -> None:
    """Cancel what waits of a campaign, for good. Raises InputError."""
    if _meant(what)[0] != "campaign":
        raise _only_campaigns()
    _halt_now(desk, what, "stop", why)


def resume(desk: Desk, what: str) -> None:
    """Let it go out again. Raises InputError, NotFoundError, ConflictError."""
    scope, key = _meant(what)
    with desk.trail.telling("outbox.resume", what) as telling:
        halts.resume(telling.connection, scope, key)
        telling.tell()


def pause_restored(desk: Desk) -> bool:
    """Pause all where a restored workspace has anything to send; whether it has.

    What a backup holds as waiting may have gone out after the backup was made: only a person can know.
    """
    with desk.store.reading() as connection:
        counted = outbox.counted(connection)
    waiting = any(state in ("queued", "leased", "paused") for _, state in counted)
    if waiting:
        pause(desk, "all", RESTORED)
    return waiting


def _halt_now(desk: Desk, what: str, kind: HaltKind, why: str) -> None:
    scope, key = _meant(what)
    said = text(why, "why", LONGEST_WHY)
    with desk.trail.telling(f"outbox.{kind}", what) as telling:
        made = Halt(scope, key, kind, acting.get(), datetime.now(UTC), said)
        if halts.halt(telling.connection, made):
            telling.tell()


def _meant(what: str) -> tuple[Scope, str]:
    scope, colon, key = what.partition(":")
    if what == "all":
        return "all", ""
    if colon and key and len(key) <= 60:
        if scope == "channel":
            return "channel", key
        if scope == "campaign":
            return "campaign", key
    raise InputError(
        f"{what[:80]!r} can't be paused",
        "say all, channel:KEY or campaign:KEY",
        zh=f"无法暂停 {what[:80]!r}",
        hint_zh="请写 all、channel:渠道 或 campaign:活动",
        field="what",
    )


def _only_campaigns() -> InputError:
    return InputError(
        "only a campaign can be stopped for good",
        "pause it instead",
        zh="只有活动可以彻底停止",
        hint_zh="请改为暂停",
        field="what",
    )


def _halt(one: Halt, zone: ZoneInfo) -> HaltInfo:
    return HaltInfo(scope=one.scope, key=one.key, kind=one.kind, by=one.by, at=one.at.astimezone(zone), why=one.why)


def _touch(one: Kept, zone: ZoneInfo) -> TouchInfo:
    sees = masking.sees_personal()
    return TouchInfo(
        touch_id=one.touch_id,
        channel=one.channel,
        campaign=one.campaign,
        customer_id=one.customer_id,
        address=one.address if sees else masking.HIDDEN,
        subject=one.content.subject if sees else masking.HIDDEN,
        state=one.state,
        tries=one.tries,
        queued_at=one.queued_at.astimezone(zone),
        tried_at=one.tried_at and one.tried_at.astimezone(zone),
        fault=None if one.fault is None else ERROR_WORDS[one.fault.kind],
        code="" if one.fault is None else one.fault.code,
        text="" if one.fault is None or not sees else one.fault.text,
    )
