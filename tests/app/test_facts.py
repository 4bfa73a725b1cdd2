"""What a profile says is shown in the reader's words, and how it changed stands on the timeline."""

from datetime import UTC, date, datetime

import pytest

from titian.app.desk import Reading
from titian.app.facts import change_words, value_words
from titian.app.past import Past
from titian.app.personal import masked
from titian.app.timelines import timeline


@pytest.mark.parametrize(("given", "shown"), [("12345", "****"), ("+8613812345678", "+86****5678"), ("a@b", "a***@b")])
def test_a_contact_never_shows_its_middle(given: str, shown: str) -> None:
    assert masked(given) == shown


@pytest.mark.parametrize(
    ("attribute", "value", "zh", "en"),
    [
        ("gender", "Female", "女", "female"),
        ("gender", "男", "男", "male"),
        ("gender", "diverse", "diverse", "diverse"),
        ("city", "female", "female", "female"),
        ("phone", "13812345678", "138****5678", "138****5678"),
    ],
)
def test_a_value_is_said_in_both_languages(attribute: str, value: str, zh: str, en: str) -> None:
    said = value_words(attribute, value)
    assert (said.zh, said.en) == (zh, en)


@pytest.mark.parametrize(
    ("attribute", "value", "zh", "en"),
    [
        ("city", "杭州", "城市：杭州", "city: 杭州"),
        ("shoe_size", "38", "shoe_size：38", "shoe_size: 38"),
        ("email", None, "邮箱已清空", "e-mail removed"),
        ("email", "li@example.com", "邮箱：l***@example.com", "e-mail: l***@example.com"),
    ],
)
def test_a_change_is_said_with_its_attribute(attribute: str, value: str | None, zh: str, en: str) -> None:
    said = change_words(attribute, value)
    assert (said.zh, said.en) == (zh, en)


def test_changes_before_the_day_stand_on_the_timeline(market_day: Reading) -> None:
    changes = [
        {"change_id": f"h{at.day}", "attribute": "city", "value": str(at.day), "changed_at": at}
        for at in (datetime(2024, 3, 2), datetime(2024, 3, 9), datetime(2024, 3, 20))
    ]
    entries, counts = timeline(market_day, Past("b10", {"customer_changes": changes}), date(2024, 3, 10))
    assert (counts, [entry.text.en for entry in entries]) == ({"change": 2}, ["city: 9", "city: 2"])
    assert {(entry.kind, entry.recorded) for entry in entries} == {("change", "city")}
    assert entries[0].at == datetime(2024, 3, 9, tzinfo=UTC)
