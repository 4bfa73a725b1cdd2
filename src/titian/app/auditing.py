"""Auditing: the audit log as people read it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

import pyarrow as pa

from titian.app.answers.audit import AuditLine, AuditLines
from titian.app.definition import DEEDS, Sort
from titian.app.desk import Desk, Reading
from titian.app.exporting import Export, Sheet, exported
from titian.app.permitted import need
from titian.domain.spreadsheet import Cell
from titian.domain.words import Words

if TYPE_CHECKING:
    from titian.store.audit import Line

DEFINED: dict[Sort, Words] = {
    "layerings": Words(zh="分层", en="a layering"),
    "audiences": Words(zh="人群", en="an audience"),
    "tag_groups": Words(zh="标签组", en="a tag group"),
    "tags": Words(zh="标签", en="a tag"),
    "events": Words(zh="行为含义", en="what events mean"),
    "mappings": Words(zh="列的对应", en="which column is which"),
    "population": Words(zh="排除规则", en="the rule of who is left out"),
}
DONE = {
    "create": Words(zh="新建{what}", en="made {what}"),
    "publish": Words(zh="发布{what}的新版本", en="published a version of {what}"),
    "remove": Words(zh="删除{what}", en="removed {what}"),
    "restore": Words(zh="恢复{what}", en="brought {what} back"),
}
ACTIONS = {
    f"{DEEDS[sort]}.{deed}": Words(zh=said.zh.format(what=what.zh), en=said.en.format(what=what.en))
    for sort, what in DEFINED.items()
    for deed, said in DONE.items()
} | {
    # As logs of earlier versions have it.
    "tag.change": Words(zh="修改标签", en="changed a tag"),
    "tag_group.change": Words(zh="修改标签组", en="changed a tag group"),
    "definitions.apply": Words(zh="应用定义文件", en="applied files of definitions"),
    "tag.merge": Words(zh="合并标签", en="merged a tag into another"),
    "tag.give": Words(zh="给客户打标签", en="tagged customers"),
    "tag.take": Words(zh="取消客户的标签", en="took a tag from customers"),
    "tag.follow": Words(zh="按规则更新标签", en="brought tags into step with their rules"),
    "tag.undo": Words(zh="撤回一批标签", en="took a batch of tags back"),
    "note.add": Words(zh="添加备注", en="added a note"),
    "note.change": Words(zh="修改备注", en="changed a note"),
    "note.remove": Words(zh="删除备注", en="removed a note"),
    "known.say": Words(zh="填写对客户的了解", en="said something of what to know of a customer"),
    "known.undo": Words(zh="撤回对客户的了解", en="took back what was said of a customer"),
    "staff.assign": Words(zh="分配客户负责人", en="put somebody in charge of customers"),
    "staff.relieve": Words(zh="取消客户负责人", en="left customers without anybody in charge"),
    "staff.undo": Words(zh="撤回一批负责人分配", en="took back who was put in charge"),
    "channel.test": Words(zh="发送测试消息", en="sent a test message"),
    "touch.settle": Words(zh="处理待确认的触达", en="settled a touch that was held"),
    "touch.report": Words(zh="读取退信和投诉", en="read letters that came back"),
    "outbox.pause": Words(zh="暂停发送", en="paused sending"),
    "outbox.resume": Words(zh="恢复发送", en="resumed sending"),
    "outbox.stop": Words(zh="停止活动", en="stopped a campaign"),
    "consent.record": Words(zh="登记客户同意或拒绝", en="noted what a customer agreed to or refused"),
    "task.end": Words(zh="完成员工任务", en="ended a staff task"),
    "workspace.change": Words(zh="修改工作区设置", en="changed settings"),
    "customer.show": Words(zh="调取一位客户的全部数据", en="handed out all data of a customer"),
    "customer.erasing": Words(zh="开始删除客户", en="began to erase customers"),
    "customer.erase": Words(zh="删除客户", en="erased customers"),
    "import.load": Words(zh="导入数据", en="loaded data"),
    "import.undo": Words(zh="撤回导入", en="took an import back"),
    "export.file": Words(zh="导出文件", en="exported a file"),
    "warehouse.rebuild": Words(zh="重建数据仓库", en="rebuilt the warehouse"),
    "workspace.backup": Words(zh="备份工作区", en="backed the workspace up"),
}
"""What is written down, by the name of the action."""
COLUMNS = {"number": pa.int64()} | dict.fromkeys(("at", "actor", "action", "subject", "details", "digest"), pa.string())
"""What a file of the log holds."""
MOST = 500
"""Lines of one answer."""


def lines(desk: Desk, search: str = "", before: int | None = None, most: int = 100) -> AuditLines:
    """The newest lines first; `search` keeps those in which all of its words stand.

    Raises ForbiddenError for a program that may read the log and no personal data: of tags by birthdays it says how many had one.
    """
    need("customers.personal")
    found, count = desk.trail.lines(search, before, most + 1)
    shown = found[:most]
    return AuditLines(
        lines=tuple(_line(desk, line) for line in shown),
        found=count,
        next=shown[-1].number if len(found) > most else None,
    )


def export(reading: Reading, kind: str, search: str = "") -> Export:
    """All of them, or what a search finds, as a file; the reading must stay open while the chunks are taken.

    Raises as `lines` does.
    """
    need("customers.personal")
    desk = reading.desk
    found, _ = desk.trail.lines(search, None, None)
    key = ("audit", search, found[0].digest if found else "")
    rows, _ = reading.data.engine.upload(key, lambda: _table(_line(desk, line) for line in found))
    sheet = Sheet(rows.order_by(rows.number.desc()), tuple(COLUMNS), lambda row: (_cell(row[name]) for name in COLUMNS))
    return exported(reading, "audit", sheet, kind)


def _cell(value: object) -> Cell:
    return value if isinstance(value, int) else str(value)


def _table(found: Iterable[AuditLine]) -> pa.Table:
    lines = [one.model_dump() | {"details": json.dumps(one.details, ensure_ascii=False)} for one in found]
    return pa.Table.from_pylist(lines, schema=pa.schema(COLUMNS.items()))


def _line(desk: Desk, line: Line) -> AuditLine:
    return AuditLine(
        number=line.number,
        at=datetime.fromisoformat(line.at).astimezone(desk.workspace.zone).isoformat(timespec="seconds"),
        actor=line.actor,
        action=line.action,
        said=ACTIONS.get(line.action, Words(zh=line.action, en=line.action)),
        subject=line.subject,
        details=line.details,
        digest=line.digest,
    )
