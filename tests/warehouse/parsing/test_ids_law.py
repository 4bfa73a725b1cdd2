"""Ids and status words in whatever way they are written, against a plain reading in Python."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.shop import csv, put, read, rows
from titian.domain.mapping import Mapping
from titian.warehouse.lake import Lake

LAW = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
BLANKS = " \t\n\r\xa0\u200b\u3000\ufeff"
wholes = st.integers(0, 10**18 - 1).map(lambda number: f"{number:018d}") | st.integers(0, 99).map(str)


def customers(folder: Path, cells: Sequence[str | None]) -> list[str | None]:
    found, faults = read(folder, {"customer_id": cells})
    assert faults == []
    return [row["customer_id"] for row in found]


@LAW
@given(ids=st.lists(wholes, min_size=20, max_size=60))
def test_no_digit_of_an_id_is_lost(tmp_path: Path, ids: list[str]) -> None:
    assert customers(tmp_path, ids) == ids


@LAW
@given(
    ids=st.lists(st.tuples(wholes, st.sampled_from(["{}", ' ="{}"', "'{}", "{}\u3000", "\ufeff{}"])), min_size=20),
)
def test_what_is_wrapped_around_an_id_comes_off_and_its_zeros_stay(tmp_path: Path, ids: list[tuple[str, str]]) -> None:
    assert customers(tmp_path, [wrapped.format(number) for number, wrapped in ids]) == [number for number, _ in ids]


@LAW
@given(ids=st.lists(st.none() | wholes, min_size=20, max_size=60))
def test_a_column_of_floats_names_the_same_customers_as_one_of_integers(tmp_path: Path, ids: list[str | None]) -> None:
    floats = [None if number is None else f"{number}.0" for number in ids]
    assert customers(tmp_path, floats) == ids


@LAW
@given(texts=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=20, max_size=60))
def test_any_other_text_is_an_id_as_it_stands_without_the_blanks_around_it(tmp_path: Path, texts: list[str]) -> None:
    # The letter makes sure that nothing looks like a number or is wrapped.
    cells = [f"{BLANKS[len(text) % 8]}x{text}x{BLANKS[len(text) % 7]}" for text in texts]
    assert customers(tmp_path, cells) == [f"x{text}x" for text in texts]


@pytest.mark.parametrize("zero", ["0", "00", "-0", "0x10", "1e5", "1_000", "١٢٣", "１２３"])
def test_what_python_would_take_for_a_number_stays_text(tmp_path: Path, zero: str) -> None:
    assert customers(tmp_path, [zero, "A-1"]) == [zero, "A-1"]


def test_ids_that_differ_only_in_zeros_case_or_width_are_different_customers(lake: Lake, tmp_path: Path) -> None:
    ids = ["7", "07", "007", "a", "A", "７", "7.0"]
    lines = [f"{place},{who},2020-01-01,1" for place, who in enumerate(ids)]
    put(lake, csv(tmp_path / "a.csv", "order_id,customer_id,ordered_at,amount", *lines))
    assert {row[0] for row in rows(lake, "orders", "customer_id")} == set(ids)


def statuses(folder: Path, words: Sequence[str | None], **said: str) -> list[str | None]:
    """What the cells of a column of statuses mean; None where they are turned away."""
    found, _ = read(folder, {"status": words}, status_values=said)
    return [row["status"] for row in found]


OWN = {"Versandt": "paid", "Wartet": "unpaid", "STORNO": "cancelled", "Zurück": "refund"}


@LAW
@given(
    written=st.lists(
        st.tuples(st.sampled_from(list(OWN)), st.sampled_from([str, str.upper, str.lower, str.title]), st.booleans()),
        min_size=10,
    )
)
def test_the_mappings_words_count_in_any_case_and_between_blanks(
    tmp_path: Path, written: list[tuple[str, type[str], bool]]
) -> None:
    cells = [f"\u3000{case(word)} " if blanks else case(word) for word, case, blanks in written]
    assert statuses(tmp_path, cells, **OWN) == [OWN[word] for word, _, _ in written]


@pytest.mark.parametrize("word", ["İade", "ΑΚΥΡΩΜΕΝΟΣ"], ids=["turkish", "greek"])
def test_the_mappings_words_count_in_every_alphabet(tmp_path: Path, word: str) -> None:
    assert statuses(tmp_path, ["paid", word], **{word: "cancelled"}) == ["paid", "cancelled"]


def test_a_known_word_among_hundreds_of_remarks_keeps_its_meaning(tmp_path: Path) -> None:
    remarks = [f"a remark {number:03}" for number in range(400)]
    assert statuses(tmp_path, [*remarks, "shipped"])[-1] == "paid"


def test_money_back_is_a_refund_whatever_its_status_says(tmp_path: Path) -> None:
    mapping = Mapping(columns={c: c for c in ("order_id", "customer_id", "ordered_at", "amount", "status")})
    cells = [(amount, status) for amount in ("-5", "-0.01", "(5)") for status in ("paid", "cancelled", "", "refund")]
    lines = [f"{place},ann,2020-01-01,{amount},{status}" for place, (amount, status) in enumerate(cells)]
    with Lake.open(tmp_path / "shop") as lake:
        put(lake, csv(tmp_path / "a.csv", ",".join(mapping.columns), *lines), mapping)
        assert rows(lake, "orders", "status") == [("refund",)] * len(cells)
