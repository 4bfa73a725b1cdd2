"""What is said of rows that were loaded: singular and plural, in both languages, with the command that takes them back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import pytest

from titian.warehouse.parsing.typed import Typed
from titian.warehouse.quality import Repeats, after_today, notes, reassigned


@dataclass
class Read:
    """As much of typed rows as the notes look at."""

    rounded: int = 0
    targets: tuple[object, ...] = ()
    day_orders: dict[str, str] = field(default_factory=dict)


NONE = Repeats()


def said(
    rounded: int = 0, repeats: Repeats = NONE, over: int = 0, made: str | None = None, nobody: int = 0
) -> list[tuple[str, str]]:
    """The notes as (English, Chinese)."""
    return [(note.en, note.zh) for note in notes(cast("Typed", Read(rounded)), repeats, over, made, nobody)]


def test_nothing_odd_is_nothing_to_say() -> None:
    assert said() == []


@pytest.mark.parametrize(
    ("given", "english", "chinese"),
    [
        (said(rounded=1), "1 row had amounts with more than four decimals", "1 行金额"),
        (said(rounded=2_000), "2,000 rows had amounts", "2,000 行金额"),
        (said(repeats=Repeats(1, 0)), "1 repeated row counted once", "只计一次"),
        (said(repeats=Repeats(3, 1)), "3 rows with an id seen before; of 1 id the rows differ", "以最后一行为准"),
        (said(over=1), "1 order with more refunded than paid", "1 个订单"),
        (said(nobody=2), "2 rows without a customer", "2 条记录没有客户编号"),
        (said(made="orders"), "the file has no order id", "文件没有订单编号"),
        (said(made="links"), "ids were made from the content (l-…)", "l-…"),
    ],
)
def test_each_oddity_is_counted_in_words(given: list[tuple[str, str]], english: str, chinese: str) -> None:
    ((en, zh),) = given
    assert english in en
    assert chinese in zh


def test_oddities_are_said_together() -> None:
    assert len(said(1, Repeats(1, 1), 1, "orders", 1)) == 5


@pytest.mark.parametrize(("count", "english"), [(1, "1 row known before now"), (1_200, "1,200 rows known before now")])
def test_rows_that_changed_hands_name_some_and_how_to_take_it_back(count: int, english: str) -> None:
    words = reassigned("orders", count, [("o1", "ann", "bo"), ("o2", "cai", None)], "b7")
    assert english in words.en
    assert "order id o1 (ann → bo), o2 (cai → nobody)" in words.en
    assert "订单编号 o1（ann → bo）、o2（cai → 无）" in words.zh
    assert all("titian undo b7" in text for text in (words.en, words.zh))


@pytest.mark.parametrize(("count", "english"), [(1, "1 row dated after today"), (3, "3 rows dated after today")])
def test_rows_of_the_future_name_one_and_say_when_they_count(count: int, english: str) -> None:
    words = after_today(count, (4, "下单时间", "2099-01-01 00:00"), "b7")
    assert english in words.en
    assert "row 4, column '下单时间': 2099-01-01 00:00" in words.en
    assert "到那一天才计入" in words.zh
