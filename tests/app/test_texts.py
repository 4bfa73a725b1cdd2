"""What people write is checked before a database has to refuse it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from titian.app import texts
from titian.domain.words import Words
from titian.errors import InputError

EVERYTHING = st.text(st.characters(exclude_categories=()), max_size=8)


@given(EVERYTHING)
def test_what_is_storable_is_utf8_without_nul(said: str) -> None:
    try:
        whole = b"\0" not in said.encode()
    except UnicodeEncodeError:
        whole = False
    assert texts.storable(said) == whole


@pytest.mark.parametrize("given", ["?", "a?b", "客户 😀", "\ufffd", "é", ""])
def test_signs_that_stand_for_others_are_storable(given: str) -> None:
    assert texts.whole(given, "why") == given


@pytest.mark.parametrize("given", ["\0", "a\0", "\ud800", "é\udfff", "😀\udc80"])
def test_others_are_refused_by_the_name_of_the_field(given: str) -> None:
    with pytest.raises(InputError) as refused:
        texts.whole(given, "why")
    assert (refused.value.details["field"], "why" in refused.value.message, "why" in refused.value.zh) == (
        "why",
        True,
        True,
    )


def test_blanks_around_a_text_do_not_count() -> None:
    assert texts.text(" ab\n", "why", 2) == "ab"
    assert texts.text(" \n", "why", 2) == ""


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    with pytest.raises(InputError, match="3 characters, 2 at most"):
        texts.text("abc", "why", 2)


def test_an_empty_text_is_refused_where_it_is_needed() -> None:
    with pytest.raises(InputError, match="why is empty"):
        texts.text(" ", "why", 2, needed=True)


@pytest.mark.parametrize(
    ("zh", "en", "both"),
    [("金", "gold", ("金", "gold")), ("", "gold", ("gold", "gold")), (" 金 ", " ", ("金", "金"))],
)
def test_one_language_stands_in_for_the_other(zh: str, en: str, both: tuple[str, str]) -> None:
    assert texts.name(Words(zh=zh, en=en)) == Words(zh=both[0], en=both[1])


def test_a_name_says_something() -> None:
    with pytest.raises(InputError, match="name is empty"):
        texts.name(Words(zh=" ", en=""))


@pytest.mark.parametrize("given", ["a", "vip", "a_1", "a" * 60])
def test_a_key_is_small_letters_digits_and_underscores(given: str) -> None:
    assert texts.key(given) == given
