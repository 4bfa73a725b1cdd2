"""The canonical tables: which columns there are, of what type, and what each means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from titian.domain.words import Words
from titian.errors import UnknownNameError

Kind = Literal["id", "text", "instant", "date", "money", "number", "integer", "status", "json"]

DUCKDB_TYPES: dict[Kind, str] = {
    "id": "VARCHAR",
    "text": "VARCHAR",
    "instant": "TIMESTAMP",
    "date": "DATE",
    "money": "DECIMAL(18,4)",
    "number": "DOUBLE",
    "integer": "BIGINT",
    "status": "VARCHAR",
    "json": "VARCHAR",
}
"""How a kind of column is stored. Instants are UTC without a zone; aware at the edges only."""

IBIS_TYPES: dict[Kind, str] = {
    "id": "string",
    "text": "string",
    "instant": "timestamp",
    "date": "date",
    "money": "decimal(18, 4)",
    "number": "float64",
    "integer": "int64",
    "status": "string",
    "json": "string",
}
"""The same as every engine behind Ibis says it."""

STATUSES = ("paid", "unpaid", "cancelled", "refund")


@dataclass(frozen=True)
class Column:
    """One column of a canonical table."""

    name: str
    kind: Kind
    words: Words
    required: bool = False

    @property
    def duckdb_type(self) -> str:
        return DUCKDB_TYPES[self.kind]

    @property
    def ibis_type(self) -> str:
        return IBIS_TYPES[self.kind]


@dataclass(frozen=True)
class Table:
    """One canonical table; `key` are the columns that make a row unique, `at` is when the row happened.

    Ids that are made for rows without one begin with `made_ids`, and are made of the columns `made_of` (all unless said):
    a row with the same in them replaces the one before.
    """

    name: str
    words: Words
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    at: str | None = None
    made_ids: str = ""
    made_of: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """The column called `name`. Raises UnknownNameError with the valid names."""
        for column in self.columns:
            if column.name == name:
                return column
        raise UnknownNameError(f"column of {self.name}", f"{self.name} 列", name, [c.name for c in self.columns])


def _column(name: str, kind: Kind, zh: str, en: str, required: bool = False) -> Column:
    return Column(name, kind, Words(zh=zh, en=en), required)


RECORDED = _column("recorded_at", "instant", "记录时间", "recorded at")

ORDERS = Table(
    "orders",
    Words(zh="订单", en="orders"),
    ("order_id",),
    (
        _column("order_id", "id", "订单编号", "order id"),
        _column("customer_id", "id", "客户编号", "customer id", required=True),
        _column("ordered_at", "instant", "下单时间", "ordered at", required=True),
        _column("amount", "money", "金额", "amount", required=True),
        _column("refunded_amount", "money", "退款金额", "refunded amount"),
        _column("refunded_at", "instant", "退款时间", "refunded at"),
        _column("status", "status", "状态", "status"),
        _column("store_id", "id", "店铺", "store"),
        _column("channel", "text", "渠道", "channel"),
        _column("cost", "money", "成本", "cost"),
        _column("discount", "money", "优惠金额", "discount"),
        RECORDED,
    ),
    at="ordered_at",
    made_ids="c-",
)

ORDER_ITEMS = Table(
    "order_items",
    Words(zh="订单明细", en="order items"),
    ("item_id",),
    (
        _column("item_id", "id", "明细编号", "item id"),
        _column("order_id", "id", "订单编号", "order id", required=True),
        _column("product_id", "id", "商品编号", "product id"),
        _column("product", "text", "商品名称", "product"),
        _column("category", "text", "品类", "category"),
        _column("brand", "text", "品牌", "brand"),
        _column("quantity", "number", "数量", "quantity"),
        _column("unit_price", "money", "单价", "unit price"),
        RECORDED,
    ),
    made_ids="i-",
)

CUSTOMERS = Table(
    "customers",
    Words(zh="客户", en="customers"),
    ("customer_id",),
    (
        _column("customer_id", "id", "客户编号", "customer id", required=True),
        _column("name", "text", "姓名", "name"),
        _column("first_seen_at", "instant", "首次出现", "first seen at"),
        _column("registered_at", "instant", "注册时间", "registered at"),
        _column("store_id", "id", "店铺", "store"),
        _column("channel", "text", "来源渠道", "channel"),
        _column("gender", "text", "性别", "gender"),
        _column("birth_date", "date", "生日", "birth date"),
        _column("city", "text", "城市", "city"),
        _column("province", "text", "省份", "province"),
        _column("country", "text", "国家", "country"),
        _column("profession", "text", "职业", "profession"),
        _column("email", "text", "邮箱", "e-mail"),
        _column("phone", "id", "手机号", "phone"),
        RECORDED,
    ),
    at="first_seen_at",
)

EVENTS = Table(
    "events",
    Words(zh="行为", en="events"),
    ("event_id",),
    (
        _column("event_id", "id", "行为编号", "event id"),
        _column("customer_id", "id", "客户编号", "customer id", required=True),
        _column("event", "text", "行为名称", "event", required=True),
        _column("occurred_at", "instant", "发生时间", "occurred at", required=True),
        _column("session_id", "id", "会话", "session"),
        _column("channel", "text", "渠道", "channel"),
        _column("duration_s", "number", "时长（秒）", "duration (s)"),
        _column("product_id", "id", "商品编号", "product id"),
        _column("value", "number", "数值", "value"),
        _column("city", "text", "城市", "city"),
        _column("properties", "json", "属性", "properties"),
        RECORDED,
    ),
    at="occurred_at",
    made_ids="e-",
)

CUSTOMER_CHANGES = Table(
    "customer_changes",
    Words(zh="客户属性变更", en="customer changes"),
    ("change_id",),
    (
        _column("change_id", "id", "变更编号", "change id"),
        _column("customer_id", "id", "客户编号", "customer id", required=True),
        _column("attribute", "text", "属性", "attribute", required=True),
        _column("value", "text", "新值", "value"),
        _column("changed_at", "instant", "变更时间", "changed at", required=True),
        RECORDED,
    ),
    at="changed_at",
    made_ids="h-",
)

LINKS = Table(
    "links",
    Words(zh="客户关系", en="links"),
    ("link_id",),
    (
        _column("link_id", "id", "关系编号", "link id"),
        _column("from_id", "id", "发起人", "from", required=True),
        _column("to_id", "id", "对象", "to", required=True),
        _column("kind", "text", "关系类型", "kind"),
        _column("linked_at", "instant", "发生时间", "linked at"),
        _column("weight", "number", "权重", "weight"),
        RECORDED,
    ),
    at="linked_at",
    made_ids="l-",
)

INVITES = Table(
    "invites",
    Words(zh="邀请", en="invites"),
    ("invite_id",),
    (
        _column("invite_id", "id", "邀请编号", "invite id"),
        _column("inviter_id", "id", "邀请人", "inviter", required=True),
        _column("invitee_id", "id", "被邀请人", "invitee"),
        _column("invited_at", "instant", "邀请时间", "invited at"),
        _column("joined_at", "instant", "加入时间", "joined at"),
        _column("channel", "text", "渠道", "channel"),
        RECORDED,
    ),
    at="invited_at",
    made_ids="v-",
)

COSTS = Table(
    "costs",
    Words(zh="成本", en="costs"),
    ("cost_id",),
    (
        _column("cost_id", "id", "成本编号", "cost id"),
        _column("day", "date", "日期", "day", required=True),
        _column("channel", "text", "渠道", "channel"),
        _column("kind", "text", "用途", "kind"),
        _column("amount", "money", "金额", "amount", required=True),
        RECORDED,
    ),
    made_ids="k-",
)

ANSWERS = Table(
    "answers",
    Words(zh="问卷回答", en="answers"),
    ("answer_id",),
    (
        _column("answer_id", "id", "回答编号", "answer id"),
        _column("survey_id", "id", "问卷编号", "survey id"),
        _column("customer_id", "id", "客户编号", "customer id", required=True),
        _column("answered_at", "instant", "回答时间", "answered at", required=True),
        _column("score", "number", "评分", "score"),
        _column("text", "text", "评价内容", "text"),
        _column("moment", "text", "评价环节", "moment"),
        RECORDED,
    ),
    at="answered_at",
    made_ids="a-",
)

IDENTITIES = Table(
    "identities",
    Words(zh="客户身份", en="identities"),
    ("identity_id",),
    (
        _column("identity_id", "id", "身份编号", "identity id"),
        _column("source", "text", "来源系统", "source", required=True),
        _column("source_id", "id", "来源编号", "source id", required=True),
        _column("customer_id", "id", "客户编号", "customer id", required=True),
        RECORDED,
    ),
    made_ids="d-",
    made_of=("source", "source_id"),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        CUSTOMERS,
        ORDERS,
        ORDER_ITEMS,
        EVENTS,
        CUSTOMER_CHANGES,
        LINKS,
        INVITES,
        COSTS,
        ANSWERS,
        IDENTITIES,
    )
}


def table(name: str) -> Table:
    """The canonical table called `name`. Raises UnknownNameError with the valid names."""
    if name not in TABLES:
        raise UnknownNameError("table", "表", name, list(TABLES))
    return TABLES[name]
