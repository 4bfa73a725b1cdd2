"""Quality: what a person should know about rows that were loaded, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from titian.domain.counting import counted
from titian.domain.words import Words
from titian.warehouse.parsing.typed import Typed
from titian.warehouse.tables import table

MADE_IDS = Words(
    zh="文件没有{what}，已按内容生成（{prefix}…）；同一文件重复导入不会产生新记录",
    en="the file has no {what}: ids were made from the content ({prefix}…); loading it again adds nothing",
)
ORDER_SHOWN = {
    "dmy": ("日-月-年", "day-month-year"),
    "mdy": ("月-日-年", "month-day-year"),
    "ymd": ("年-月-日", "year-month-day"),
}


@dataclass(frozen=True)
class Repeats:
    """Rows whose key had been seen before in the same file."""

    rows: int = 0
    differing: int = 0
    """Keys whose rows did not agree; the last one counts."""


def notes(
    typed: Typed, repeats: Repeats, over_refunded: int, made_ids_of: str | None, without_customer: int
) -> tuple[Words, ...]:
    """What to tell about a batch."""
    said = [_made_ids(made_ids_of)] if made_ids_of else []
    if repeats.rows:
        said.append(_repeated(repeats))
    if typed.rounded:
        said.append(
            Words(
                zh=f"{typed.rounded:,} 行金额超过四位小数，已四舍六入五成双到四位",
                en=f"{counted(typed.rounded, 'row', 'rows')} had amounts with more than four decimals; rounded half to even",
            )
        )
    if over_refunded:
        said.append(
            Words(
                zh=f"{over_refunded:,} 个订单的退款多于金额，已照原样导入；请确认金额列是否已扣除退款",
                en=f"{counted(over_refunded, 'order', 'orders')} with more refunded than paid, kept as it came: is the amount already net?",
            )
        )
    if without_customer:
        said.append(
            Words(
                zh=f"{without_customer:,} 条记录没有客户编号：计入总额，但不属于任何层级",
                en=f"{counted(without_customer, 'row', 'rows')} without a customer: counted in totals, in no layer",
            )
        )
    return (*said, *_days(typed))


def reassigned(table_name: str, count: int, first: Sequence[tuple[str, str, str | None]], batch_id: str) -> Words:
    """Known rows that a file gave to another customer; `first` are some of them as (key, before, after)."""
    key = table(table_name).column(table(table_name).key[0]).words
    shown_zh = "、".join(f"{row}（{before} → {after or '无'}）" for row, before, after in first)
    shown_en = ", ".join(f"{row} ({before} → {after or 'nobody'})" for row, before, after in first)
    return Words(
        zh=f"{count:,} 条已有记录换了客户，例如 {key.zh} {shown_zh}；"
        f"若并非有意更改，请检查编号是否被重复使用，并可撤回本次导入：titian undo {batch_id}",
        en=f"{counted(count, 'row', 'rows')} known before now with another customer, such as {key.en} {shown_en}; "
        f"if that was not meant, see whether ids are used twice and take this import back: titian undo {batch_id}",
    )


def after_today(count: int, first: tuple[int, str, str], batch_id: str) -> Words:
    """Rows dated after today; `first` is the row, column and local time of one."""
    row, column, value = first
    return Words(
        zh=f"{count:,} 条记录的日期在今天之后，例如第 {row} 行 {column!r} 列的 {value}；已照原样导入，到那一天才计入；"
        f"若是填错，请撤回本次导入（titian undo {batch_id}），改正后重新导入",
        en=f"{counted(count, 'row', 'rows')} dated after today, such as row {row}, column {column!r}: {value}; kept, to "
        f"count from that day on; if it is a slip, take this import back (titian undo {batch_id}), mend and load again",
    )


def _made_ids(name: str) -> Words:
    made = table(name)
    what, prefix = made.column(made.key[0]).words, made.made_ids
    return Words(zh=MADE_IDS.zh.format(what=what.zh, prefix=prefix), en=MADE_IDS.en.format(what=what.en, prefix=prefix))


def _repeated(repeats: Repeats) -> Words:
    if not repeats.differing:
        return Words(
            zh=f"{repeats.rows:,} 行与前面的行完全重复，只计一次",
            en=f"{counted(repeats.rows, 'repeated row', 'repeated rows')} counted once",
        )
    return Words(
        zh=f"{repeats.rows:,} 行的编号在文件中重复，其中 {repeats.differing:,} 个编号的内容不一致，以最后一行为准",
        en=f"{counted(repeats.rows, 'row', 'rows')} with an id seen before; "
        f"of {counted(repeats.differing, 'id', 'ids')} the rows differ and the last counts",
    )


def _days(typed: Typed) -> tuple[Words, ...]:
    sources = {target.column.name: target.source for target in typed.targets}
    return tuple(
        Words(
            zh=f"{sources[name]!r} 列的日期按 {ORDER_SHOWN[order][0]} 识别",
            en=f"dates in {sources[name]!r} were read as {ORDER_SHOWN[order][1]}",
        )
        for name, order in typed.day_orders.items()
    )
