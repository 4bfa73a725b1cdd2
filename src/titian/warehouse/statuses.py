"""Statuses: the words that shops use for the state of an order → paid, unpaid, cancelled, refund."""

from __future__ import annotations

from titian.warehouse.tables import STATUSES
from titian.warehouse.wording import normalised

WORDS: dict[str, tuple[str, ...]] = {
    "paid": (
        "交易成功 已付款 已支付 支付成功 付款成功 已完成 完成 交易完成 已发货 待发货 等待发货 已签收 已收货 待收货 部分发货 已评价 待评价",
        "买家已付款 买家已付款等待卖家发货 等待卖家发货 卖家已发货 卖家已发货等待买家确认 等待买家确认收货 等待买家确认 确认收货 成功",
        "已出库 待出库 配送中 运输中 已送达 待自提 已自提 有效 正常 部分退款 已核销 待核销 已结算",
        "paid completed complete shipped delivered success succeeded successful processing fulfilled approved invoiced done ok",
        "finished closed_won settled captured partially_refunded partially_shipped in_transit dispatched accepted confirmed active sale",
        "payment_received authorized_and_captured",
    ),
    "unpaid": (
        "待付款 未付款 待支付 未支付 等待付款 等待买家付款 待买家付款 等待支付 已下单 待确认 定金已付 待付尾款",
        "unpaid pending pending_payment awaiting_payment payment_pending created placed new open on_hold draft authorized invoice_sent",
    ),
    "cancelled": (
        "交易关闭 已取消 取消 已关闭 关闭 订单取消 订单关闭 已作废 作废 无效 支付失败 付款失败 超时关闭 交易取消 用户取消 拒收 已拒绝",
        "cancelled canceled cancel closed void voided expired failed failure declined rejected unavailable abandoned",
        "payment_failed timeout deleted invalid",
        # The state of the order itself: its money went back, so it counts for nothing. Below are records of their own.
        "已退款 退款成功 全额退款 已退货 退货退款 已退货退款 退款完成 退款已完成 退货成功",
        "refunded returned fully_refunded reversed",
    ),
    "refund": (
        "退款 退款单 退货 退货单",
        "refund return chargeback credit credit_note reversal money_back",
    ),
}

_BY_WORD = {normalised(word): status for status, lines in WORDS.items() for line in lines for word in line.split()}
_MARKS = " ,，。;；、!！"


def status_of(word: str) -> str | None:
    """The status that a shop's word means; None when it is not known."""
    plain = normalised(word).translate({ord(mark): None for mark in _MARKS})
    return plain if plain in STATUSES else _BY_WORD.get(plain)
