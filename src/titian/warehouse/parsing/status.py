"""Status: the words that shops use for the state of an order, and what each means."""

from __future__ import annotations

from collections.abc import Iterable

from titian.domain.mapping import Mapping
from titian.warehouse.tables import STATUSES

_WORDS = {
    "paid": "已付款 已支付 付款成功 支付成功 交易成功 交易完成 已完成 完成 成功 已发货 已签收 已收货 待发货 待收货 "
    "买家已付款 卖家已发货 complete completed success succeeded settled shipped delivered fulfilled closed_won",
    "unpaid": "未付款 待付款 未支付 待支付 等待买家付款 pending unsettled awaiting_payment pending_payment",
    "cancelled": "已取消 取消 交易关闭 已关闭 订单取消 交易取消 canceled cancel void voided closed",
    "refund": "退款 已退款 退货 已退货 退款成功 退货退款 全额退款 refunded return returned",
}
KNOWN_WORDS: dict[str, str] = {word: status for status, words in _WORDS.items() for word in words.split()}
"""Status words that need no mapping."""


def meanings(mapping: Mapping, words: Iterable[str]) -> dict[str, str]:
    """What each of the source's status words (lower case) means, as far as it is known."""
    own = {word.strip().lower(): status for word, status in mapping.status_values.items()}
    known = KNOWN_WORDS | {status: status for status in STATUSES} | own
    lowered = {word.lower() for word in words}
    return {word: known[word] for word in sorted(lowered) if word in known}
