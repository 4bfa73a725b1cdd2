"""The planner: one scan per source, computed once."""

from __future__ import annotations

from tests.shops import shop
from titian.domain.instants import instant
from titian.traits.catalogue import CATALOGUE, trait
from titian.traits.planner import trait_query, trait_table
from titian.traits.trait import Unit

AS_OF = instant("2024-03-01", "UTC")
DATA_LINES = (("a", "2024-01-01", 1.0), ("b", "2024-02-01", 2.0))


def test_traits_of_orders_share_one_scan() -> None:
    data = shop(*DATA_LINES)
    query = trait_query([trait(name) for name in ("spend", "spend_30d", "order_count", "recency_days")], data, AS_OF)
    assert str(data.engine.backend.compile(query)).count('FROM "orders"') == 1


def test_the_same_question_is_computed_once() -> None:
    data = shop(*DATA_LINES)
    asked = [trait("spend")]
    assert trait_table(asked, data, AS_OF).kept is trait_table(asked, data, AS_OF).kept


def test_a_fork_finds_what_was_computed() -> None:
    data = shop(*DATA_LINES)
    asked = [trait("spend")]
    assert trait_table(asked, data.fork(), AS_OF).kept is trait_table(asked, data, AS_OF).kept


def test_what_is_no_longer_held_is_dropped() -> None:
    data = shop(*DATA_LINES)
    for day in range(1, 29):
        trait_table([trait("spend")], data, instant(f"2024-02-{day:02}", "UTC"))
    kept = data.engine.connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE 'kept%'")
    assert kept.fetchall()[0][0] <= 17


def test_every_trait_can_be_computed() -> None:
    table = trait_table(CATALOGUE.values(), shop(*DATA_LINES), AS_OF)
    assert table.rows.count().execute() == 2


def test_every_trait_says_what_it_is() -> None:
    for declared in CATALOGUE.values():
        assert declared.words.zh
        assert declared.meaning.en
        assert declared.unit in Unit
        assert declared.basis is None or CATALOGUE[declared.basis.key] is declared.basis
