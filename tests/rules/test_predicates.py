"""A compiled rule, a rule judged in Python and the oracle's plain walk say the same of everybody."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import TypeAdapter

from tests.oracle.rules import holds as told
from tests.rules.strategies import AS_OF, INSTANTS, MEMBERS, NUMBERS, RULES, TEXTS, ZONE
from titian.domain.condition import Condition, Membership
from titian.domain.rule import Rule, RuleTree, memberships
from titian.rules.checking import checked
from titian.rules.compiling import needed, predicate
from titian.rules.judging import Judge, deciding, holds, judge
from titian.traits.moment import Moment

MOMENT = Moment(AS_OF, ZONE, datetime(2020, 1, 1, tzinfo=UTC))
THOROUGH = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
PEOPLE: list[dict[str, Any]] = [
    {
        "spend": NUMBERS[n % len(NUMBERS)] if n % 7 else None,
        "order_count": count,
        "city": city,
        "last_order_at": at,
        "in": [member for place, member in enumerate(MEMBERS) if n >> place & 1],
    }
    for n, (count, city, at) in enumerate(product([None, 0, 1, 3], [None, *TEXTS], [None, *INSTANTS]))
]


def parsed(rule: Any) -> Rule:
    return checked(TypeAdapter(RuleTree).validate_python(rule))


COLUMNS = [next(memberships(parsed(member))).column for member in MEMBERS]
"""Under which name the engine tells of each thing that one may be in."""


@pytest.fixture(scope="module")
def people() -> ir.Table:
    """Everybody in an engine; instants as the warehouse stores them."""
    stored = [{**seen_by_the_engine(who), "n": n} for n, who in enumerate(PEOPLE)]
    schema = pa.schema(
        {
            "spend": pa.float64(),
            "order_count": pa.int64(),
            "city": pa.string(),
            "last_order_at": pa.timestamp("us"),
            "n": pa.int64(),
            **dict.fromkeys(COLUMNS, pa.bool_()),
        }
    )
    return ibis.duckdb.connect().create_table("people", pa.Table.from_pylist(stored, schema=schema))


def seen_by_the_engine(who: dict[str, Any]) -> dict[str, Any]:
    """Instants as the warehouse stores them, and a column for each thing that one may be in."""
    members = {column: member in who["in"] for column, member in zip(COLUMNS, MEMBERS, strict=True)}
    return {**who, **members, "last_order_at": naive(who["last_order_at"])}


def naive(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(UTC).replace(tzinfo=None)


@THOROUGH
@given(rule=RULES)
def test_the_engine_says_what_a_plain_walk_says_and_never_null(rule: Any, people: ir.Table) -> None:
    rows = people.select("n", held=predicate(parsed(rule), people, MOMENT)).order_by("n").to_pyarrow()
    assert rows["held"].to_pylist() == [told(rule, who, AS_OF, ZONE) for who in PEOPLE]


@THOROUGH
@given(rule=RULES)
def test_judging_one_customer_says_the_same(rule: Any) -> None:
    tree = parsed(rule)
    for who in PEOPLE[::11]:
        assert holds(tree, judge(seen_by_the_engine(who), AS_OF, ZONE)) == told(rule, who, AS_OF, ZONE)


@THOROUGH
@given(rule=RULES)
def test_the_deciding_conditions_alone_make_the_rule_what_it_is(rule: Any) -> None:
    tree = parsed(rule)
    for who in PEOPLE[::37]:
        judged = judge(seen_by_the_engine(who), AS_OF, ZONE)
        found = dict(deciding(tree, judged))
        assert found
        assert all(judged(condition) == held for condition, held in found.items())
        # Whatever all other conditions were, the rule would be the same.
        assert holds(tree, assumed(found, True)) == holds(tree, assumed(found, False)) == holds(tree, judged)


def assumed(found: dict[Condition | Membership, bool], other: bool) -> Judge:
    """Judges as found, and everything else alike."""
    return lambda condition: found.get(condition, other)


def test_a_rule_names_the_traits_that_it_needs_once_each() -> None:
    city = {"trait": "city", "op": "is_known"}
    rule = parsed({"all": [{"trait": "spend_90d", "value": 1}, city, {"trait": "spend_90d", "value": 2}]})
    assert list(needed([rule, None])) == ["spend_90d", "city"]


def test_values_are_quoted_by_the_engine(people: ir.Table) -> None:
    nasty = {"trait": "city", "value": "'; DROP TABLE people; --"}
    assert people.filter(predicate(parsed(nasty), people, MOMENT)).count().to_pyarrow().as_py() == 0
    assert people.count().to_pyarrow().as_py() == len(PEOPLE)
