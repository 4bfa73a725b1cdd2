"""Payload: the bytes of a file with their wrappings (gzip, zip) taken off, as a stream or as a file on disk."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from titian.domain.words import Words
from titian.warehouse.sources import archive, faults
from titian.warehouse.sources.content import HEAD_BYTES, Content, recognise
from titian.warehouse.sources.encoding import CHUNK
from titian.warehouse.sources.marks import Marks

_OPENERS = {"gzip": archive.open_gzip, "zip": archive.open_zip}


@dataclass(frozen=True)
class Payload:
    """A file as it was given: where it lies, what the person calls it, how it is wrapped, what is inside."""

    path: Path
    name: str
    wrapping: str | None
    """gzip, zip or None."""
    inner_name: str
    """The file's name without the wrapping."""
    content: Content
    head: bytes
    """The first megabyte of what is inside."""

    @property
    def whole(self) -> bool:
        """True when the head is all there is."""
        return len(self.head) < HEAD_BYTES

    @property
    def suffix(self) -> str:
        """The ending of the inner name, lower case, without the dot."""
        return PurePath(self.inner_name).suffix.lower().lstrip(".")

    @property
    def size(self) -> int:
        """Bytes of the file as it was given."""
        return self.path.stat().st_size

    @contextmanager
    def stream(self) -> Iterator[BinaryIO]:
        """What is inside, from the start."""
        if self.wrapping is None:
            with self.path.open("rb") as plain:
                yield plain
        else:
            with _OPENERS[self.wrapping](self.path, self.name) as unpacked:
                yield unpacked

    @contextmanager
    def on_disk(self, folder: Path | None = None) -> Iterator[Path]:
        """What is inside as a file of its own: the file itself, or a temporary copy (in `folder`) when wrapped."""
        if self.wrapping is None:
            yield self.path
            return
        with tempfile.TemporaryDirectory(prefix="titian-", dir=folder) as made:
            copy = Path(made) / "content"
            with self.stream() as stream, copy.open("wb") as out:
                while block := stream.read(CHUNK):
                    out.write(block)
            yield copy


def look(path: Path, name: str) -> Payload:
    """Take a first look at a file: is it there, is it wrapped, what is inside. Raises SourceError."""
    outer = _head(path, name)
    wrapping = recognise(outer)
    if wrapping.kind not in _OPENERS:
        return Payload(path, name, None, name, wrapping, outer)
    inner_name = archive.member_name(path, name) if wrapping.kind == "zip" else _without_gz(name)
    with _OPENERS[wrapping.kind](path, name) as stream:
        head = _read_head(stream)
    if not head.strip():
        raise faults.empty(name)
    content = recognise(head)
    if content.kind in _OPENERS:
        raise faults.unknown_format(name, Words(zh="压缩包里的压缩包", en="an archive within an archive"))
    return Payload(path, name, wrapping.kind, inner_name, content, head)


def _head(path: Path, name: str) -> bytes:
    if not path.exists():
        raise faults.no_such_file(str(path))
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except OSError:
        raise faults.not_a_file(str(path)) from None
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise faults.empty(name)
    return head


def _read_head(stream: BinaryIO) -> bytes:
    head = b""
    while len(head) < HEAD_BYTES and (block := stream.read(HEAD_BYTES - len(head))):
        head += block
    return head


def _without_gz(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name


@dataclass(frozen=True)
class Fingerprint:
    """What one pass over the original bytes tells."""

    sha256: str
    bytes: int
    marks: Marks


def fingerprint(path: Path, tick: Callable[[int], None] | None = None) -> Fingerprint:
    """Read the file once; `tick` is told the bytes so far and may raise to cancel."""
    digest, size, marks = hashlib.sha256(), 0, Marks()
    with path.open("rb") as stream:
        while block := stream.read(CHUNK):
            digest.update(block)
            marks.see(block)
            size += len(block)
            if tick:
                tick(size)
    return Fingerprint(digest.hexdigest(), size, marks)
