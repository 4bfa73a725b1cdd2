"""Words for the state of an order."""

from __future__ import annotations

import pytest

from titian.warehouse.statuses import WORDS, status_of
from titian.warehouse.tables import STATUSES
from titian.warehouse.wording import normalised


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("paid", "paid"),
        ("Completed", "paid"),
        ("SHIPPED", "paid"),
        ("交易成功", "paid"),
        ("买家已付款，等待卖家发货", "paid"),
        ("待付款", "unpaid"),
        ("Pending Payment", "unpaid"),
        ("on-hold", "unpaid"),
        ("交易关闭", "cancelled"),
        ("canceled", "cancelled"),
        ("已退款", "cancelled"),
        ("Refunded", "cancelled"),
        ("退款单", "refund"),
        ("refund", "refund"),
        ("unheard of", None),
        ("", None),
    ],
)
def test_a_word_of_the_trade_means_a_status(word: str, status: str | None) -> None:
    assert status_of(word) == status


def test_no_word_means_two_statuses() -> None:
    words = [normalised(word) for lines in WORDS.values() for line in lines for word in line.split()]
    assert len(words) == len(set(words))


def test_every_status_has_words() -> None:
    assert tuple(WORDS) == STATUSES


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Order ID", "orderid"),
        ("ＯＲＤＥＲ＿ＩＤ", "orderid"),
        ("金额（元）", "金额"),
        ("invoice-No.", "invoiceno"),
        ("(元)", "(元)"),
    ],
)
def test_names_are_compared_without_case_width_blanks_and_remarks(name: str, plain: str) -> None:
    assert normalised(name) == plain
