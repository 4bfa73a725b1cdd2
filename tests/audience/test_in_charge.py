"""A rule may ask who of the team is in charge: in Python, in a workspace, in words, and in audiences and tags."""

from __future__ import annotations

import pytest

import titian as tt
from tests.app import market
from tests.layering.stories import AS_OF, bought, told
from titian.app import charging, saved_audiences, saving_audiences, selections
from titian.app.answers.audiences import NewAudience
from titian.app.answers.selection import SelectionAsked
from titian.app.answers.staff import ChargeAsked
from titian.app.desk import Desk
from titian.app.named import named_by
from titian.domain.words import Words
from titian.errors import InputError
from titian.layering.rule_words import rule_sentence
from titian.rules.reading import read

STAFF = {"王芳": ["a", "b", "stranger"], "Li": ["c"]}
PEOPLE = sorted(market.customers())


def met(rule: dict[str, object]) -> list[str]:
    data = told(orders=[*bought("a", 2), *bought("b", 3), *bought("c", 4), *bought("d", 5)])
    found = tt.select(rule, data, as_of=AS_OF, staff=STAFF)
    return sorted(found.to_pandas()["customer_id"])


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        ({"staff": "王芳"}, ["a", "b"]),
        ({"staff": "Li"}, ["c"]),
        ({"staff": "Nobody So Called"}, []),
        ({"not": {"any": [{"staff": "王芳"}, {"staff": "Li"}]}}, ["d"]),
        ({"all": [{"staff": "王芳"}, {"trait": "recency_days", "op": ">=", "value": 3}]}, ["b"]),
    ],
    ids=str,
)
def test_a_rule_asks_who_is_in_charge(rule: dict[str, object], who: list[str]) -> None:
    assert met(rule) == who


@pytest.mark.parametrize(
    "wrong", [{"staff": ""}, {"staff": "x" * 201}, {"staff": "a\0b"}, {"staff": "a", "op": "="}, {"staff": 5}]
)
def test_what_is_no_name_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        met(wrong)


def test_it_is_read_out_in_both_languages_and_written_as_it_was() -> None:
    rule = read({"staff": "王芳"})
    assert rule_sentence(rule, "CNY") == Words(zh="负责人为“王芳”", en="“王芳” is in charge")
    assert rule.model_dump(mode="json") == {"staff": "王芳"}
    assert named_by(rule) == {"staff/王芳"}


def selected(desk: Desk, rule: dict[str, object]) -> int:
    with desk.reading() as reading:
        return selections.selected(reading, SelectionAsked(rule=rule)).customers


def test_in_a_workspace_it_is_who_is_in_charge_now(own_desk: Desk) -> None:
    assert selected(own_desk, {"staff": "王芳"}) == 0
    with own_desk.reading() as reading:
        batch = charging.put(reading, ChargeAsked(staff="王芳", ids=tuple(PEOPLE[:4]))).batch
    assert selected(own_desk, {"staff": "王芳"}) == 4
    assert selected(own_desk, {"not": {"staff": "王芳"}}) == len(PEOPLE) - 4
    charging.take_back(own_desk, str(batch))
    assert selected(own_desk, {"staff": "王芳"}) == 0


def test_an_audience_may_rest_on_it(own_desk: Desk) -> None:
    name = Words(zh="王芳的客户", en="Fang's customers")
    with own_desk.reading() as reading:
        charging.put(reading, ChargeAsked(staff="王芳", ids=tuple(PEOPLE[:3])))
        saving_audiences.create(reading, NewAudience(key="hers", name=name, rule={"staff": "王芳"}))
    assert saved_audiences.one(own_desk, "hers")[0].rule == read({"staff": "王芳"})
    assert selected(own_desk, {"audience": "hers"}) == 3
