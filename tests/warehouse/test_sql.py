"""Quoting, and statements kept in files."""

import duckdb
import pytest

from titian.warehouse import sql

ODD = ["plain", "two words", 'quote " inside', "it's", "订单编号", 'x"; DROP TABLE t; --', "{braces}"]


@pytest.mark.parametrize("text", ODD)
def test_any_name_and_any_text_survive_quoting(text: str) -> None:
    relation = duckdb.sql(f"SELECT {sql.literal(text)} AS {sql.name(text)}")
    assert (relation.columns, relation.fetchall()) == ([text], [(text,)])


def test_names_are_listed_with_commas() -> None:
    assert sql.names(("a", 'b"')) == '"a", "b"""'


def test_every_statement_of_a_file_is_found_by_its_name() -> None:
    said = sql.statements("merging.sql")
    assert {"empty", "changed", "delete_changed"} <= set(said)
    assert not any(statement.endswith(";") for statement in said.values())
