"""Needs: what waits for a person, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from titian.app.answers.imports import ImportRun
from titian.app.answers.layering import LayeringNow
from titian.app.answers.overview import NeedsYou
from titian.app.desk import Reading
from titian.domain.counting import counted
from titian.domain.instants import local_day
from titian.domain.words import Words

STALE_DAYS = 7
LOOKED_BACK = 20
"""Imports that are looked at."""


def needs(reading: Reading, page: LayeringNow | None, today: date) -> tuple[NeedsYou, ...]:
    """What waits: damage that was mended, imports that failed, rejected rows, drifting customers, stale data."""
    if page is None:
        return (*_mended(reading), *_imports(reading), _begin())
    return (*_mended(reading), *_ahead(reading), *_imports(reading), *_drifting(page), *_stale(reading, today))


def _begin() -> NeedsYou:
    return NeedsYou(
        kind="no_data",
        tone="warn",
        title=Words(zh="还没有数据", en="There are no data yet"),
        detail=Words(zh="导入订单后，这里会显示分层和变化", en="load orders, and layers and changes show here"),
        action=Words(zh="导入订单", en="Load orders"),
        path="/data",
    )


def _mended(reading: Reading) -> Iterator[NeedsYou]:
    notice = reading.desk.home.notice
    if notice is not None:
        yield NeedsYou(
            kind="mended",
            tone="warn",
            title=Words(zh="数据仓库曾损坏，已重建", en="The warehouse was damaged and has been rebuilt"),
            detail=Words(zh=notice.zh, en=notice.message),
            action=Words(zh="查看数据", en="Look at the data"),
            path="/data",
        )


def _ahead(reading: Reading) -> Iterator[NeedsYou]:
    newest = reading.data.newest_day_end()
    if newest is None or reading.present.end is None or local_day(newest, reading.data.timezone) <= reading.present.end:
        return
    yield NeedsYou(
        kind="ahead",
        tone="bad",
        title=Words(zh="有数据的日期在今天之后", en="Some data are dated after today"),
        detail=Words(
            zh=f"最晚到 {local_day(newest, reading.data.timezone)}；默认只算到今天，请检查导入的日期",
            en=f"up to {local_day(newest, reading.data.timezone)}; pages count up to today; check the dates of what was loaded",
        ),
        action=Words(zh="查看导入", en="Look at the imports"),
        path="/data",
    )


def _imports(reading: Reading) -> Iterator[NeedsYou]:
    """The newest import of each file, when it failed or turned rows away."""
    seen: set[str] = set()
    for run in reading.desk.runs.page(None, LOOKED_BACK).runs:
        if run.file_name in seen or run.state in ("waiting", "running", "cancelled"):
            continue
        seen.add(run.file_name)
        if run.state == "failed":
            yield _failed(run)
        elif run.result is not None and run.result.rejected:
            yield _rejected(run, run.result.rejected, run.result.rows)


def _failed(run: ImportRun) -> NeedsYou:
    nothing = Words(zh="", en="")
    return NeedsYou(
        kind="import_failed",
        tone="bad",
        title=Words(zh=f"{run.file_name} 导入失败", en=f"{run.file_name} could not be loaded"),
        detail=run.error or nothing,
        action=Words(zh="查看原因", en="See why"),
        path=f"/data/imports/{run.id}",
    )


def _rejected(run: ImportRun, rejected: int, rows: int) -> NeedsYou:
    return NeedsYou(
        kind="rejects",
        tone="warn",
        title=Words(
            zh=f"{run.file_name} 有 {rejected:,} 行被拒绝",
            en=f"{counted(rejected, 'row', 'rows')} of {run.file_name} {'was' if rejected == 1 else 'were'} rejected",
        ),
        detail=Words(zh=f"共 {rows:,} 行，其余已导入", en=f"of {rows:,}; the rest was loaded"),
        action=Words(zh="下载并修正", en="Download and mend"),
        path=f"/data/imports/{run.id}",
    )


def _drifting(page: LayeringNow) -> Iterator[NeedsYou]:
    for held in page.layers:
        if held.layer.key == "important_keep" and held.came:
            yield NeedsYou(
                kind="drifting",
                tone="bad",
                title=Words(
                    zh=f"{held.came:,} 位客户新掉进“{held.layer.name.zh}”",
                    en=f"{counted(held.came, 'customer', 'customers')} slipped into “{held.layer.name.en}”",
                ),
                detail=held.layer.play.aim,
                action=Words(zh="查看名单", en="See who"),
                path="/customers?layering=rfm&layer=important_keep&sort=spend",
            )


def _stale(reading: Reading, today: date) -> Iterator[NeedsYou]:
    end = reading.present.end
    if end is None or (today - end).days <= STALE_DAYS:
        return
    days = (today - end).days
    yield NeedsYou(
        kind="stale",
        tone="warn",
        title=Words(zh=f"数据已 {days:,} 天没有更新", en=f"No new data for {days:,} days"),
        detail=Words(zh=f"最新一笔在 {end} 之前", en=f"the newest is of before {end}"),
        action=Words(zh="导入新数据", en="Load new data"),
        path="/data",
    )
