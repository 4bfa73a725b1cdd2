"""Encoding: which one a text is in, the place where it breaks, and turning it into UTF-8 as a stream."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from titian.warehouse.sources import faults
from titian.warehouse.sources.marks import Marks

CHUNK = 1 << 20
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BLIND_TO_UTF8 = frozenset({"gb18030", "cp1252"})
"""Encodings in which a line of UTF-8 would pass unnoticed."""

PLAIN = frozenset({"utf-8", "utf-8-sig"})
"""Encodings that readers take as they are."""

NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "gb18030": "GB18030",
    "cp1252": "Windows-1252",
    "latin-1": "ISO-8859-1",
}

_CONTROLS = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HIGH_RUN = re.compile(rb"[\x80-\xff][\x00-\xff]?")
_CHINESE_IN_UTF8 = re.compile(rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){2}")


def called(encoding: str) -> str:
    """The name that people know an encoding by."""
    return NAMES.get(encoding, encoding.upper())


def detect(head: bytes) -> str:
    """The encoding that the head of a file speaks for; UTF-8 when it is plain ASCII."""
    for bom, encoding in BOMS:
        if head.startswith(bom):
            return encoding
    if found := _utf16_without_mark(head):
        return found
    lines = head.split(b"\n") if len(head) < CHUNK else head.split(b"\n")[:-1]
    survey = Survey()
    for line in lines:
        survey.look(line, 0)
    return survey.verdict()


def _utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 by its zeros: every other byte of what is written in ASCII, unless they are stray ones in another text."""
    start = head[: 1 << 14]
    if b"\0" not in start:
        return None
    even, odd = start[0::2], start[1::2]
    for name, high, low in (("utf-16-be", even, odd), ("utf-16-le", odd, even)):
        share, other = high.count(b"\0") / len(high), low.count(b"\0") / len(high)
        if share > 0.2 and other < share / 10:
            return None if share <= 0.5 and _text_without_zeros(start) else name
    return None


def _text_without_zeros(start: bytes) -> bool:
    """Whether it is UTF-8 but for its zeros; letters in UTF-16 that have none hold bytes that no such text has."""
    rest = start.replace(b"\0", b"")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(rest)
    except UnicodeDecodeError:
        return False
    return _CONTROLS.search(rest) is None


@dataclass
class Survey:
    """Counts of lines by the encodings they can be in; lines of plain ASCII say nothing."""

    utf8: int = 0
    chinese_utf8: int = 0
    gb: int = 0
    neither: int = 0
    firsts: dict[str, tuple[int, int, bytes]] = field(default_factory=dict)
    """The first line of each sort: its number, the byte where it starts, its bytes."""

    def look(self, line: bytes, number: int, start: int = 0) -> None:
        """Count one line."""
        if line.isascii():
            return
        sort = _sort(line)
        if sort == "utf8":
            self.utf8 += 1
            self.chinese_utf8 += bool(_CHINESE_IN_UTF8.search(line))
        elif sort == "gb":
            self.gb += 1
        else:
            self.neither += 1
        self.firsts.setdefault(sort, (number, start, line[:400]))

    def verdict(self) -> str:
        """The encoding of most lines."""
        other = self.gb + self.neither
        if self.utf8 >= other:
            return "utf-8"
        return "gb18030" if self.gb >= 4 * self.neither else "cp1252"

    def stranger(self, encoding: str) -> tuple[int, int, bytes] | None:
        """The first line that is in another encoding than `encoding`, if any."""
        if encoding == "utf-8":
            strangers = [self.firsts[sort] for sort in ("gb", "neither") if sort in self.firsts]
        else:
            strangers = [self.firsts["utf8"]] if self.chinese_utf8 else []
            strangers += [self.firsts["neither"]] if encoding == "gb18030" and self.neither else []
        return min(strangers, default=None)


def _sort(line: bytes) -> str:
    """Which sort of line: utf8, gb or neither."""
    if _decodes(line, "utf-8"):
        return "utf8"
    return "gb" if _decodes(line, "gb18030") and _in_pairs(line) else "neither"


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _in_pairs(line: bytes) -> bool:
    """True when high bytes come in twos, as Chinese text has them and accented letters of the West do not."""
    runs: list[bytes] = _HIGH_RUN.findall(line)
    pairs = sum(len(run) == 2 and run[1] >= 0x80 for run in runs)
    return pairs * 2 >= len(runs)


def survey(stream: BinaryIO) -> Survey:
    """Look at every line of a file once; plain ASCII goes by fast."""
    seen = Survey()
    rest, number, start = b"", 1, 0
    while chunk := stream.read(CHUNK):
        block = rest + chunk
        cut = block.rfind(b"\n") + 1
        block, rest = (block[:cut], block[cut:]) if cut else (b"", block)
        if len(rest) > 8 * CHUNK:
            block, rest = rest, b""
        if not block.isascii():
            _look_at_lines(seen, block, number, start)
        number += block.count(b"\n")
        start += len(block)
    seen.look(rest, number, start)
    return seen


def _look_at_lines(seen: Survey, block: bytes, number: int, start: int) -> None:
    for line in block.splitlines(keepends=True) if b"\n" in block else [block]:
        seen.look(line, number, start)
        number += line.endswith(b"\n")
        start += len(line)


def settle(stream: BinaryIO, name: str) -> str:
    """The one encoding of a whole file that turned out not to be the UTF-8 that its head promised.

    Raises EncodingError that names the first line in another encoding.
    """
    seen = survey(stream)
    encoding = seen.verdict()
    if stranger := seen.stranger(encoding):
        number, start, line = stranger
        raise _mixed(name, encoding, number, start, line)
    return encoding


def refuse_utf8(stream: BinaryIO, encoding: str, name: str) -> None:
    """Raise EncodingError where a line of Chinese in UTF-8 stands in a file of another encoding.

    Such bytes also decode as GB18030, to nonsense; the other way round the decoder itself notices.
    """
    rest, number, start = b"", 1, 0
    while chunk := stream.read(CHUNK):
        block = rest + chunk
        cut = block.rfind(b"\n") + 1 or len(block)
        for found in _CHINESE_IN_UTF8.finditer(block, 0, cut):
            begin = block.rfind(b"\n", 0, found.start()) + 1
            line = block[begin : block.find(b"\n", found.end(), cut) + 1 or cut]
            if _decodes(line, "utf-8"):
                raise _mixed(name, encoding, number + block.count(b"\n", 0, begin), start + begin, line)
        number += block.count(b"\n", 0, cut)
        start += cut
        rest = block[cut:]


def _mixed(name: str, encoding: str, number: int, start: int, line: bytes) -> faults.EncodingError:
    other = "gb18030" if encoding == "utf-8" else "utf-8"
    found = _HIGH_RUN.search(line) if encoding != "utf-8" else None
    place = found.start() if found else 0
    try:
        line.decode(encoding)
    except UnicodeDecodeError as error:
        place = error.start
    text = line.strip().decode(other, "replace")
    return faults.mixed_encoding(name, called(encoding), number, start + place, text)


def chunks(stream: BinaryIO, encoding: str, name: str) -> Iterator[bytes]:
    """The stream as UTF-8, piece by piece, without a byte order mark. Raises EncodingError with line and byte."""
    if encoding == "utf-8":
        yield from pieces(stream)
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    done, line = 0, 1
    while True:
        chunk = stream.read(CHUNK)
        held = len(decoder.getstate()[0])
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            raise _broken(error, encoding, name, done - held, line) from None
        if not done:
            text = text.removeprefix("\ufeff")
        if text:
            yield text.encode()
        done += len(chunk)
        line += text.count("\n")
        if not chunk:
            return


def _broken(error: UnicodeDecodeError, encoding: str, name: str, done: int, line: int) -> faults.EncodingError:
    fine = error.object[: error.start].decode(encoding, "ignore")
    shown = error.object[error.start : error.start + 40].decode("utf-8", "replace")
    return faults.mixed_encoding(name, called(encoding), line + fine.count("\n"), done + error.start, shown)


def transcode(stream: BinaryIO, encoding: str, into: Path, name: str, tick: Callable[[int], None]) -> Marks:
    """Write the stream to `into` as UTF-8; returns what was noticed in it.

    `tick` is told the bytes written and may raise to cancel.
    """
    marks, done = Marks(), 0
    with into.open("wb") as out:
        for piece in chunks(stream, encoding, name):
            out.write(piece)
            marks.see(piece)
            done += len(piece)
            tick(done)
    return marks


def pieces(stream: BinaryIO) -> Iterator[bytes]:
    """The stream as it is, piece by piece."""
    while chunk := stream.read(CHUNK):
        yield chunk
