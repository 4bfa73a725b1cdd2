"""What bins are called, and which of them a sentence tells."""

from __future__ import annotations

import pytest

from titian.domain.words import Words
from titian.measure.portrait_bins import Counted, CountedTrait
from titian.measure.portrait_words import bin_words, day_text, note_on_empty, sentence, telling
from titian.measure.portrayed import PortraitBin
from titian.traits.catalogue import trait


def range_(low: float, high: float) -> Counted:
    return Counted("range", None, low, high, 1, 2)


def value(said: str) -> Counted:
    return Counted("value", said, None, None, 1, 2)


def rest(kind: str) -> Counted:
    return Counted("other" if kind == "other" else "unknown", None, None, None, 1, 2)


def called(name: str, *bins: Counted, dated: bool = False) -> list[tuple[str, str]]:
    words = bin_words(CountedTrait(trait(name), dated, bins), "CNY")
    return [(one.zh, one.en) for one in words]


def part(name: str, inside: int, everyone: int, kind: str = "value") -> PortraitBin:
    """A bin of a group of 100 among 1,000."""
    share_inside, share = inside / 100, everyone / 1000
    return PortraitBin(
        kind="other" if kind == "other" else "unknown" if kind == "unknown" else "value",
        value=name,
        low=None,
        high=None,
        name=Words(zh=name, en=name),
        inside=inside,
        everyone=everyone,
        share_inside=share_inside,
        share=share,
        tgi=share_inside / share * 100,
        tgi_low=None,
        tgi_high=None,
        few=False,
    )


def test_ranges_say_their_lowest_and_highest_value_and_the_last_one_is_open() -> None:
    assert called("order_count", range_(0, 0), range_(1, 3), range_(4, 90)) == [
        ("0 次", "0"),
        ("1 次至 3 次", "1 to 3"),
        ("4 次及以上", "4 or more"),
    ]


def test_money_has_its_sign_and_a_blank_before_chinese() -> None:
    assert called("spend", range_(-5, 12.5), range_(13, 99)) == [
        ("−¥5.00 至 ¥12.50", "−¥5.00 to ¥12.50"),
        ("¥13.00 及以上", "¥13.00 or more"),
    ]


def test_a_lone_range_is_closed() -> None:
    assert called("order_count", range_(1, 3)) == [("1 次至 3 次", "1 to 3")]


def test_days_are_dates() -> None:
    assert day_text(19723.4) == "2024-01-01"
    assert called("first_order_at", range_(19723, 19724), range_(19725, 19800), dated=True) == [
        ("2024-01-01 至 2024-01-02", "2024-01-01 to 2024-01-02"),
        ("2024-01-03 及以后", "2024-01-03 or later"),
    ]


def test_values_have_the_names_of_the_house_and_others_their_own() -> None:
    assert called("gender", value("female"), value("true"), value("杭州"), rest("other"), rest("unknown")) == [
        ("女", "Female"),
        ("是", "yes"),
        ("杭州", "杭州"),
        ("其他", "Other"),
        ("未知", "Unknown"),
    ]


@pytest.mark.parametrize(
    ("bins", "told"),
    [
        ([part("a", 60, 300), part("b", 40, 700)], "a"),
        ([part("a", 20, 100), part("b", 40, 100), part("c", 40, 800)], "b"),
        ([part("a", 20, 100), part("b", 80, 400, "other"), part("c", 0, 500)], "a"),
        ([part("a", 10, 400), part("b", 90, 600, "unknown")], "b"),
        ([part("a", 30, 300), part("b", 70, 700)], None),
        ([], None),
    ],
    ids=["more than all", "more than another", "a value before the rest", "only unknown", "as all", "nothing"],
)
def test_what_there_is_too_much_of_is_told(bins: list[PortraitBin], told: str | None) -> None:
    found = telling(bins)
    assert (found and found.value) == told


def test_a_small_difference_has_two_decimals() -> None:
    said = sentence(trait("city"), [part("杭州", 31, 300), part("上海", 69, 700)], apart=True)
    assert said.zh == "城市为杭州的占 31.0%，是全体的 1.03 倍。"
    assert said.en == "City 杭州: 31.0% of them, 1.03 times the share among everybody."


def test_traits_without_values_are_named_in_one_remark() -> None:
    assert note_on_empty([]) == ()
    (note,) = note_on_empty([trait("city"), trait("gender")])
    assert note.text.zh == "没有人有取值，未列出：城市、性别。"
