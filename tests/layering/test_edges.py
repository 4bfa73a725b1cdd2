"""Strange data and strange parameters, for every layering: a defined result with a note, or a refusal that says the mend."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

import titian as tt
from tests.acceptance.product import layers
from tests.layering.own import layer
from tests.layering.stories import AS_OF, ago, codes, did
from tests.oracle.communities import NEVER
from tests.oracle.shop import Order
from tests.oracle.village import Event, Invite, Link, Person, Village, handed
from titian.errors import InputError, MissingDataError
from titian.layering.contract import LayeringError

EVERY_TABLE = {
    "orders": (Order("o1", None, ago(3), Decimal(5)), Order("o2", "later", NEVER, Decimal(5))),
    "people": (Person("later", NEVER),),
    "links": (Link("a", "a"), Link("stranger", "other"), Link("later", "a", linked_at=NEVER)),
    "invites": (Invite("a", "a", ago(3), ago(2)), Invite("later", "a", NEVER, NEVER)),
}
"""Rows of nobody, of oneself and of the year 2099."""
STRANGE = handed(Village("UTC", (*did("a", (1, "view")), Event(None, "post", ago(1))), **EVERY_TABLE))  # type: ignore[arg-type]
LATER = Village(
    "UTC",
    events=(Event("a", "view", NEVER),),
    orders=(Order("o", "a", NEVER, Decimal(5)),),
    links=(Link("a", "b", linked_at=NEVER),),
)
EVENTS = handed(Village("UTC", tuple(did("a", *((3, f"event {n}") for n in range(10_000))))))
every_kind = pytest.mark.parametrize("kind", tt.layerings().values(), ids=list(tt.layerings()))


@every_kind
def test_who_did_nearly_nothing_among_rows_of_nobody_is_the_only_customer(kind: type[tt.Layering]) -> None:
    got = kind.example().assign(STRANGE, as_of=AS_OF)
    assert set(layers(got)) == {"a"}
    assert set(layers(got).values()) <= {one.key for one in got.fitted.layers}
    assert all(reason.sentence.zh and reason.sentence.en for reason in got.explain("a"))


@pytest.mark.parametrize("kind", [kind for kind in tt.layerings().values() if kind is not tt.TraitSplit])
def test_a_day_before_all_data_is_refused_with_the_day_they_begin(kind: type[tt.Layering]) -> None:
    with pytest.raises(InputError, match="2099-01-01") as refused:
        kind.example().assign(handed(LATER), as_of=AS_OF)
    assert "2099-01-01" in refused.value.hint
    assert "2099-01-01" in refused.value.hint_zh


@pytest.mark.full
@every_kind
def test_where_profiles_are_known_too_nobody_was_there_yet_and_it_is_said(kind: type[tt.Layering]) -> None:
    got = kind.example().assign(handed(replace(LATER, people=(Person("a", NEVER),))), as_of=AS_OF)
    assert layers(got) == {}
    assert got.notes


@pytest.mark.parametrize("kind", [tt.AARRR, tt.Lifecycle, tt.Identity, tt.AIPL, tt.Growth, tt.Social])
def test_ten_thousand_names_of_events_are_one_customer_and_short_notes(kind: type[tt.Layering]) -> None:
    got = kind.example().assign(EVENTS, as_of=AS_OF)
    assert len(layers(got)) == 1
    assert all(len(note.text.en) < 400 and len(note.text.zh) < 400 for note in got.notes)


@pytest.mark.parametrize(
    ("kind", "table"), [(tt.Influence, "links"), (tt.TraitSplit, "customers"), (tt.RFM, "orders"), (tt.Tiers, "orders")]
)
def test_a_table_that_is_missing_is_named_with_the_command_that_loads_it(kind: type[tt.Layering], table: str) -> None:
    with pytest.raises(MissingDataError, match=table) as refused:
        kind.example().assign(EVENTS, as_of=AS_OF)
    assert "titian load" in refused.value.hint
    assert "titian load" in refused.value.hint_zh


TALK = handed(Village("UTC", tuple(e for n in range(5) for e in did(f"c{n}", *((2, "post"),) * n))))


@pytest.mark.parametrize(
    ("layering", "expected", "empty"),
    [
        (tt.Social(creator=1_000, contributor=500), ["participant"] * 4, "Core creators, Contributors"),
        (tt.Social(creator=1, contributor=1), ["creator"] * 4, "Contributors, Participants"),
        (tt.Social(creator=5, contributor="q0.95"), ["creator"] * 4, "Contributors, Participants"),
        (tt.Social(creator="q0.9", contributor=1), ["contributor"] * 3 + ["creator"], "Participants"),
    ],
    ids=["above everybody", "one on the other", "the upper below the lower", "a number under a statistic"],
)
def test_cuts_that_leave_a_layer_empty_are_said(layering: tt.Layering, expected: list[str], empty: str) -> None:
    got = layering.assign(TALK, as_of=AS_OF)
    assert [layers(got)[f"c{n}"] for n in range(1, 5)] == expected
    (note,) = [note for note in got.notes if note.code == "empty_layers"]
    assert empty in note.text.en


@pytest.mark.parametrize(
    ("kind", "parameters", "en", "zh"),
    [
        (tt.Social, {"creator": 2, "contributor": 3}, "must not lie below", "不能低于"),
        (tt.Social, {"creator": "median", "contributor": "q0.9"}, "must not lie below", "不能低于"),
        (tt.Social, {"weights": {}}, "weights", "weights"),
        (tt.Social, {"weights": {"post": 0}}, "greater than or equal to 0.0001", "不能小于"),
        (tt.Social, {"weights": {"post": float("nan")}}, "10000", "不能大于"),
        (tt.Social, {"weights": {"post": float("inf")}}, "less than or equal to 10000", "不能大于"),
        (tt.Identity, {"celebrity_influence": float("inf")}, "less than or equal to", "不能大于"),
        (tt.Influence, {"kol": 1, "koc": 2}, "must not lie below", "不能低于"),
        (tt.Influence, {"kol": "q0.5", "koc": "q0.9"}, "must not lie below", "不能低于"),
        (tt.Identity, {"celebrity_followers": 0}, "greater than 0", "大于"),
        (tt.Identity, {"contribution_events": ()}, "at least 1", "1"),
        (tt.Identity, {"active_days": 2.5}, "integer", "整数"),
        (tt.AARRR, {"core_path": ("view", "a\0b")}, "NUL", "NUL"),
        (tt.Social, {"weights": {"a\0b": 1}}, "NUL", "NUL"),
        (tt.Rules, {"layers": [layer("a", {"trait": "spend", "op": ">", "value": 1})]}, "catches all", "兜底"),
    ],
    ids=lambda value: str(value)[:48],
)
def test_thresholds_that_cannot_be_are_refused_in_both_languages(
    kind: type[tt.Layering], parameters: dict[str, object], en: str, zh: str
) -> None:
    with pytest.raises(LayeringError) as refused:
        kind(**parameters)
    assert en in refused.value.message
    assert zh in refused.value.zh


def test_nobody_stands_above_others_who_are_all_alike() -> None:
    alike = handed(Village("UTC", tuple(e for who in "abc" for e in did(who, (2, "post")))))
    assert set(layers(tt.Social().assign(alike, as_of=AS_OF)).values()) == {"participant"}
    assert "empty_layers" in codes(tt.Social(), alike)


def test_a_sum_of_weights_that_doubles_miss_reaches_a_cut_that_includes_itself() -> None:
    data = handed(Village("UTC", tuple(did("a", (2, "post"), (2, "like")))))
    for weights, cut in (({"post": 0.7, "like": 0.1}, 0.8), ({"post": 0.1, "like": 0.2}, 0.3)):
        got = layers(tt.Social(weights=weights, creator=cut, contributor=cut).assign(data, as_of=AS_OF))
        assert got == {"a": "creator"}
