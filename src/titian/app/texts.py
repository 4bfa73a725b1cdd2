"""Texts: what people write, checked so that every database can keep it."""

from __future__ import annotations

import re

from titian.domain.words import Words
from titian.errors import InputError

LONGEST_NAME = 100
LONGEST_WHY = 500
LONGEST_DESCRIPTION = 1_000
LONGEST_NOTE = 4_000
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")


def storable(text: str) -> bool:
    """Whether it is whole characters without NUL, which no database takes."""
    return "\0" not in text and (text.isascii() or text.encode("utf-8", "replace").decode() == text)


def whole(given: str, field: str) -> str:
    """The same. Raises InputError for one that no store can be asked for."""
    if not storable(given):
        raise _refused(
            field,
            Words(zh="含有无法保存的字符（如 NUL）", en="holds characters that can't be kept, as NUL"),
            Words(zh="请去掉这些字符", en="leave those characters away"),
        )
    return given


def bounded(given: str, field: str, most: int) -> str:
    """The same, to the letter. Raises InputError for one that is too long, or that no store can be asked for."""
    if len(whole(given, field)) > most:
        raise _refused(
            field,
            Words(zh=f"有 {len(given)} 个字符，最多 {most} 个", en=f"has {len(given)} characters, {most} at most"),
            Words(zh="请缩短", en="make it shorter"),
        )
    return given


def text(given: str, field: str, most: int, *, needed: bool = False) -> str:
    """What was written, without blanks around it. Raises InputError when it is too long, or empty where it is needed."""
    said = bounded(given.strip(), field, most)
    if needed and not said:
        raise _refused(field, Words(zh="为空", en="is empty"), Words(zh="请填写", en="write something"))
    return said


def name(given: Words) -> Words:
    """A name, one language standing in for the other. Raises InputError where neither says anything."""
    zh, en = (text(said, "name", LONGEST_NAME) for said in (given.zh, given.en))
    text(zh or en, "name", LONGEST_NAME, needed=True)
    return Words(zh=zh or en, en=en or zh)


def key(given: str) -> str:
    """The key of something that is made. Raises InputError for what is none."""
    if not _KEY.fullmatch(given):
        raise InputError(
            f"{given[:60]!r} can't be a key",
            "begin with a letter a–z, then letters, digits and _, at most 60 in all",
            zh=f"{given[:60]!r} 不能作为标识",
            hint_zh="以小写字母开头，只用小写字母、数字和下划线，最多 60 个字符",
            field="key",
        )
    return given


def _refused(field: str, what: Words, mend: Words) -> InputError:
    return InputError(f"{field} {what.en}", mend.en, zh=f"{field} {what.zh}", hint_zh=mend.zh, field=field)
