"""A store of an older step is brought up to date and holds what it held."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, inspect, text

from tests.store.older import STEPS, made_older
from titian.app.definition import Definition
from titian.app.tag_definition import tag_of, whole_tag
from titian.store import audit, definitions, people, tagged, tags
from titian.store.audit import Deed
from titian.store.database import Store

NOW = datetime(2026, 11, 28, tzinfo=UTC)


@pytest.mark.parametrize("step", ["0001", *STEPS][:-1])
def test_a_store_of_each_older_step_keeps_its_log_and_gets_all_tables(opened: Callable[[], Store], step: str) -> None:
    store = opened()
    with store.writing() as connection:
        audit.append(connection, Deed(actor="wang", action="layering.save", subject="rfm"), NOW)
        later = made_older(connection, step)
    store.close()
    with opened().reading() as connection:
        assert [line.subject for line in audit.lines(connection)] == ["rfm"]
        assert audit.broken(connection) is None
        assert set(later) <= set(inspect(connection).get_table_names())
        assert tags.counted(connection) == []
        assert definitions.in_force(connection, "layerings") == []
        assert people.everybody(connection) == []


TAGGED_STORE = (
    "INSERT INTO tag_groups (key, zh, en, exclusive) VALUES ('level', '等级', 'Level', :yes), ('old', '旧', 'Old', :no)",
    (
        "INSERT INTO tags (key, zh, en, colour, group_key, description, rule, followed_at, made_by, made_at) VALUES "
        "('gold', '金', 'Gold', 'orange', 'level', 'the best', NULL, NULL, 'wang', :at), "
        "('rich', '富', 'Rich', 'green', NULL, '', :rule, :at, 'li', :at)"
    ),
    (
        'INSERT INTO tagged (tag, customer_id, since, "by", why, source, batch) VALUES '
        "('gold', 'ann', :at, 'wang', '', 'hand', 'b1')"
    ),
)
RULE = {"all": [{"trait": "spend", "op": ">=", "value": 100}, {"not": {"tag": "gold"}}]}


@pytest.fixture
def before_versions(opened: Callable[[], Store]) -> Callable[[], Store]:
    """A store of the step 0007 with two groups and two tags, which opens as it is now."""
    store = opened()
    with store.writing() as connection:
        audit.append(connection, Deed(actor="zhao", action="tag_group.create", subject="level"), NOW)
        made_older(connection, "0007")
        at = "2026-10-01T08:00:00.000000Z"
        for statement in TAGGED_STORE:
            said = text(statement)
            given = {"yes": True, "no": False, "at": at, "rule": json.dumps(RULE)}
            connection.execute(said, {name: given[name] for name in said.compile().params})
    store.close()
    return opened


def test_each_tag_and_group_gets_a_first_version_of_who_made_it(before_versions: Callable[[], Store]) -> None:
    with before_versions().reading() as connection:
        held = {sort: definitions.in_force(connection, sort) for sort in ("tag_groups", "tags")}
        told = {(one.key, one.version, one.by, one.at.day, one.origin) for those in held.values() for one in those}
        groups = {one.key: one.body for one in held["tag_groups"]}
    assert {("level", 1, "zhao", 28, "here"), ("gold", 1, "wang", 1, "here"), ("rich", 1, "li", 1, "here")} <= told
    assert json.loads(groups["level"])["parameters"] == {"exclusive": True}
    assert json.loads(groups["old"])["parameters"] == {"exclusive": False}
    assert [one.by for one in held["tag_groups"] if one.key == "old"] == ["titian"]


def test_first_versions_say_what_the_tags_say_and_nobody_loses_one(before_versions: Callable[[], Store]) -> None:
    with before_versions().reading() as connection:
        bodies = [one.body for one in definitions.in_force(connection, "tags")]
        gold, rich = (Definition.model_validate_json(body) for body in bodies)
        assert [whole_tag(one) for one in (gold, rich)] == [gold, rich]
        for one in (gold, rich):
            held = tags.tag(connection, one.key)
            assert tag_of(one, held.made_by, held.made_at) == held.model_copy(update={"followed_at": None})
        assert tagged.customers(connection, "gold") == ["ann"]
    assert (gold.kind, gold.parameters) == ("hand", {"colour": "orange", "group": "level"})
    assert (rich.kind, rich.parameters) == ("rule", {"colour": "green", "rule": RULE})


def test_a_store_that_is_up_to_date_is_left_alone(opened: Callable[[], Store], address: str) -> None:
    opened()
    driver = address.replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(driver)
    before = inspect(engine).get_table_names()
    opened()
    assert inspect(engine).get_table_names() == before
    engine.dispose()
