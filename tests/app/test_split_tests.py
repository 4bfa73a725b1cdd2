"""Split tests of a workspace: which days are meant, and that all doors say the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import titian as tt
from tests.app import bazaar
from titian.app import publishing, split_tests
from titian.app.answers.layering import DefinitionAsked
from titian.app.answers.split import SplitTested
from titian.app.desk import Desk, Reading
from titian.errors import InputError, NotFoundError, UnknownNameError

END = bazaar.END


def days(found: SplitTested) -> tuple[date, date]:
    return found.as_of, found.outcome_at


@pytest.mark.parametrize(
    ("outcome", "as_of", "outcome_at", "expected"),
    [
        ("spend_90d", None, None, (END - timedelta(90), END)),
        ("spend_30d", None, date(2024, 5, 1), (date(2024, 4, 1), date(2024, 5, 1))),
        ("spend_900d", None, None, (END, END)),
        ("spend", None, None, (END, END)),
        ("spend_90d", date(2024, 2, 1), None, (date(2024, 2, 1), date(2024, 5, 1))),
        ("spend_90d", END, None, (END, END)),
        ("spend", date(2024, 2, 1), date(2024, 4, 1), (date(2024, 2, 1), date(2024, 4, 1))),
    ],
    ids=["newest", "a day", "too long", "no window", "layers' day", "layers now", "both"],
)
def test_the_days_are_those_asked_or_as_far_apart_as_the_window_is_long(
    market_day: Reading, outcome: str, as_of: date | None, outcome_at: date | None, expected: tuple[date, date]
) -> None:
    assert days(split_tests.tested(market_day, "rfm", outcome, as_of, outcome_at)) == expected


def test_the_answer_is_that_of_python(market_day: Reading) -> None:
    found = split_tests.tested(market_day, "value_levels", "order_count_60d", None, None)
    plain = tt.split_test(
        tt.ValueLevels(), market_day.data, as_of=found.as_of, outcome="order_count_60d", outcome_at=found.outcome_at
    )
    assert (found.effect, found.low, found.high, found.p) == pytest.approx(
        (plain.effect_size, plain.low, plain.high, plain.p_value)
    )
    assert (found.verdict, found.sentence) == (plain.verdict.key, plain.sentence)
    assert [line.mean for line in found.layers] == pytest.approx([line.mean for line in plain.layers])


def test_a_categorys_values_have_names(market_day: Reading) -> None:
    found = split_tests.tested(market_day, "rfm", "part_of_day", END, END)
    assert (found.measure, found.by_rank, found.mean) == ("cramers_v", None, None)
    assert {value.name.zh for value in found.values} <= {"深夜", "早晨", "上午", "中午", "下午", "晚上"}
    assert sum(sum(line.counts) for line in found.layers) == found.customers


def test_published_cuts_are_kept(own_desk: Desk) -> None:
    with own_desk.reading() as reading:
        before = split_tests.tested(reading, "rfm", "spend_90d", None, None)
        publishing.publish(reading, "rfm", DefinitionAsked(parameters={"recency": 3}, base_version=1))
        after = split_tests.tested(reading, "rfm", "spend_90d", None, None)
    assert [line.customers for line in before.layers] != [line.customers for line in after.layers]


@pytest.mark.parametrize(
    ("key", "outcome", "as_of", "outcome_at", "error"),
    [
        ("nothing", "spend_90d", None, None, UnknownNameError),
        ("rfm", "spent", None, None, UnknownNameError),
        ("rfm", "last_order_at", None, None, InputError),
        ("rfm", "spend_90d", END, date(2024, 1, 1), InputError),
        ("rfm", "spend_90d", date(1999, 1, 1), None, InputError),
    ],
)
def test_what_can_not_be_asked_is_refused(
    market_day: Reading, key: str, outcome: str, as_of: date | None, outcome_at: date | None, error: type[Exception]
) -> None:
    with pytest.raises((error, NotFoundError)):
        split_tests.tested(market_day, key, outcome, as_of, outcome_at)
