"""Doctor: what is installed, reachable and healthy, and how to mend what is not."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from titian.app.answers.workspace import Check
from titian.app.desk import Desk
from titian.app.held import held
from titian.app.permitted import may
from titian.domain.counting import counted
from titian.domain.words import Words
from titian.errors import TitianError
from titian.warehouse.tables import TABLES

FREE_BYTES = 2 << 30
PACKAGES = ("duckdb", "ibis-framework", "pyarrow", "pydantic", "fastapi", "sqlalchemy")
OPTIONAL = {"polars": "polars", "spark": "pyspark"}


def checks(desk: Desk) -> list[Check]:
    """Every check, in the order in which things rest on each other."""
    return [
        _python(),
        *_packages(),
        *_optional(),
        _writable(desk),
        _room(desk),
        _definitions(desk),
        _audit(desk),
        *_warehouse(desk),
    ]


def _check(name: str, ok: bool, zh: str, en: str, mend: tuple[str, str] | None = None) -> Check:
    said = Words(zh=mend[0], en=mend[1]) if mend and not ok else None
    return Check(name=name, ok=ok, found=Words(zh=zh, en=en), mend=said)


def _python() -> Check:
    found = sys.version.split()[0]
    return _check(
        "python",
        sys.version_info >= (3, 11),
        found,
        found,
        ("请使用 Python 3.11 或更新版本", "use Python 3.11 or newer"),
    )


def _packages() -> Iterator[Check]:
    for name in PACKAGES:
        try:
            found = version(name)
        except PackageNotFoundError:
            yield _check(name, False, "未安装", "not installed", ("请重新安装 titian", "install titian again"))
        else:
            yield _check(name, True, found, found)


def _optional() -> Iterator[Check]:
    for extra, module in OPTIONAL.items():
        there = importlib.util.find_spec(module) is not None
        zh, en = ("已安装", "installed") if there else ("未安装（可选）", "not installed (optional)")
        yield _check(extra, True, zh, en)


def _writable(desk: Desk) -> Check:
    path = desk.workspace.path
    return _check(
        "workspace",
        os.access(path, os.W_OK),
        str(path),
        str(path),
        ("没有写权限：请修改该文件夹的权限", "it can't be written to: change its permissions"),
    )


def _room(desk: Desk) -> Check:
    free = shutil.disk_usage(desk.workspace.path).free
    return _check(
        "disk",
        free > FREE_BYTES,
        f"剩余 {free / 1e9:,.1f} GB",
        f"{free / 1e9:,.1f} GB free",
        ("请至少腾出 2 GB", "free at least 2 GB"),
    )


def _definitions(desk: Desk) -> Check:
    try:
        count = len(held(desk))
        desk.event_meanings.said()
    except TitianError as error:
        return _check("definitions", False, error.zh, error.message, (error.hint_zh, error.hint))
    return _check("definitions", True, f"{count} 个分层模型", f"{count} layerings")


def _audit(desk: Desk) -> Check:
    """The store, and whether every line of its audit log is as it was written.

    How many there are, and a digest of what the last one says, are for those who may read the log: of tags that follow birthdays
    it has a line whenever anybody has one.
    """
    try:
        lines, found = desk.trail.lines("", None, 1)
        broken = desk.trail.broken()
    except TitianError as error:
        return _check("store", False, error.zh, error.message, (error.hint_zh, error.hint))
    if broken is None and not (may("audit.read") and may("customers.personal")):
        return _check("store", True, "审计日志完整", "the audit log is whole")
    if broken is None:
        last = lines[0].digest[:12] if lines else "–"
        zh, en = (
            f"审计日志 {found:,} 条，完整；末条摘要 {last}",
            f"{counted(found, 'line', 'lines')} of audit, whole; last digest {last}",
        )
        return _check("store", True, zh, en)
    return _check(
        "store",
        False,
        f"审计日志第 {broken.number:,} 条与写入时不一致",
        f"line {broken.number:,} of the audit log is not as it was written ({broken.why})",
        (
            "有人绕过 Titian 修改过存储：请与备份对照",
            "somebody changed the store past Titian: compare it with a backup",
        ),
    )


def _warehouse(desk: Desk) -> Iterator[Check]:
    try:
        with desk.reading() as reading:
            rows = {name: reading.data.has(name) for name in TABLES}
            end = reading.present.end
            notice = desk.home.notice
    except TitianError as error:
        yield _check("warehouse", False, error.zh, error.message, (error.hint_zh, error.hint))
        return
    if notice is not None:
        yield _check("repair", True, notice.zh, notice.message)
    filled = [name for name, there in rows.items() if there]
    zh = "、".join(TABLES[name].words.zh for name in filled) or "尚无数据"
    en = ", ".join(TABLES[name].words.en for name in filled) or "no data yet"
    yield _check("warehouse", True, zh, en)
    if desk.home.loads:
        yield _landing(desk)
    if end is not None:
        yield _check("newest", True, f"数据截至 {end} 之前", f"data up to {end}")


def _landing(desk: Desk) -> Check:
    batches = len(desk.lake.landing.committed())
    broken = desk.lake.landing.unreadable()
    return _check(
        "landing",
        not broken,
        f"{batches} 个批次" + (f"，{len(broken)} 个无法读取：{'、'.join(broken)}" if broken else ""),
        counted(batches, "batch", "batches") + (f", {len(broken)} unreadable: {', '.join(broken)}" if broken else ""),
        ("请从备份恢复这些批次的 manifest.json", "bring their manifest.json back from a backup"),
    )
