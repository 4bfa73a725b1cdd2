"""Passwords: argon2id as RFC 9106 says, refused where they are easy to guess."""

from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from argon2.profiles import RFC_9106_LOW_MEMORY

from titian.app import passwords
from titian.errors import InputError


def test_real_ones_are_hashed_as_the_rfc_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY))
    kept = passwords.hashed("terraces above the river")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.fits("terraces above the river", kept)
    assert not passwords.outdated(kept)


def test_the_house_hashes_so_unless_a_test_says_otherwise() -> None:
    source = Path(passwords.__file__).read_text("utf-8")
    assert "PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)" in source


def test_the_same_password_is_kept_differently_each_time() -> None:
    assert passwords.hashed("terraces above") != passwords.hashed("terraces above")


@pytest.mark.parametrize("kept", [None, "", "no hash", "$argon2id$broken"])
def test_nothing_fits_what_is_no_hash(kept: str | None) -> None:
    assert not passwords.fits("terraces above", kept)


def test_one_hashed_with_less_is_outdated(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = passwords.hashed("terraces above")
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert passwords.outdated(kept)


def test_made_ones_are_long_enough_and_readable() -> None:
    made = passwords.made()
    assert passwords.checked(made, "li") == made
    assert not set(made) & set("0O1lI")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("nine char", "10 to 200"),
        ("x" * 201, "10 to 200"),
        ("ababababababab", "same few"),
        ("wang.li and more", "holds the login"),
        ("WANG.LI and more", "holds the login"),
        ("half a \ud800 character", "half a character"),
    ],
)
def test_easy_ones_are_refused_without_being_repeated(password: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as refused:
        passwords.checked(password, "wang.li@tea.example")
    assert password not in repr(refused.value.__dict__)


@pytest.mark.parametrize("password", ["梯田在河的上游那一边的山上", "correct horse battery", "       1234567890"])
def test_others_are_taken_as_they_are(password: str) -> None:
    assert passwords.checked(password, "li") == password
