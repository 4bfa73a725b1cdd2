"""Forms: written once, they find what the plain query finds, for other tables, values, columns and threads."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import duckdb
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from titian.warehouse.engine_duckdb import DuckDBEngine
from titian.warehouse.forms import Blanks, Form
from titian.warehouse.keeping import FORMS, Cache, KeptRelation

NOON = datetime(2024, 3, 1, 12)


@pytest.fixture
def engine() -> Iterator[DuckDBEngine]:
    with duckdb.connect() as connection:
        yield DuckDBEngine(connection)


def numbers(engine: DuckDBEngine, *values: float) -> ir.Table:
    """A table of its own, which stays."""
    name = f"numbers_{'_'.join(str(value).replace('.', 'p') for value in values)}"
    engine.connection.register("given", pa.table({"number": list(values)}))
    engine.connection.execute(f"CREATE TABLE IF NOT EXISTS scratch.main.{name} AS FROM given")
    return engine.backend.table(name, database=("scratch", "main"))


class Writing:
    """A query over the sum of two tables, counting how often it was written."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, blanks: Blanks, one: ir.Table, other: ir.Table) -> ir.Table:
        self.times += 1
        both = one.union(other)
        return both.filter(both.number < blanks["below"]).mutate(at=blanks["at"])

    def form(self, *tables: ir.Table, below: int, at: datetime = NOON) -> Form:
        return Form("both", self, tables, {"below": below, "at": at})


def found(engine: DuckDBEngine, kept: KeptRelation) -> list[object]:
    return sorted(row["number"] for row in engine.arrow(engine.relation(kept)).to_pylist())


def test_another_table_and_another_value_are_filled_into_the_same_query(engine: DuckDBEngine) -> None:
    write = Writing()
    first = engine.fill(1, write.form(numbers(engine, 1, 5), numbers(engine, 2), below=3))
    second = engine.fill(2, write.form(numbers(engine, 7), numbers(engine, 8, 9), below=9))
    assert (found(engine, first), found(engine, second), write.times) == ([1, 2], [7, 8], 1)


def test_values_are_of_their_own_types(engine: DuckDBEngine) -> None:
    write, table = Writing(), numbers(engine, 1)
    for days in (0, 1):
        at = NOON + timedelta(days=days, microseconds=1)
        rows = engine.relation(engine.fill(days, write.form(table, table, below=2**40, at=at)))
        assert rows.schema()["at"].is_timestamp()
        assert {row["at"] for row in engine.arrow(rows).to_pylist()} == {at}


def test_tables_of_other_columns_have_a_query_of_their_own(engine: DuckDBEngine) -> None:
    write = Writing()
    engine.fill(1, write.form(numbers(engine, 1), numbers(engine, 2), below=3))
    kept = engine.fill(2, write.form(numbers(engine, 0.5), numbers(engine, 2.5), below=3))
    assert (found(engine, kept), write.times) == ([0.5, 2.5], 2)


def test_what_was_asked_before_is_not_asked_again(engine: DuckDBEngine) -> None:
    write, table = Writing(), numbers(engine, 1)
    assert engine.fill(1, write.form(table, table, below=3)) is engine.fill(1, write.form(table, table, below=3))


def test_forks_that_fill_in_at_once_do_not_mix_up_their_values(engine: DuckDBEngine) -> None:
    write, forks = Writing(), [engine.fork() for _ in range(4)]
    table = numbers(engine, *range(20))
    engine.fill("first", write.form(table, table, below=1))

    def ask(number: int) -> list[object]:
        fork = forks[number % 4]
        return found(fork, fork.fill(number, write.form(table, table, below=number)))

    def ask_in_turn(first: int) -> list[list[object]]:
        return [ask(number) for number in range(first, 20, 4)]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask_in_turn, range(4)))
    for first, told in enumerate(answers):
        assert told == [sorted([*range(number)] * 2) for number in range(first, 20, 4)]
    assert write.times == 1


def test_a_long_life_does_not_gather_queries_without_end(engine: DuckDBEngine) -> None:
    write, table, cache = Writing(), numbers(engine, 1), engine.cache
    assert isinstance(cache, Cache)
    for number in range(FORMS + 2):
        engine.fill(number, Form(number, write, (table, table), {"below": 3, "at": NOON}))
    assert cache.form((0, table.schema(), table.schema())) is None
    assert cache.form((FORMS + 1, table.schema(), table.schema())) is not None
