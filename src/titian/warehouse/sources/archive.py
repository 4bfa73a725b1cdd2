"""Archives: the one data file inside a .gz or .zip, unpacked as a stream and never beyond a bound."""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from titian.domain.words import Words
from titian.warehouse.sources import faults

MAX_RATIO = 200
FREE_BYTES = 64 << 20
"""Unpacked size below which the ratio does not matter."""
MAX_BYTES = 64 << 30

_IGNORED = re.compile(r"(?:^|/)(?:__MACOSX/|\.|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, NotImplementedError)


class Bounded:
    """A stream that stops with ArchiveError once more comes out than any honest archive of `packed` bytes holds."""

    def __init__(self, stream: BinaryIO, packed: int, name: str, kind: str) -> None:
        self._stream = stream
        self._limit = bound(packed)
        self._name = name
        self._kind = kind
        self._out = 0

    def read(self, size: int = -1) -> bytes:
        """The next `size` bytes. Raises ArchiveError past the bound and DamagedFileError where the archive breaks."""
        try:
            block = self._stream.read(size)
        except (*_BROKEN, OSError, RuntimeError) as error:
            raise faults.damaged(self._name, self._kind, _said(error)) from None
        self._out += len(block)
        if self._out > self._limit:
            raise bomb(self._name, self._out)
        return block


def bound(packed: int) -> int:
    """How many bytes may come out of `packed` ones."""
    return min(MAX_BYTES, max(FREE_BYTES, packed * MAX_RATIO))


def bomb(name: str, size: int) -> faults.ArchiveError:
    """An archive that unpacks to far more than it should."""
    return faults.ArchiveError(
        Words(
            zh=f"{name} 解压后超过 {size >> 20:,} MB，与压缩包大小不成比例，已停止",
            en=f"{name} unpacks to more than {size >> 20:,} MB, out of proportion to its size: stopped",
        ),
        Words(zh="如果内容无误，请先自行解压再导入", en="if it is genuine, unpack it yourself and load the file"),
        file=name,
        reason="bomb",
    )


@contextmanager
def open_gzip(path: Path, name: str) -> Iterator[BinaryIO]:
    """The content of a .gz file."""
    with gzip.open(path, "rb") as stream:
        yield cast(BinaryIO, Bounded(cast(BinaryIO, stream), path.stat().st_size, name, "gzip"))


@contextmanager
def open_zip(path: Path, name: str) -> Iterator[BinaryIO]:
    """The content of the one data file in a .zip."""
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise faults.damaged(name, "zip", _said(error)) from None
    with archive:
        member = _only_member(archive, name)
        try:
            stream = archive.open(member)
        except (*_BROKEN, RuntimeError) as error:
            raise faults.damaged(name, "zip", _said(error)) from None
        with stream:
            yield cast(BinaryIO, Bounded(cast(BinaryIO, stream), member.compress_size, name, "zip"))


def member_name(path: Path, name: str) -> str:
    """What the one data file in a .zip is called. Raises ArchiveError when it is not to be unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            return readable(_only_member(archive, name))
    except _BROKEN as error:
        raise faults.damaged(name, "zip", _said(error)) from None


def _only_member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    members = [m for m in archive.infolist() if not m.is_dir()]
    for member in members:
        if _escapes(member.filename):
            raise _unsafe(name, readable(member))
    data = [m for m in members if not _IGNORED.search(m.filename)]
    if len(data) != 1:
        raise _not_one(name, [readable(m) for m in data])
    if data[0].flag_bits & 0x1:
        raise _locked(name)
    if data[0].file_size > bound(data[0].compress_size):
        raise bomb(name, data[0].file_size)
    return data[0]


def _escapes(member: str) -> bool:
    """An absolute name, a drive letter, or a step out of the folder."""
    parts = re.split(r"[/\\]", member)
    return parts[0] == "" or ".." in parts or bool(re.match(r"[A-Za-z]:", member))


def readable(member: zipfile.ZipInfo) -> str:
    """The member's name, also where a Chinese Windows packed it without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _unsafe(name: str, member: str) -> faults.ArchiveError:
    return faults.ArchiveError(
        Words(
            zh=f"{name} 里有指向压缩包外部的文件名：{faults.shown(member)}",
            en=f"{name} holds a file name that points outside the archive: {faults.shown(member)}",
        ),
        Words(
            zh="这个压缩包不安全，没有解压；请重新打包后再导入",
            en="it was not unpacked; pack it anew and load it again",
        ),
        file=name,
        value=member,
        reason="unsafe_name",
    )


def _not_one(name: str, members: list[str]) -> faults.ArchiveError:
    listed = ", ".join(faults.shown(m) for m in members[:10])
    zh = f"有 {len(members)} 个文件：{listed}" if members else "没有数据文件"
    en = f"{len(members)} files: {listed}" if members else "no data file"
    return faults.ArchiveError(
        Words(zh=f"{name} 里{zh}", en=f"{name} holds {en}"),
        Words(
            zh="每个压缩包只放一个数据文件，或解压后逐个导入",
            en="put exactly one data file into the archive, or load the files one by one",
        ),
        file=name,
        members=members[:100],
        reason="not_one_file",
    )


def _locked(name: str) -> faults.ArchiveError:
    return faults.ArchiveError(
        Words(zh=f"{name} 设有解压密码", en=f"{name} is locked with a password"),
        Words(zh="解压后再导入", en="unpack it and load the file inside"),
        file=name,
        reason="password",
    )


def _said(error: Exception) -> Words:
    told = str(error) or type(error).__name__
    return Words(zh=f"解压时出错（{told}）", en=f"unpacking failed ({told})")
