"""The guess: tables and columns from names and values, and the questions that only a person can answer."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from titian.domain.mapping import Mapping
from titian.errors import UnknownNameError
from titian.warehouse.guess import Guess, guess
from titian.warehouse.sources.batch import Sample

DICE = random.Random(7)
VALUES: dict[str, Sequence[str | None]] = {
    "id": [f"{n:06d}" for n in range(60)],
    "who": [f"c{DICE.randrange(12)}" for _ in range(60)],
    "day": [f"2024-{n % 12 + 1:02d}-{n % 28 + 1:02d} 10:00:00" for n in range(60)],
    "money": [f"{n}.50" for n in range(60)],
    "few": [str(n % 4 + 1) for n in range(60)],
    "text": [f"thing {n % 9}" for n in range(60)],
    "none": [None] * 60,
}


def sample(columns: dict[str, Sequence[str | None]], *, has_header: bool = True) -> Sample:
    """A sample with these columns."""
    records = tuple(zip(*columns.values(), strict=True))
    return Sample("a.csv", "csv", tuple(columns), records, has_header=has_header)


def named(**columns: str) -> Guess:
    """The guess for columns called like the keys with values of a kind."""
    return guess(sample({name: VALUES[kind] for name, kind in columns.items()}))


def asked(made: Guess) -> list[str]:
    """The fields of the questions."""
    return [question.field for question in made.questions]


ORDERS = {"订单号": VALUES["id"], "会员号": VALUES["who"], "下单时间": VALUES["day"], "实付金额": VALUES["money"]}


def test_a_chinese_file_of_orders_is_understood() -> None:
    made = guess(sample(ORDERS))
    assert made.confident
    assert made.table == "orders"
    assert made.mapping.columns == {
        "order_id": "订单号",
        "customer_id": "会员号",
        "ordered_at": "下单时间",
        "amount": "实付金额",
    }


@pytest.mark.parametrize(
    ("target", "name", "kind"),
    [
        ("order_id", "订单编号", "id"),
        ("order_id", "Order ID", "id"),
        ("order_id", "ＯＲＤＥＲ＿ＩＤ", "id"),
        ("order_id", "transaction-id", "id"),
        ("customer_id", "买家会员名", "who"),
        ("customer_id", "买家昵称", "who"),
        ("customer_id", "手机号", "who"),
        ("customer_id", "user_id", "who"),
        ("customer_id", "CustomerID", "who"),
        ("ordered_at", "付款时间", "day"),
        ("ordered_at", "订单付款时间", "day"),
        ("ordered_at", "订单创建时间", "day"),
        ("ordered_at", "InvoiceDate", "day"),
        ("ordered_at", "date", "day"),
        ("amount", "买家实际支付金额", "money"),
        ("amount", "总金额", "money"),
        ("amount", "金额(元)", "money"),
        ("amount", "dollar_value", "money"),
        ("amount", "Total (USD)", "money"),
        ("refunded_amount", "退款金额", "money"),
        ("discount", "优惠金额", "money"),
        ("channel", "订单来源", "text"),
        ("store_id", "店铺名称", "text"),
    ],
)
def test_a_name_of_the_trade_is_known(target: str, name: str, kind: str) -> None:
    base = {"order_id": "id", "customer_id": "who", "ordered_at": "day", "amount": "money"}
    base.pop(target, None)
    made = guess(sample({name: VALUES[kind], **{key: VALUES[value] for key, value in base.items()}}), "orders")
    assert made.mapping.columns[target] == name


def test_online_retail_is_lines_of_orders() -> None:
    made = named(
        InvoiceNo="who",
        StockCode="text",
        Description="text",
        Quantity="few",
        InvoiceDate="day",
        UnitPrice="money",
        CustomerID="who",
    )
    assert made.confident
    assert made.mapping.columns == {
        "order_id": "InvoiceNo",
        "customer_id": "CustomerID",
        "ordered_at": "InvoiceDate",
        "product_id": "StockCode",
        "product": "Description",
        "quantity": "Quantity",
        "unit_price": "UnitPrice",
    }


def test_cdnow_has_orders_without_an_order_id() -> None:
    made = named(customer_id="who", date="day", number_of_cds="few", dollar_value="money")
    assert made.confident
    assert made.mapping.columns == {"customer_id": "customer_id", "ordered_at": "date", "amount": "dollar_value"}


def test_a_clickstream_is_events() -> None:
    made = named(
        user_id="who", session_id="id", event="text", timestamp="day", platform="text", acquisition_channel="text"
    )
    assert (made.table, made.confident) == ("events", True)
    assert made.mapping.columns["channel"] == "acquisition_channel"


def test_a_member_list_is_customers() -> None:
    made = named(会员号="id", 姓名="text", 性别="few", 注册时间="day", 城市="text", 手机="id")
    assert (made.table, made.confident) == ("customers", True)
    assert made.mapping.columns["phone"] == "手机"


def test_lines_without_customer_and_time_are_order_items() -> None:
    made = named(order_id="who", product_name="text", quantity="few", unit_price="money")
    assert (made.table, made.confident) == ("order_items", True)


def test_payment_and_creation_time_are_told_apart() -> None:
    made = named(
        订单编号="id", 会员="who", 订单付款时间="day", 订单创建时间="day", 总金额="money", 买家实际支付金额="money"
    )
    assert made.mapping.columns["ordered_at"] == "订单创建时间"
    assert made.mapping.columns["paid_at"] == "订单付款时间"
    assert made.mapping.columns["amount"] == "买家实际支付金额"


def test_a_payment_time_alone_is_the_time_of_the_order() -> None:
    made = named(订单编号="id", 会员="who", 付款时间="day", 实付金额="money")
    assert made.mapping.columns["ordered_at"] == "付款时间"
    assert "paid_at" not in made.mapping.columns


def test_an_export_without_customer_is_asked_about_kindly() -> None:
    provinces = ["上海", "广东省", "浙江省", "安徽省"] * 15
    made = guess(
        sample(
            {"订单编号": VALUES["id"], "收货地址": provinces, "付款时间": VALUES["day"], "实付金额": VALUES["money"]}
        )
    )
    assert not made.confident
    (question,) = made.questions
    assert (question.field, question.choices) == ("columns.customer_id", ("收货地址",))
    assert "只有 4 个不同的值（如 上海）" in question.text.zh
    assert "only 4 different values" in question.text.en


def test_a_missing_time_is_asked_for_among_the_dates() -> None:
    made = named(order_id="id", customer_id="who", amount="money", remark="text")
    assert asked(made) == ["columns.ordered_at"]


def test_two_names_for_the_customer_are_asked_about() -> None:
    made = guess(
        sample({"客户ID": VALUES["who"], "会员编号": VALUES["few"], "金额": VALUES["money"], "日期": VALUES["day"]})
    )
    assert asked(made) == ["columns.customer_id"]
    assert made.questions[0].choices == ("客户ID", "会员编号")


def test_two_names_for_the_same_values_are_no_question() -> None:
    made = guess(
        sample({"客户ID": VALUES["who"], "会员编号": VALUES["who"], "金额": VALUES["money"], "日期": VALUES["day"]})
    )
    assert made.confident


def test_values_alone_are_a_guess_to_confirm() -> None:
    made = guess(sample({"a": VALUES["who"], "b": VALUES["day"], "c": VALUES["money"]}, has_header=False))
    assert made.mapping.columns == {"customer_id": "a", "ordered_at": "b", "amount": "c"}
    assert made.mapping.has_header is False
    assert asked(made) == ["columns.customer_id", "columns.ordered_at", "columns.amount"]


def test_two_ids_in_a_file_without_header_are_both_offered() -> None:
    columns = {
        "column_1": VALUES["who"],
        "column_2": VALUES["who"][::-1],
        "column_3": VALUES["day"],
        "column_4": VALUES["money"],
    }
    question = guess(sample(columns, has_header=False)).questions[0]
    assert (question.field, question.choices) == ("columns.customer_id", ("column_1", "column_2"))


def test_a_name_whose_values_do_not_suit_is_not_trusted() -> None:
    made = guess(sample({**ORDERS, "下单时间": VALUES["text"]}))
    assert not made.confident


DATES = [
    (["13/01/2024", "02/03/2024"], "dmy", []),
    (["01/13/2024", "02/03/2024"], "mdy", []),
    (["01/02/2024", "02/03/2024"], None, ["date_order"]),
    (["13/01/2024", "01/13/2024"], None, ["date_order"]),
    (["2024/01/02", "2024/02/03"], None, []),
    (["20240102", "20240203"], None, []),
    (["14-Jan-15", "15-Feb-15"], None, []),
    (["1704164645", "1704164646"], None, []),
    (["2024年1月2日", "2024年2月3日"], None, []),
]


@pytest.mark.parametrize(("days", "order", "questions"), DATES, ids=[days[0] for days, _, _ in DATES])
def test_day_and_month_are_told_by_the_values_or_asked(
    days: list[str], order: str | None, questions: list[str]
) -> None:
    made = guess(sample({**ORDERS, "下单时间": days * 30}))
    assert made.mapping.date_order == order
    assert asked(made) == questions


def test_days_further_down_in_a_file_tell_the_order_too() -> None:
    head = sample({**ORDERS, "下单时间": ["12/01/2010 8:26"] * 60})
    further = Sample("a.csv", "csv", head.columns, head.records, further=(("9", "c", "7/25/2011 9:00", "1.5"),))
    assert asked(guess(head)) == ["date_order"]
    assert guess(further).mapping.date_order == "mdy"


STATUSES = ["交易成功", "等待买家付款", "交易关闭", "已退款", "Completed", "卖家已发货，等待买家确认"]


def test_words_for_the_state_of_an_order_are_known() -> None:
    made = guess(sample({**ORDERS, "订单状态": STATUSES * 10}))
    assert made.confident
    assert made.mapping.status_values == {
        "交易成功": "paid",
        "等待买家付款": "unpaid",
        "交易关闭": "cancelled",
        "已退款": "cancelled",
        "Completed": "paid",
        "卖家已发货，等待买家确认": "paid",
    }


def test_an_unknown_word_for_the_state_of_an_order_is_asked_about() -> None:
    made = guess(sample({**ORDERS, "订单状态": ["交易成功", "处理中吗"] * 30}))
    assert asked(made) == ["status_values.处理中吗"]
    assert made.questions[0].choices == ("paid", "unpaid", "cancelled", "refund")


@pytest.mark.parametrize(
    ("amounts", "comma"),
    [
        (["12,50", "3,5"], True),
        (["1.234,50", "3"], True),
        (["12.50", "3"], False),
        (["1,234", "5"], False),
        (["1,234.50", "3"], False),
    ],
)
def test_a_decimal_comma_is_found(amounts: list[str], comma: bool) -> None:
    assert guess(sample({**ORDERS, "实付金额": amounts * 30})).mapping.decimal_comma is comma


def test_an_amount_that_is_that_of_the_line_makes_lines() -> None:
    quantity, price = VALUES["few"], ["2.50"] * 60
    total = [str(int(q or 0) * 2.5) for q in quantity]
    order = [str(n // 3) for n in range(60)]
    columns = {
        "order_id": order,
        "buyer": VALUES["who"],
        "date": VALUES["day"],
        "qty": quantity,
        "price": price,
        "amount": total,
    }
    assert "amount" not in guess(sample(columns)).mapping.columns
    assert guess(sample({**columns, "order_id": VALUES["id"]})).mapping.columns["amount"] == "amount"


def test_a_confirmed_mapping_is_remembered_for_the_same_columns() -> None:
    kept = Mapping(columns={"customer_id": "a", "ordered_at": "b", "amount": "c"}, status_values={"好": "paid"})
    made = guess(sample({"a": VALUES["who"], "b": VALUES["day"], "c": VALUES["money"]}), remembered=[kept])
    assert (made.remembered, made.confident) == (True, True)
    assert made.mapping == kept


def test_a_remembered_mapping_whose_values_do_not_suit_is_left() -> None:
    kept = Mapping(columns={"customer_id": "a", "ordered_at": "b", "amount": "c"})
    made = guess(sample({"a": VALUES["who"], "b": VALUES["text"], "c": VALUES["day"]}), remembered=[kept])
    assert not made.remembered


def test_a_remembered_day_order_is_not_asked_again() -> None:
    kept = Mapping(columns={"customer_id": "a", "ordered_at": "b", "amount": "c"}, date_order="dmy")
    columns = {"a": VALUES["who"], "b": ["01/02/2024"] * 60, "c": VALUES["money"]}
    assert guess(sample(columns), remembered=[kept]).confident


def test_a_table_that_a_person_named_is_kept() -> None:
    assert guess(sample(ORDERS), "customers").table == "customers"
    with pytest.raises(UnknownNameError):
        guess(sample(ORDERS), "order")


def test_columns_show_five_different_values_and_how_many_are_empty() -> None:
    made = guess(sample({**ORDERS, "备注": ["甲", None, "甲", "乙"] * 15}))
    remark = next(column for column in made.columns if column.name == "备注")
    assert (remark.samples, remark.empty_share) == (("甲", "乙"), 0.25)
    assert made.columns[0].samples == ("000000", "000001", "000002", "000003", "000004")


def test_each_guess_says_why_in_both_languages() -> None:
    made = guess(sample(ORDERS))
    whys = [target.why for target in made.targets if target.source]
    assert [why.zh for why in whys if why] == [
        "列名“订单号”就是订单编号的常用叫法",
        "列名“会员号”就是客户编号的常用叫法",
        "列名就是“下单时间”",
        "列名“实付金额”就是金额的常用叫法",
    ]


def test_a_file_of_nothing_known_is_taken_for_orders_and_asked_about() -> None:
    made = named(x="few", y="none")
    assert (made.table, made.confident) == ("orders", False)


@given(st.permutations(list(ORDERS)))
def test_the_order_of_the_columns_does_not_matter(names: list[str]) -> None:
    assert guess(sample({name: ORDERS[name] for name in names})).mapping == guess(sample(ORDERS)).mapping


@given(st.randoms())
def test_the_order_of_the_rows_does_not_matter(dice: random.Random) -> None:
    records = list(zip(*ORDERS.values(), strict=True))
    dice.shuffle(records)
    shuffled = guess(Sample("a.csv", "csv", tuple(ORDERS), tuple(records)))
    assert (shuffled.mapping, shuffled.questions) == (guess(sample(ORDERS)).mapping, ())
