"""A cut reaches the engine as the very double that it is."""

import duckdb
import ibis
import pytest

from titian.layering.cuts import exactly


@pytest.mark.parametrize("value", [n / 3 for n in range(1, 60)] + [0.1, 1e-7, 1e300, 635.41, -2.5])
def test_a_value_that_equals_the_cut_is_not_better_than_it(value: float) -> None:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE held AS SELECT ?::DOUBLE AS value", [value])
    rows = ibis.duckdb.from_connection(connection).table("held")
    assert rows.filter(rows.value > exactly(value)).count().execute() == 0
    assert rows.filter(rows.value == exactly(value)).count().execute() == 1
