"""Effect notes: what is said beside an effect that rests on little, or on nothing."""

from __future__ import annotations

from titian.domain.note import FEW_CUSTOMERS, Note
from titian.domain.words import Words

NOBODY = Note(
    code="nobody",
    text=Words(zh="没有可比较的客户。", en="There is nobody to compare."),
)
ONE_GROUP = Note(
    code="one_group",
    text=Words(zh="所有客户都在同一层，分层没有区分任何人。", en="Everybody is in one layer: it tells nobody apart."),
)
ALL_EQUAL = Note(
    code="all_equal",
    text=Words(
        zh="所有客户的取值都相同，没有差别可以解释。", en="All customers have the same value: nothing to explain."
    ),
)
ALONE = Note(
    code="groups_of_one",
    text=Words(
        zh="每一层或每个取值只有一位客户，分不清是层的差别还是人的差别。",
        en="Each layer or value is held by one customer: what is the layer's and what the person's can not be told.",
    ),
)
PERFECT = Note(
    code="no_spread_within",
    text=Words(
        zh="同一层内取值全部相同，层已完全决定取值；请确认分层不是用这个指标划分的。",
        en="Within each layer all values are the same; check that the layers were not made from this very trait.",
    ),
)
WITHOUT_SPREAD = Note(
    code="left_out_of_test",
    text=Words(
        zh="有的层只有一位客户或取值全同，韦尔奇检验未计入这些层。",
        en="Layers of one customer, or where all have the same value, are left out of Welch's test.",
    ),
)
SPARSE = Note(
    code="sparse_table",
    text=Words(
        zh="超过五分之一的格子预期不足 5 人，区间与 p 值只是粗略的。",
        en="More than a fifth of the cells expect fewer than 5 customers: interval and p value are rough.",
    ),
)
FEW = Words(
    zh="只基于 {n} 位客户，数字会随少数人变动。",
    en="This rests on only {n} customers: a few people can move it.",
)


def on_size(customers: int) -> tuple[Note, ...]:
    """The remark that an effect rests on few."""
    few = 0 < customers < FEW_CUSTOMERS
    return (Note(code="few_customers", text=FEW.format(n=customers)),) if few else ()
