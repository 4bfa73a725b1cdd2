"""Returned mail: what bounced and who complains, read from letters that came back, and what follows from it."""

from __future__ import annotations

import mailbox
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from titian.app.answers.outbox import ReportsRead
from titian.app.desk import Desk
from titian.domain.consent import Consent
from titian.errors import InputError
from titian.reach.email_reports import Report, reports
from titian.store import consents, outbox
from titian.store.database import Connection


def read(desk: Desk, letters: Iterable[bytes]) -> ReportsRead:
    """Take in what letters report: touches that bounced have failed, who complains refuses more over that channel.

    The same letter again changes nothing more, but that a complaint is noted once more.
    """
    counted: Counter[str] = Counter()
    with desk.trail.telling("touch.report", uuid4().hex[:12]) as telling:
        for letter in letters:
            found = reports(letter)
            counted["others"] += not found
            counted.update(_taken_in(telling.connection, one) for one in found)
        if counted["bounced"] or counted["complaints"]:
            telling.tell(bounced=counted["bounced"], complaints=counted["complaints"])
    return ReportsRead(
        bounced=counted["bounced"],
        complaints=counted["complaints"],
        delayed=counted["delayed"],
        unknown=counted["unknown"],
        others=counted["others"],
    )


def letters_in(place: Path) -> Iterator[bytes]:
    """The letters of a file (.eml, or an mbox), or of a folder of files (a Maildir, too). Raises InputError."""
    try:
        if place.is_dir():
            for path in sorted(path for path in place.rglob("*") if path.is_file()):
                yield path.read_bytes()
            return
        with place.open("rb") as file:
            is_mbox = file.read(5) == b"From "
        if is_mbox:
            yield from (one.as_bytes() for one in mailbox.mbox(place, create=False))
        else:
            yield place.read_bytes()
    except OSError as error:
        raise InputError(
            f"{place} can't be read: {error.strerror}",
            "give a file of a letter, an mbox, or a folder of them",
            zh=f"无法读取 {place}：{error.strerror}",
            hint_zh="请指定邮件文件、mbox 或其文件夹",
            file=str(place),
        ) from error


def _taken_in(connection: Connection, report: Report) -> str:
    """Take in one report; what it counts as."""
    now = datetime.now(UTC)
    if report.kind == "delay":
        return "delayed"
    found = None if report.key is None else outbox.report(connection, report.key, report.fault, now)
    if found is None:
        return "unknown"
    if report.kind == "bounce":
        return "bounced"
    if found.customer_id:
        proof = f"feedback report on {found.touch_id}"
        said = Consent(found.customer_id, False, now, "complaint", found.channel, proof=proof)
        consents.record(connection, [said])
    return "complaints"
