"""Hand-off: touches as rows of CSV files in a folder, for people or programs that send them on elsewhere."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import io
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from pydantic import Field, field_validator

from titian.domain.outcome import Accepted, Fault, Later, Outcome, Rejected
from titian.domain.spreadsheet import Cell, neutral
from titian.domain.touch import Message
from titian.domain.words import Words
from titian.errors import StorageError
from titian.reach.channel import Capabilities, ChannelKind, ChannelSettings, Surroundings

ROWS = 500
HEADINGS = (
    *("touch_id", "customer_id", "address", "to_name", "campaign", "play", "topic"),
    *("due_at", "subject", "text", "template", "unsubscribe"),
)
FOLDER = "handoff"
LONGEST_CELL = 32_000
"""What a cell of a spreadsheet holds."""


class HandoffSettings(ChannelSettings):
    """The folder below `handoff/` that files are put into (the channel's key), and which values get columns of their own."""

    kind: str = "handoff"
    folder: str | None = None
    columns: tuple[str, ...] = ()
    needs_consent: bool = True
    rows: int = Field(default=ROWS, ge=1, le=50_000)

    @field_validator("folder")
    @classmethod
    def _inside(cls, given: str | None) -> str | None:
        place = PurePosixPath(given or FOLDER)
        if place.is_absolute() or ".." in place.parts or "\\" in str(place) or place.parts[0].startswith("."):
            raise ValueError(f"{given!r} is no folder below handoff/")
        return given


class HandoffChannel:
    """Writes a file for each batch, whole or not at all. A row that was written before is not written again.

    A batch that was cut short is looked for in the files that are still in the folder; `touch_id` tells rows apart elsewhere.
    """

    def __init__(
        self, name: str, settings: HandoffSettings, folder: Path, now: Callable[[], datetime] | None = None
    ) -> None:
        self.capabilities = Capabilities(
            batch=settings.rows,
            needs_consent=settings.needs_consent,
            honours_key=True,
            longest_text=LONGEST_CELL,
            longest_subject=LONGEST_CELL,
        )
        self._name, self._settings, self._folder = name, settings, folder
        self._now = now or (lambda: datetime.now(UTC))

    async def send(self, messages: Sequence[Message]) -> list[Outcome]:
        """Write the messages into a new file."""
        return await asyncio.to_thread(self._handed_off, messages)

    async def check(self) -> Words:
        """Whether the folder can be written to. Raises StorageError."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unwritable(error) from error
        if not os.access(self._folder, os.W_OK):
            raise self._unwritable(PermissionError(13, "no permission to write"))
        return Words(zh=f"文件写入 {self._folder}", en=f"files go into {self._folder}")

    async def close(self) -> None:
        """There is nothing to let go of."""

    def _handed_off(self, messages: Sequence[Message]) -> list[Outcome]:
        found: dict[str, Outcome] = {one.key: fault for one in messages if (fault := _refused(one)) is not None}
        rest = [one for one in messages if one.key not in found]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            found |= dict.fromkeys(self._there({one.key for one in rest if one.tries > 1}), Accepted("earlier file"))
            new = [one for one in rest if one.key not in found]
            found |= dict.fromkeys((one.key for one in new), Accepted(self._write(new) if new else ""))
        except OSError as error:
            fault = Later(Fault("transient", error.strerror or type(error).__name__), peer=True)
            found |= {one.key: fault for one in rest if one.key not in found}
        return [found[one.key] for one in messages]

    def _there(self, keys: set[str]) -> Iterator[str]:
        """Those that a file in the folder has already."""
        for path in sorted(self._folder.glob("*.csv")) if keys else ():
            with path.open(encoding="utf-8-sig", newline="") as file:
                yield from (row[0] for row in csv.reader(file) if row and row[0] in keys)

    def _write(self, messages: Sequence[Message]) -> str:
        digest = hashlib.sha256("".join(one.key for one in messages).encode()).hexdigest()[:12]
        path = self._folder / f"{self._name}-{self._now():%Y%m%d-%H%M%S}-{digest}.csv"
        beside = path.with_name(f".{path.name}.part")
        try:
            with beside.open("w", encoding="utf-8-sig", newline="") as file:
                file.write(self._text(messages))
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError:
            beside.unlink(missing_ok=True)
            raise
        _flush(self._folder)
        return path.name

    def _text(self, messages: Sequence[Message]) -> str:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([*HEADINGS, *self._settings.columns])
        writer.writerows([neutral(cell) for cell in self._cells(one)] for one in messages)
        return text.getvalue().replace("\0", "")

    def _cells(self, message: Message) -> Iterator[Cell]:
        content = message.content
        yield from (message.key, message.customer_id, message.address, content.to_name)
        yield from (message.campaign, message.play, message.topic, message.due_at.isoformat())
        yield from (content.subject, content.text, content.template, content.unsubscribe)
        for name in self._settings.columns:
            value = content.data.get(name)
            yield value if isinstance(value, str | int | float | None) else str(value)

    def _unwritable(self, error: OSError) -> StorageError:
        return StorageError(
            f"the folder {self._folder} can't be written to: {error.strerror}",
            "check free space and permissions of that folder",
            zh=f"无法写入文件夹 {self._folder}：{error.strerror}",
            hint_zh="请检查该文件夹的剩余空间和权限",
            folder=str(self._folder),
        )


def _refused(message: Message) -> Outcome | None:
    longest = max(len(message.content.text), len(message.content.subject))
    return (
        Rejected(Fault("content", "too_long", f"more than {LONGEST_CELL} letters")) if longest > LONGEST_CELL else None
    )


def _flush(folder: Path) -> None:
    """Have the disk keep that the file is there; systems whose folders can't be opened keep it by themselves."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _open(settings: ChannelSettings, around: Surroundings) -> HandoffChannel:
    assert isinstance(settings, HandoffSettings)
    folder = around.folder / FOLDER / (settings.folder or around.name)
    return HandoffChannel(around.name, settings, folder)


KIND = ChannelKind(Words(zh="文件交接", en="file hand-off"), HandoffSettings, _open, 1)
