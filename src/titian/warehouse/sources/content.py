"""Content: what kind of bytes these are, told by what is in them and never by the file's name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from titian.domain.words import Words

HEAD_BYTES = 1 << 20
TEXT_SUFFIXES = frozenset({"csv", "tsv", "txt", "tab", "dat", "text", "prn"})
EXCEL_SUFFIXES = frozenset({"xlsx", "xls", "xlsb", "xlsm", "ods"})

_OFFICE_MEMBERS = (b"[Content_Types].xml", b"_rels/", b"xl/", b"docProps/", b"mimetypeapplication/vnd.oasis")


@dataclass(frozen=True)
class Signature:
    """Bytes at the start that give a kind of file away."""

    magic: bytes
    kind: str
    seems: Words | None = None
    """Set for kinds that are not read."""


SIGNATURES = (
    Signature(b"PAR1", "parquet"),
    Signature(b"\x1f\x8b", "gzip"),
    Signature(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "excel"),
    Signature(
        b"SQLite format 3\x00",
        "other",
        Words(zh="SQLite 数据库，请用 sqlite:/// 地址", en="an SQLite database: use sqlite:///"),
    ),
    Signature(b"%PDF", "other", Words(zh=" PDF 文档", en="a PDF document")),
    Signature(b"\x89PNG", "other", Words(zh="图片", en="a picture")),
    Signature(b"\xff\xd8\xff", "other", Words(zh="图片", en="a picture")),
    Signature(b"GIF8", "other", Words(zh="图片", en="a picture")),
    Signature(b"Rar!", "other", Words(zh=" RAR 压缩包", en="a RAR archive")),
    Signature(b"7z\xbc\xaf\x27\x1c", "other", Words(zh=" 7z 压缩包", en="a 7z archive")),
    Signature(b"\x28\xb5\x2f\xfd", "other", Words(zh=" zstd 压缩文件", en="a zstd file")),
    Signature(b"BZh", "other", Words(zh=" bzip2 压缩文件", en="a bzip2 file")),
    Signature(b"\xfd7zXZ", "other", Words(zh=" xz 压缩文件", en="an xz file")),
    Signature(b"ARROW1", "other", Words(zh=" Arrow 文件", en="an Arrow file")),
    Signature(b"\x7fELF", "other", Words(zh="程序", en="a program")),
)

_HTML = re.compile(rb"\s*(?:<!doctype html|<html|<table|<meta)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml", re.IGNORECASE)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{|\[\s*[\{\]])")
_WEB_PAGE = Words(
    zh="另存为 .xls 的网页，请用 Excel 打开后另存为 xlsx",
    en="a web page, as some systems export under .xls: open it in Excel and save it as xlsx",
)
_XML_WORDS = Words(zh=" XML，请用 Excel 打开后另存为 xlsx", en="XML: open it in Excel and save it as xlsx")
_BINARY = Words(zh="二进制数据", en="binary data")


@dataclass(frozen=True)
class Content:
    """A kind of content: text, json, excel, parquet, gzip, zip, or other with what it seems to be."""

    kind: str
    seems: Words | None = None


def recognise(head: bytes) -> Content:
    """What the first bytes of a file say it is."""
    for signature in SIGNATURES:
        if head.startswith(signature.magic):
            return Content(signature.kind, signature.seems)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Content("excel" if head[30:].startswith(_OFFICE_MEMBERS) else "zip")
    if _HTML.match(head):
        return Content("other", _WEB_PAGE)
    if _XML.match(head):
        return Content("other", _XML_WORDS)
    if _JSON.match(_in_single_bytes(head)):
        return Content("json")
    return Content("other", _BINARY) if _is_binary(head) else Content("text")


def _in_single_bytes(head: bytes) -> bytes:
    return head.decode("utf-16", "ignore").encode() if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head


def _is_binary(head: bytes) -> bool:
    """More control characters than any text has; UTF-16 is left to the encoding, which knows its zeros."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    start = head[: 1 << 16]
    controls = sum(start.count(bytes((c,))) for c in range(1, 32) if c not in b"\t\n\r\x0b\x0c\x1a\x1b")
    zeros = start.count(b"\0")
    lines = start.count(b"\n") + start.count(b"\r") + 1
    return controls > max(8, len(start) // 50) or (
        zeros > len(start) // 3 and zeros > 4 * lines and not _utf16_like(start)
    )


def _utf16_like(start: bytes) -> bool:
    """Line ends or commas as two bytes each, at even places."""
    return any(mark in start for mark in (b"\n\0", b"\0\n", b",\0", b"\t\0", b"\0,", b"\0\t"))
