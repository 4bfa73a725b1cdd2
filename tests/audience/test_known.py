"""What rules name by keys: found, or said with what there is."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

import titian as tt
from titian.audience.known import Listed, Named
from titian.errors import UnknownNameError
from titian.rules.reading import read
from titian.warehouse.engine_duckdb import DuckDBEngine

KNOWN = Named(
    layerings={"rfm": tt.RFM()},
    tags={"vip": Listed(["b", "a", "b"])},
    audiences={"big": read({"trait": "spend", "op": ">", "value": 1}), "few": Listed([])},
)


def test_what_is_there_is_found() -> None:
    assert KNOWN.layering("rfm") == tt.RFM()
    assert KNOWN.audience("few") == Listed([])


@pytest.mark.parametrize(
    ("ask", "valid"),
    [(KNOWN.layering, ["rfm"]), (KNOWN.audience, ["big", "few"])],
    ids=["layerings", "audiences"],
)
def test_what_is_not_there_is_said_with_what_is(ask: object, valid: list[str]) -> None:
    with pytest.raises(UnknownNameError) as refused:
        ask("nothing")  # type: ignore[operator]
    assert refused.value.details == {"given": "nothing", "valid": valid}
    assert "nothing" in refused.value.zh


def test_a_list_holds_each_customer_once_and_odd_ids_as_they_are() -> None:
    odd = ["007", "7", "'; DROP TABLE x; --", "甲", " a", ""]
    with duckdb.connect() as connection:
        engine = DuckDBEngine(connection)
        assert ids_of(KNOWN.tagged("vip"), engine) == ["a", "b"]
        assert ids_of(Listed([*odd, *odd]), engine) == sorted(odd)
        assert ids_of(Listed([]), engine) == []


def ids_of(listed: Listed, engine: DuckDBEngine) -> list[str]:
    table, _kept = listed.table(engine)
    return sorted(engine.arrow(table)["customer_id"].to_pylist())


def test_a_layering_is_fitted_on_the_traits_of_the_day() -> None:
    orders = {"order_id": ["1", "2"], "customer_id": ["a", "b"], "ordered_at": ["2024-01-01"] * 2, "amount": [1.0, 9.0]}
    data = tt.Dataset(orders=pd.DataFrame(orders), timezone="UTC")
    got = tt.RFM().assign(data, as_of="2024-02-01")
    assert KNOWN.fit("rfm", got.traits) == got.fitted
