"""Passwords: hashed with argon2id, checked, and made for somebody's first sign-in."""

from __future__ import annotations

import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from titian.domain.words import Words
from titian.errors import InputError

SHORTEST, LONGEST = 10, 200
FEWEST_DIFFERENT = 5
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody takes for one another."""
MADE_CHARACTERS = 16
AT_ONCE = 2
"""Hashes computed at the same time: each takes 64 MB, and who calls often must not take all there is."""

_hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_slots = threading.BoundedSemaphore(AT_ONCE)
_nobodys = ""


def hashed(password: str) -> str:
    """What is kept of a password (argon2id with the second set of parameters of RFC 9106)."""
    with _slots:
        return _hasher.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Whether it is the password of which this was kept; takes as long where nothing was, so that time tells nothing."""
    with _slots:
        try:
            _hasher.verify(kept or _of_nobody(), password[:LONGEST])
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False
    return kept is not None


def outdated(kept: str) -> bool:
    """Whether it was hashed with less than is usual today."""
    return _hasher.check_needs_rehash(kept)


def made() -> str:
    """A password that nobody guesses, to be told once and changed at the first sign-in."""
    letters = [secrets.choice(ALPHABET) for _ in range(MADE_CHARACTERS)]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, MADE_CHARACTERS, 4))


def checked(password: str, login: str) -> str:
    """The same. Raises InputError, which does not repeat it, for one that is too easy to guess."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise _weak(
            Words(
                zh=f"密码应为 {SHORTEST} 至 {LONGEST} 个字符", en=f"a password has {SHORTEST} to {LONGEST} characters"
            )
        )
    if len(set(password)) < FEWEST_DIFFERENT:
        raise _weak(Words(zh="密码中重复的字符太多", en="the password repeats the same few characters"))
    if len(login) >= 4 and login.partition("@")[0] in password.lower():
        raise _weak(Words(zh="密码中不能包含登录名", en="the password holds the login"))
    try:
        password.encode()
    except UnicodeEncodeError as error:
        raise _weak(Words(zh="密码中有无法保存的字符", en="the password holds half a character")) from error
    return password


def _of_nobody() -> str:
    global _nobodys
    if not _nobodys:
        _nobodys = _hasher.hash(secrets.token_urlsafe())
    return _nobodys


def _weak(what: Words) -> InputError:
    return InputError(
        what.en,
        "choose a longer one: three or four words that do not belong together are easy to keep in mind",
        zh=what.zh,
        hint_zh="请换一个更长的密码：三四个互不相干的词，好记又难猜",
        field="password",
    )
