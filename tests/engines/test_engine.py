"""What the house asks of every engine: computed once and let go, uploaded, empty, forked, interrupted."""

from __future__ import annotations

import gc
import threading
from typing import get_args

import duckdb
import ibis
import pyarrow as pa
import pytest

from titian.errors import InputError
from titian.warehouse.abilities import LIMITS, NAMES, Ability
from titian.warehouse.engine import Engine
from titian.warehouse.engine_duckdb import DuckDBEngine
from titian.warehouse.keeping import KEPT, KeptRelation
from titian.warehouse.tables import TABLES, Kind

ONE = pa.table({"customer_id": ["a"], "n": pa.array([1], pa.int64())})


@pytest.fixture(scope="module", params=["duckdb", pytest.param("spark", marks=pytest.mark.full)])
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "duckdb":
        return DuckDBEngine(duckdb.connect())
    spark = request.getfixturevalue("spark")
    from titian.warehouse.engine_spark import SparkEngine

    return SparkEngine(spark)


def test_a_relation_is_computed_once(engine: Engine) -> None:
    rows, _held = engine.upload("once", lambda: ONE)
    asked = []

    def build() -> ibis.Table:
        asked.append(1)
        return rows.mutate(m=rows.n + 1)

    first, held = engine.keep("computed", build)
    again, same = engine.fork().keep("computed", build)
    assert (asked, held) == ([1], same)
    assert engine.arrow(first).to_pylist() == engine.fork().arrow(again).to_pylist()


def test_what_nobody_holds_is_dropped(engine: Engine) -> None:
    _, held = engine.upload("dropped", lambda: ONE)
    name = held.name
    assert name in engine.backend.list_tables(**place(engine))
    del held
    for number in range(KEPT + 1):
        engine.upload(("pushing", number), lambda: ONE)
    gc.collect()
    engine.upload("after", lambda: ONE)
    assert name not in engine.backend.list_tables(**place(engine))


def place(engine: Engine) -> dict[str, object]:
    """Where kept relations are listed: DuckDB has them in a database of their own."""
    return {"database": ("scratch", "main")} if isinstance(engine, DuckDBEngine) else {}


def test_what_somebody_holds_stays(engine: Engine) -> None:
    rows, held = engine.upload("held", lambda: ONE)
    for number in range(KEPT + 1):
        engine.upload(("crowding", number), lambda: ONE)
    assert isinstance(held, KeptRelation)
    assert engine.arrow(rows).to_pylist() == ONE.to_pylist()


def test_uploaded_rows_come_back_as_they_were(engine: Engine) -> None:
    given = pa.table({"customer_id": ["a", "é", None], "rank": [0.1, 1 / 3, None], "n": pa.array([1, None, 2**60])})
    rows, held = engine.upload("ranks", lambda: given)
    assert held.name
    assert engine.arrow(rows.order_by(ibis._.n)).sort_by("n").to_pylist() == given.sort_by("n").to_pylist()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_never_handed_in_is_empty_and_typed(engine: Engine, name: str) -> None:
    found = engine.empty(TABLES[name])
    types = {column: str(kind).replace("(6)", "") for column, kind in found.schema().items()}
    assert types == {column.name: column.ibis_type for column in TABLES[name].columns}
    assert engine.arrow(found).num_rows == 0


def test_every_kind_of_column_has_a_type() -> None:
    assert {column.kind for table in TABLES.values() for column in table.columns} <= set(get_args(Kind))


def test_batches_are_the_rows_a_few_at_a_time(engine: Engine) -> None:
    rows, held = engine.upload("many", lambda: pa.table({"n": pa.array(range(25), pa.int64())}))
    sizes = [batch.num_rows for batch in engine.batches(rows, 10)]
    assert (sum(sizes), max(sizes) <= 10, bool(held)) == (25, True, True)


def test_a_query_is_interrupted_and_the_next_one_runs(engine: Engine) -> None:
    rows, held = engine.upload("long", lambda: pa.table({"n": pa.array(range(3000), pa.int64())}))
    one, two, three = (rows.select(**{name: "n"}) for name in "abc")
    endless = one.cross_join(two).cross_join(three).filter(ibis._.a * ibis._.b + ibis._.c == 7)
    fork, over = engine.fork(), threading.Event()
    threading.Thread(target=interrupted_until, args=(fork, over), daemon=True).start()
    with pytest.raises(Exception, match=r"(?i)interrupt|cancel"):
        fork.arrow(endless.aggregate(n=endless.count()))
    over.set()
    assert engine.arrow(rows.aggregate(n=rows.count())).to_pylist() == [{"n": 3000}]
    assert held.name


def interrupted_until(fork: Engine, over: threading.Event) -> None:
    """Whoever gives up before the query has begun gives up again."""
    while not over.wait(1):
        fork.interrupt()


@pytest.mark.parametrize("key", LIMITS)
def test_every_limit_has_a_reason_in_both_languages(key: str) -> None:
    assert all(reason.zh and reason.en for reason in LIMITS[key].values())
    assert set(LIMITS[key]) <= set(NAMES) == set(Ability)


def test_what_an_engine_cant_do_is_refused_with_the_reason(engine: Engine) -> None:
    for ability in Ability:
        if ability not in engine.limits:
            engine.need(ability)
            continue
        with pytest.raises(InputError) as refused:
            engine.need(ability)
        assert engine.limits[ability].en in refused.value.message
        assert engine.limits[ability].zh in refused.value.zh
