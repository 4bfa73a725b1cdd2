"""/audiences: saved rules and lists, who is in them, how that changes, and what several have in common."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from titian.app import audience_life, audiences, group_portraits, overlaps, saving_audiences, selections
from titian.app.answers.audiences import (
    AudienceChange,
    AudienceInfo,
    AudienceList,
    AudienceNow,
    AudienceSizes,
    NewAudience,
    Overlap,
    OverlapAsked,
    SavedAudience,
    SnapshotAsked,
)
from titian.app.answers.group_portrait import GroupPortrait
from titian.app.answers.selection import SelectionAsked
from titian.server.files import FILES, FileKind, as_file
from titian.server.given import AtDesk, AtStore, IdempotencyKey, Reads, ReadsAll, TraitsAsked, said, while_wanted
from titian.server.needs import needs

router = APIRouter(prefix="/audiences", tags=["audiences"])


@router.get("", dependencies=[needs("numbers.read")])
async def list_audiences(request: Request, desk: AtDesk, store: AtStore, as_of: date | None = None) -> AudienceList:
    """All audiences, and how many customers are in each; what can't be computed says why."""
    return await while_wanted(request, desk, store, lambda reading: audiences.listed(reading, as_of))


@router.post("", status_code=201, dependencies=[needs("audiences.write")])
def create_audience(reading: ReadsAll, asked: NewAudience, idempotency_key: IdempotencyKey = None) -> SavedAudience:
    """Save a rule, or a list of customers; the same call again gives the same audience, 409 when the key is taken."""
    once = reading.desk.once
    return once.answer(idempotency_key, said("audience", asked), lambda: saving_audiences.create(reading, asked))


@router.post("/overlap", dependencies=[needs("numbers.read")])
async def overlap_audiences(request: Request, desk: AtDesk, store: AtStore, asked: OverlapAsked) -> Overlap:
    """Two to six audiences laid over each other: how many customers are in exactly which of them."""
    return await while_wanted(request, desk, store, lambda reading: overlaps.overlap(reading, asked))


@router.get("/{key}", dependencies=[needs("numbers.read")])
async def get_audience(
    request: Request, desk: AtDesk, store: AtStore, key: str, as_of: date | None = None, compare: date | None = None
) -> AudienceNow:
    """One audience as of a day: who came in and left since the comparison day, and by which conditions."""
    return await while_wanted(request, desk, store, lambda reading: audience_life.now(reading, key, as_of, compare))


@router.put("/{key}", dependencies=[needs("audiences.write")])
def change_audience(
    reading: ReadsAll, key: str, asked: AudienceChange, idempotency_key: IdempotencyKey = None
) -> SavedAudience:
    """Publish the next version of an audience; 409 where it was changed since `base_version`."""
    once = reading.desk.once
    return once.answer(
        idempotency_key, said("change audience", asked, key), lambda: saving_audiences.change(reading, key, asked)
    )


@router.delete("/{key}", status_code=204, dependencies=[needs("audiences.write")])
def remove_audience(reading: ReadsAll, key: str, idempotency_key: IdempotencyKey = None) -> None:
    """Take an audience away; its versions are kept. 409 while rules of other audiences name it."""
    once = reading.desk.once
    once.answer(idempotency_key, ("remove audience", key), lambda: saving_audiences.remove(reading, key))


@router.post("/{key}/restore", dependencies=[needs("audiences.write")])
def restore_audience(reading: ReadsAll, key: str, idempotency_key: IdempotencyKey = None) -> AudienceInfo:
    """Bring a removed audience back as it last was."""
    once = reading.desk.once
    return once.answer(idempotency_key, ("restore audience", key), lambda: saving_audiences.restore(reading, key))


@router.post("/{key}/snapshot", status_code=201, dependencies=[needs("audiences.write")])
def snapshot_audience(
    reading: Reads, key: str, asked: SnapshotAsked, idempotency_key: IdempotencyKey = None
) -> SavedAudience:
    """Keep who is in an audience as of a day as a list of its own, which stays as it is."""
    once = reading.desk.once
    return once.answer(
        idempotency_key, said("snapshot", asked, key), lambda: saving_audiences.snapshot(reading, key, asked)
    )


@router.get("/{key}/sizes", dependencies=[needs("numbers.read")])
async def get_audience_sizes(
    request: Request,
    desk: AtDesk,
    store: AtStore,
    key: str,
    start: date | None = None,
    end: date | None = None,
    every_days: Annotated[int, Query(ge=1, le=366)] = 7,
) -> AudienceSizes:
    """The size of an audience over time, by its present rule; by default weekly over twelve weeks."""
    return await while_wanted(
        request, desk, store, lambda reading: audience_life.sizes(reading, key, start, end, every_days)
    )


@router.get(
    "/{key}/export", response_class=StreamingResponse, responses=FILES, dependencies=[needs("customers.export")]
)
def export_audience(reading: Reads, key: str, as_of: date | None = None, format: FileKind = "csv") -> StreamingResponse:
    """Who is in an audience as CSV, Excel or Parquet, with the traits that its rule reads."""
    asked = SelectionAsked(rule=audiences.asking(reading, key), as_of=as_of)
    return as_file(selections.export(reading, asked, format, key))


@router.get("/{key}/portrait", dependencies=[needs("numbers.read")])
async def portray_audience(
    request: Request, desk: AtDesk, store: AtStore, key: str, as_of: date | None = None, trait: TraitsAsked = None
) -> GroupPortrait:
    """What sets an audience apart from everybody: each trait in both, with TGI; `trait` may be given several times."""
    return await while_wanted(
        request,
        desk,
        store,
        lambda reading: group_portraits.answer(group_portraits.of_audience(reading, key, as_of, trait)),
    )


@router.get(
    "/{key}/portrait/export", response_class=StreamingResponse, responses=FILES, dependencies=[needs("numbers.read")]
)
def export_audience_portrait(
    reading: Reads, key: str, as_of: date | None = None, trait: TraitsAsked = None, format: FileKind = "csv"
) -> StreamingResponse:
    """The same as CSV, Excel or Parquet, a line per trait and value."""
    return as_file(group_portraits.export(reading, group_portraits.of_audience(reading, key, as_of, trait), format))
