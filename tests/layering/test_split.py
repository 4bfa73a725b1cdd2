"""A layer per value of a trait: as the oracle counts them, with values that share our names, bands and their borders."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import QUICK, differences, layers
from tests.layering.explained import explained
from tests.layering.stories import AS_OF, ago, codes, did, told
from tests.oracle import known
from tests.oracle.communities import community
from tests.oracle.facts import all_traits
from tests.oracle.village import Change, Person, Village, handed

SEEN = {seed: community(seed) for seed in (4, 21)}
every_community = pytest.mark.parametrize(("seen", "end"), SEEN.values(), ids=SEEN)
CATEGORIES = {
    "city": lambda *asked: known.attribute(*asked[:2], "city", asked[2]),
    "profession": lambda *asked: known.attribute(*asked[:2], "profession", asked[2]),
    "favourite_category": lambda *asked: known.favourite(*asked, "category"),
    "part_of_day": known.part_of_day,
    "part_of_week": known.part_of_week,
    "usual_city": known.usual_city,
}


def agrees_by_value(seen: Village, end: datetime, trait: str, most: int) -> None:
    values = {who: CATEGORIES[trait](seen, who, end) for who in seen.everyone(end)}
    got = layers(tt.TraitSplit(trait=trait, most=most).assign(handed(seen), as_of=end))
    assert differences(got, known.by_value(values, most)) == {}


@every_community
@pytest.mark.parametrize(("trait", "most"), [("city", 1), ("favourite_category", 2)])
def test_layers_are_the_values_and_the_rest_is_other(seen: Village, end: datetime, trait: str, most: int) -> None:
    agrees_by_value(seen, end, trait, most)


@pytest.mark.full
@QUICK
@given(st.integers(0, 10**6), st.sampled_from([1, 2, 3, 20]))
def test_layers_of_every_trait_are_the_values(seed: int, most: int) -> None:
    seen, end = community(seed)
    for trait in CATEGORIES:
        if seen.orders or trait != "favourite_category":
            agrees_by_value(seen, end, trait, most)


@every_community
def test_ages_are_cut_into_bands(seen: Village, end: datetime) -> None:
    ages = {who: known.age(seen, who, end) for who in seen.everyone(end)}
    for bands in ((1, 24, 34), (0, "q0.5", "q0.5")):
        got = layers(tt.TraitSplit(trait="age_years", bands=bands).assign(handed(seen), as_of=end))
        assert differences(got, known.by_bands(ages, bands)) == {}


@every_community
def test_money_of_a_window_is_cut_into_bands(seen: Village, end: datetime) -> None:
    spent = {who: row.spend for who, row in all_traits(seen.shop, end, 90).items()}
    spent = {who: spent.get(who, 0) for who in seen.everyone(end)}
    data = handed(seen)
    if not data.has("orders"):
        return
    got = layers(tt.TraitSplit(trait="spend", bands=(0, 20, 40), window_days=90).assign(data, as_of=end))
    assert differences(got, known.by_bands(spent, (0, 20, 40))) == {}


@every_community
def test_reasons_say_the_value(seen: Village, end: datetime) -> None:
    for who, (_, (said,)) in explained(tt.TraitSplit(trait="city").assign(handed(seen), as_of=end)).items():
        city = known.attribute(seen, who, "city", end) or "unknown"
        assert (
            said.sentence.en == f"city: {'Unknown' if city == 'unknown' else city}"
            or said.sentence.en == "city: unknown"
        )


def people(*cities: str | None) -> tt.Dataset:
    return told(did("b0", (3, "home")), people=[Person(f"a{n}", ago(9), city=city) for n, city in enumerate(cities)])


def test_values_called_like_our_own_layers_are_others() -> None:
    got = layers(tt.TraitSplit(trait="city").assign(people("unknown", "other", "广州", None), as_of=AS_OF))
    assert got == {"a0": "other", "a1": "other", "a2": "广州", "a3": "unknown", "b0": "unknown"}


def test_blanks_around_a_value_make_no_other_value() -> None:
    got = layers(tt.TraitSplit(trait="city").assign(people("广州", " 广州 ", "  "), as_of=AS_OF))
    assert got == {"a0": "广州", "a1": "广州", "a2": "unknown", "b0": "unknown"}


def test_of_values_equally_many_the_first_in_the_alphabet_is_kept() -> None:
    got = layers(tt.TraitSplit(trait="city", most=1).assign(people("Ulm", "Bonn"), as_of=AS_OF))
    assert got == {"a0": "other", "a1": "Bonn", "b0": "unknown"}


@pytest.mark.parametrize("later", ["Bonn", "Ulm"])
def test_a_value_that_a_kept_fit_does_not_know_is_other_or_unknown(later: str) -> None:
    layering = tt.TraitSplit(trait="city", most=1)
    fitted = layering.assign(people("Bonn", "Bonn", *(["Ulm"] if later == "Ulm" else [])), as_of=AS_OF).fitted
    got = layers(layering.assign(people("Kiel"), as_of=AS_OF, fitted=fitted))
    assert got["a0"] == ("other" if later == "Ulm" else "unknown")


@pytest.mark.parametrize("value", ["x" * 5_000, 'O\'Brien \\ "x"', "a__b", "😀", "NULL", "band_1", "1"])
def test_any_text_can_be_a_layer(value: str) -> None:
    got = tt.TraitSplit(trait="city").assign(people(value, None), as_of=AS_OF)
    assert layers(got)["a0"] == value
    assert got.explain("a0")[0].sentence.en.startswith("city: ")
    assert tt.Fitted.model_validate_json(got.fitted.model_dump_json()) == got.fitted


def test_bands_of_what_nobody_has_leave_everybody_unknown() -> None:
    got = tt.TraitSplit(trait="age_years", bands=("q0.5",)).assign(people("Ulm"), as_of=AS_OF)
    assert set(layers(got).values()) == {"unknown"}


def test_an_undated_profile_says_so_until_changes_are_dated() -> None:
    dated = Village(
        "UTC", tuple(did("a", (3, "home"))), people=(Person("a"),), changes=(Change("a", "city", "Ulm", ago(2)),)
    )
    assert "undated" in codes(tt.TraitSplit(trait="city"), people("Ulm"))
    assert "undated" not in codes(tt.TraitSplit(trait="city"), handed(dated))
    assert "undated" not in codes(tt.TraitSplit(trait="part_of_day"), people("Ulm"))


@pytest.mark.parametrize(
    ("parameters", "said", "zh"),
    [
        ({"trait": "age_years"}, "give the borders", "bands"),
        ({"trait": "city", "bands": (1, 2)}, "leave bands away", "不能分段"),
        ({"trait": "age_years", "bands": (30, 20)}, "ascend", "从小到大"),
        ({"trait": "age_years", "bands": (20, 20)}, "each once", "不重复"),
        ({"trait": "last_order_at"}, "such as recency_days", "recency_days"),
        ({"trait": "shoe_size"}, "shoe_size", "shoe_size"),
        ({"trait": "city", "window_days": 30}, "always over all history", "窗口"),
        ({"trait": "city", "most": 0}, "most", "most"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_wrong_splits_are_refused_in_both_languages(parameters: dict[str, object], said: str, zh: str) -> None:
    with pytest.raises(tt.TitianError) as refused:
        tt.TraitSplit(**parameters)
    assert said in refused.value.message + refused.value.hint
    assert zh in refused.value.zh + refused.value.hint_zh
