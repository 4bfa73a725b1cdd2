"""A question about one customer is written once, and answered for each as if it were new."""

import ibis.expr.types as ir
import pytest

from tests.app import market
from titian.app.asking import Questions, Write
from titian.app.desk import Reading
from titian.app.past import past_of
from titian.app.portraits import portrait
from titian.warehouse.engine_duckdb import DuckDBEngine


def orders_of_asked(reading: Reading, written: list[str]) -> Write:
    def write(who: ir.StringValue) -> ir.Table:
        written.append("once")
        rows = reading.data.table("orders")
        return rows.filter(rows.customer_id == who).select("order_id", "ordered_at")

    return write


def test_it_is_written_once_and_asked_of_many(reading: Reading) -> None:
    questions, written = Questions(), list[str]()
    for who in ("00003", "00042", "00003", "nobody"):
        found = questions.ask(reading.data, who, "orders", orders_of_asked(reading, written))
        assert {row["order_id"] for row in found} == {o.order_id for o in market.orders() if o.customer_id == who}
    assert written == ["once"]


@pytest.mark.parametrize("who", ["' OR 1=1 --", '"; DROP TABLE x', "00003\x00"[:-1] + "'"])
def test_an_id_is_never_read_as_sql(reading: Reading, who: str) -> None:
    assert Questions().ask(reading.data, who, "orders", orders_of_asked(reading, [])) == []


def test_a_relation_that_was_let_go_is_asked_for_anew(reading: Reading) -> None:
    questions = Questions()
    assert isinstance(reading.data.engine, DuckDBEngine)
    connection = reading.data.engine.connection
    for number in (1, 2):
        name = f"passing_{number}"
        connection.execute(f"CREATE TABLE scratch.main.{name} AS SELECT '00003' AS customer_id")
        table = reading.data.engine.backend.table(name, database=("scratch", "main"))
        assert questions.ask(reading.data, "00003", "passing", lambda _, table=table: table) == [
            {"customer_id": "00003"}
        ]
        connection.execute(f"DROP TABLE scratch.main.{name}")


def test_the_past_is_all_that_is_on_record(reading: Reading) -> None:
    past = past_of(reading, "00003")
    mine = [o for o in market.orders() if o.customer_id == "00003"]
    assert {row["order_id"] for row in past.rows["orders"]} == {o.order_id for o in mine}
    early = past.before("orders", "ordered_at", market.FIRST.replace(month=6))
    assert len(early) == sum(o.ordered_at < market.FIRST.replace(month=6) for o in mine)


def test_a_second_portrait_writes_no_new_sql(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    portrait(reading, "00003", None, None)
    compiled: list[object] = []
    monkeypatch.setattr(type(reading.data.engine.backend), "compile", lambda *_, **__: compiled.append(1))
    found = portrait(reading, "00042", None, None)
    assert (compiled, found.customer_id) == ([], "00042")
