"""Faults: why a cell or row is turned away, and how to mend it, in words."""

from __future__ import annotations

from titian.domain.words import Words

FAULTS: dict[str, Words] = {
    "missing": Words(
        zh="必填的内容为空；请补全后重新导入",
        en="a value is needed here but the cell is empty; fill it in and load again",
    ),
    "id_rounded": Words(
        zh="编号被 Excel 改成了科学计数法，后面的数字已丢失；请把该列设为文本后从原系统重新导出",
        en="Excel turned this id into scientific notation and lost digits; export it again with the column as text",
    ),
    "number_not_time": Words(
        zh="应为时间，却是一个数字；请检查该列是否对应错了",
        en="a number where a time should be; check that the right column is mapped",
    ),
    "no_such_time": Words(
        zh="没有这样的日期或时间；请改成 2020-02-21 或 2020-02-21 14:30:00 的形式，或指定日月顺序",
        en="no such date or time; write it like 2020-02-21 or 2020-02-21 14:30:00, or say the order of day and month",
    ),
    "not_a_time": Words(
        zh="无法识别为时间；请改成 2020-02-21 或 2020-02-21 14:30:00 的形式",
        en="not a time; write it like 2020-02-21 or 2020-02-21 14:30:00",
    ),
    "time_implausible": Words(
        zh="时间不在 1970 年至 2099 年之间，多半是填错了（1899 年是 Excel 的零日期）；请改正",
        en="not between 1970 and 2099, so most likely a slip (1899 is Excel's date zero); put it right",
    ),
    "date_implausible": Words(
        zh="日期不在 1900 年至 2099 年之间，多半是填错了；请改正",
        en="not between 1900 and 2099, so most likely a slip; put it right",
    ),
    "not_money": Words(
        zh="无法识别为金额；请改成 1234.50 的形式（小数点是逗号时请在映射中说明）",
        en="not an amount of money; write it like 1234.50 (if the comma is the decimal sign, say so in the mapping)",
    ),
    "money_range": Words(
        zh="金额过大，绝对值须小于 100,000,000,000,000；请检查该值",
        en="too large: amounts must be below 100,000,000,000,000; check the value",
    ),
    "not_number": Words(
        zh="无法识别为数字；请改成 12.5 的形式",
        en="not a number; write it like 12.5",
    ),
    "not_integer": Words(
        zh="应为整数；请改成 12 的形式",
        en="not a whole number; write it like 12",
    ),
    "unknown_status": Words(
        zh="未知的状态；请在映射的 status_values 中说明它是 paid（已付款）、unpaid（未付款）、cancelled（已取消）还是 refund（退款）",
        en="unknown status; say in status_values of the mapping whether it means paid, unpaid, cancelled or refund",
    ),
    "negative_unpaid": Words(
        zh="未付款的订单金额不能为负；请检查金额或状态",
        en="an unpaid order can not have a negative amount; check amount and status",
    ),
    "not_json": Words(
        zh='不是有效的 JSON；请改成 {"键": "值"} 的形式',
        en='not JSON; write it like {"key": "value"}',
    ),
    "customer_conflict": Words(
        zh="同一订单的各行客户不一致；请改成同一个客户，或使用不同的订单编号",
        en="the lines of this order name different customers; make them agree or give the orders different ids",
    ),
    "status_conflict": Words(
        zh="同一订单的各行状态不一致；请改成同一种状态",
        en="the lines of this order have different statuses; make them agree",
    ),
    "order_too_large": Words(
        zh="该订单各行合计金额过大，须小于 100,000,000,000,000；请检查数量和单价",
        en="the lines of this order add up to too much (the bound is 100,000,000,000,000); check quantity and price",
    ),
    "sibling": Words(
        zh="同一订单的其他行有错误，整单暂未导入，以免金额不完整；改好那一行后，连同本行一起重新导入",
        en="another line of this order is bad, so the order was held back whole; mend that line and load both again",
    ),
}
