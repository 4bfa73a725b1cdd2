"""Sampling: the shipped data sets, loaded into an empty workspace as any file is."""

from __future__ import annotations

from titian.app import about, importing
from titian.app.answers.imports import ImportRun, SampleInfo
from titian.app.answers.workspace import Settings
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.errors import ConflictError
from titian.samples import CDNOW, ONLINE_RETAIL, Sample, sample
from titian.warehouse.tables import TABLES

OFFERED = (ONLINE_RETAIL, CDNOW)


def samples() -> tuple[SampleInfo, ...]:
    """The data sets to try Titian with."""
    return tuple(_info(one) for one in OFFERED)


def start(desk: Desk, key: str, idempotency_key: str | None) -> ImportRun:
    """Let the worker load a sample, in the currency and time zone that it is of; the same idempotency key gives the same run.

    Raises UnknownNameError for no sample, ConflictError in a workspace that holds data of its own.
    """
    chosen = sample(key)
    return importing.once(desk, idempotency_key, lambda: _started(desk, chosen))


def _started(desk: Desk, chosen: Sample) -> ImportRun:
    if _in_use(desk):
        raise ConflictError(
            "this workspace holds data already or is loading some, and a sample would mix with them",
            "load samples into an empty workspace: titian init DIR",
            zh="工作区里已有数据或正在导入，样例数据会与之混在一起",
            hint_zh="请在空工作区中载入样例：titian init 文件夹",
        )
    about.change(desk, Settings(timezone=chosen.timezone, currency=chosen.currency))
    source = SourceAsked(str(chosen.path), name=chosen.file_name)
    return importing.begin(desk, source, chosen.mapping)


def _in_use(desk: Desk) -> bool:
    data, states = desk.present().data, desk.imports_by_state()
    return any(data.has(name) for name in TABLES) or any(states.get(state) for state in ("waiting", "running"))


def _info(of: Sample) -> SampleInfo:
    return SampleInfo(
        key=of.key,
        words=of.words,
        file_name=of.file_name,
        bytes=of.path.stat().st_size,
        timezone=of.timezone,
        currency=of.currency,
        attribution=of.attribution,
        licence=of.licence,
        source=of.source,
    )
