"""Demo: sample data in a workspace of their own, loaded once; a real shop, or the made Tea House."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from titian.app import importing
from titian.app import workspace as workspaces
from titian.app.aftermath import standing
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.app.settings import FILE_NAME, checked
from titian.app.workspace import Workspace
from titian.domain.counting import counted
from titian.domain.mapping import Mapping
from titian.domain.words import Words
from titian.samples import ONLINE_RETAIL, Sample
from titian.samples.tea import TeaHouse, tea_house
from titian.warehouse.progress import Progress
from titian.warehouse.sources.faults import EmptySourceError
from titian.warehouse.tables import TABLES

LAYERING = Words(zh="计算分层", en="putting customers into layers")
TEA_CUSTOMERS = 2_000
COMPLETE = "costs"
"""Loaded last, and never empty."""


@dataclass(frozen=True)
class Demo:
    """A workspace with the sample in it."""

    workspace: Workspace
    customers: int
    greeting: Words
    attribution: Words


def demo(folder: Path, progress: Progress, sample: Sample = ONLINE_RETAIL) -> Demo:
    """The workspace in `folder` with the sample data: made and loaded when new, else as it is."""
    with Desk(_workspace(folder, "Online Retail", sample.timezone, sample.currency)) as desk:
        if desk.present().end is None:
            asked = SourceAsked(str(sample.path), name=sample.file_name)
            importing.load(desk, asked, sample.mapping, strict=False, progress=progress)
        attribution = Words(
            zh=f"数据来源：{sample.attribution}（{sample.licence}）",
            en=f"data: {sample.attribution} ({sample.licence})",
        )
        return _shown(desk, progress, sample.words, attribution)


def tea_demo(folder: Path, progress: Progress, customers: int = TEA_CUSTOMERS) -> Demo:
    """The workspace in `folder` with a made shop of so many `customers`; tables that are there already stay."""
    house = tea_house(customers)
    with (
        Desk(_workspace(folder, "茶舍 Tea House", house.timezone, "CNY")) as desk,
        tempfile.TemporaryDirectory() as made,
    ):
        _load_tea(desk, house, Path(made), progress)
        words = Words(
            zh="茶舍：生成的一家茶店与社区，两年的客户行为",
            en="the Tea House: a made tea shop with a community, two years",
        )
        attribution = Words(
            zh="数据由程序生成，不含任何真实的人", en="the data are made by a program; nobody in them is real"
        )
        return _shown(desk, progress, words, attribution)


def _workspace(folder: Path, name: str, timezone: str, currency: str) -> Workspace:
    if (folder / FILE_NAME).is_file():
        return workspaces.read(folder)
    given = {"name": name, "timezone": timezone, "currency": currency}
    return workspaces.init(folder, checked(given, "titian demo"))


def _load_tea(desk: Desk, house: TeaHouse, folder: Path, progress: Progress) -> None:
    """Load what is not there yet, so that a load that was stopped goes on. A very small shop leaves tables empty."""
    held = desk.present().data
    missing = [name for name in TABLES if not held.has(name)]
    if held.has(COMPLETE):
        return
    for name, path in house.write(folder, tables=missing, progress=progress).items():
        asked = SourceAsked(str(path), name=path.name)
        with suppress(EmptySourceError):
            importing.load(desk, asked, _as_named(asked, name), strict=True, progress=progress)


def _as_named(asked: SourceAsked, table: str) -> Mapping:
    """Every column is what it is called."""
    return Mapping(table=table, columns={name: name for name in asked.open(None).columns_and_samples().columns})


def _shown(desk: Desk, progress: Progress, words: Words, attribution: Words) -> Demo:
    progress(LAYERING, 0, None)
    placed = standing(desk)
    customers = sum(placed.customers_by_layer().values()) if placed else 0
    return Demo(
        desk.workspace,
        customers,
        Words(
            zh=f"{words.zh}：{customers:,} 位客户已分层，工作区在 {desk.workspace.path}",
            en=f"{words.en}: {counted(customers, 'customer', 'customers')} in layers; the workspace is {desk.workspace.path}",
        ),
        attribution,
    )
