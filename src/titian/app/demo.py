"""Demo: the real sample data in a workspace of their own, loaded once."""

from __future__ import annotations

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
from titian.domain.words import Words
from titian.samples import ONLINE_RETAIL, Sample
from titian.warehouse.progress import Progress

LAYERING = Words(zh="计算分层", en="putting customers into layers")


@dataclass(frozen=True)
class Demo:
    """A workspace with the sample in it."""

    workspace: Workspace
    customers: int
    greeting: Words
    attribution: Words


def demo(folder: Path, progress: Progress, sample: Sample = ONLINE_RETAIL) -> Demo:
    """The workspace in `folder` with the sample data: made and loaded when new, else as it is."""
    if (folder / FILE_NAME).is_file():
        workspace = workspaces.read(folder)
    else:
        given = {"name": "Online Retail", "timezone": sample.timezone, "currency": sample.currency}
        workspace = workspaces.init(folder, checked(given, "titian demo"))
    with Desk(workspace) as desk:
        if desk.present().end is None:
            asked = SourceAsked(str(sample.path), name=sample.file_name)
            importing.load(desk, asked, sample.mapping, strict=False, progress=progress)
        progress(LAYERING, 0, None)
        placed = standing(desk)
        customers = sum(placed.customers_by_layer().values()) if placed else 0
    return Demo(
        workspace,
        customers,
        Words(
            zh=f"{sample.words.zh}：{customers:,} 位客户已分层，工作区在 {workspace.path}",
            en=f"{sample.words.en}: {counted(customers, 'customer', 'customers')} in layers; the workspace is {workspace.path}",
        ),
        Words(
            zh=f"数据来源：{sample.attribution}（{sample.licence}）",
            en=f"data: {sample.attribution} ({sample.licence})",
        ),
    )
