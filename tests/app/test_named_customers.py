"""The ids that somebody pasted or keeps in a file are read as they were meant."""

from __future__ import annotations

import pytest

from titian.app.named_customers import in_file, in_text, named
from titian.errors import InputError


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("ann bob\tcid", ["ann", "bob", "cid"]),
        ("ann,bob，cid", ["ann", "bob", "cid"]),
        ("ann\r\nbob\n\n cid \n", ["ann", "bob", "", "cid"]),
        ("ann,, bob", ["ann", "", "bob"]),
        ("00012", ["00012"]),
        ("", []),
        ("  ", [""]),
    ],
)
def test_a_pasted_text_is_split_at_blanks_commas_and_line_ends(text: str, ids: list[str]) -> None:
    assert in_text(text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("ann\nbob b\n", ["ann", "bob b"]),
        ("\ufeffcustomer_id\n00012\n\n", ["00012", ""]),
        ("客户编号\nann", ["ann"]),
        ('"an,n"\n" bob"', ["an,n", " bob"]),
        ("", []),
    ],
)
def test_a_file_has_an_id_in_each_line(text: str, ids: list[str]) -> None:
    assert in_file(text) == ids


@pytest.mark.parametrize("text", ["ann\nbob,5\n", "x" * 200_000])
def test_a_file_of_more_columns_or_no_end_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        in_file(text)


def test_blank_and_repeated_are_counted() -> None:
    found = named(["ann", " bob", "", "ann ", "  ", "bob"])
    assert (found.ids, found.asked, found.blank, found.repeated) == (("ann", "bob"), 6, 2, 2)


def test_nobody_is_nobody() -> None:
    with pytest.raises(InputError, match="0 customers"):
        named([])
