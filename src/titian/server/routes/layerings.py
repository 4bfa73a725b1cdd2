"""/layerings: every layering, its page, what a change would do, and its definition."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse

from titian.app import (
    building,
    changes,
    comparing,
    group_portraits,
    histories,
    layerings,
    movers,
    publishing,
    split_tests,
    spreads,
    strips,
)
from titian.app.answers.customers import LayerStrip
from titian.app.answers.group_portrait import GroupPortrait
from titian.app.answers.history import Crossed, LayeringHistory, Movers
from titian.app.answers.layering import (
    DefinitionAsked,
    DefinitionText,
    Flows,
    Impact,
    ImpactAsked,
    LayeringCuts,
    LayeringNow,
    LayeringPreview,
    LayeringSummary,
    LayeringTraits,
    NewLayering,
    PreviewAsked,
    RecencyFrequencyMap,
)
from titian.app.answers.split import SplitTested
from titian.app.histories import Asked
from titian.app.movers import MoversAsked
from titian.server.files import FILES, FileKind, as_file
from titian.server.given import AtDesk, AtStore, IdempotencyKey, Reads, ReadsAll, TraitsAsked, while_wanted
from titian.server.needs import needs

router = APIRouter(prefix="/layerings", tags=["layerings"])


@router.get("", dependencies=[needs("numbers.read")])
def list_layerings(reading: Reads, as_of: date | None = None) -> list[LayeringSummary]:
    """All layerings of the workspace, with customers per layer."""
    return layerings.summaries(reading, as_of)


@router.post("", status_code=201, dependencies=[needs("layerings.write")])
def create_layering(reading: ReadsAll, asked: NewLayering, idempotency_key: IdempotencyKey = None) -> LayeringSummary:
    """Make a layering of your own; the same call again gives the same layering, 409 when the key stands for another."""
    once = reading.desk.once
    return once.answer(idempotency_key, ("create", asked.model_dump_json()), lambda: building.create(reading, asked))


@router.post("/preview", dependencies=[needs("numbers.read")])
async def preview_layering(request: Request, desk: AtDesk, store: AtStore, asked: PreviewAsked) -> LayeringPreview:
    """Customers per layer of a layering that is being made; nothing is kept. `details.field` names what is wrong."""
    return await while_wanted(request, desk, store, lambda reading: building.preview(reading, asked))


@router.delete("/{key}", status_code=204, dependencies=[needs("layerings.write")])
def remove_layering(reading: ReadsAll, key: str, idempotency_key: IdempotencyKey = None) -> None:
    """Take a layering of your own away; its versions are kept."""
    reading.desk.once.answer(idempotency_key, ("remove", key), lambda: building.remove(reading, key))


@router.post("/{key}/restore", dependencies=[needs("layerings.write")])
def restore_layering(reading: ReadsAll, key: str, idempotency_key: IdempotencyKey = None) -> LayeringSummary:
    """Bring a removed layering back as it last was."""
    return reading.desk.once.answer(idempotency_key, ("restore", key), lambda: building.restore(reading, key))


@router.get("/{key}", dependencies=[needs("numbers.read")])
def get_layering(reading: Reads, key: str, as_of: date | None = None, compare: date | None = None) -> LayeringNow:
    """One layering as of a day, against the comparison day."""
    return layerings.now(reading, key, as_of, compare)


@router.get("/{key}/traits", dependencies=[needs("numbers.read")])
def get_layering_traits(reading: Reads, key: str, as_of: date | None = None) -> LayeringTraits:
    """How each trait is spread within each layer."""
    return spreads.traits(reading, key, as_of)


@router.get("/{key}/layers/{layer}/portrait", dependencies=[needs("numbers.read")])
async def portray_layer(
    request: Request,
    desk: AtDesk,
    store: AtStore,
    key: str,
    layer: str,
    as_of: date | None = None,
    trait: TraitsAsked = None,
) -> GroupPortrait:
    """What sets a layer apart from everybody: each trait in both, with TGI; `trait` may be given several times."""
    return await while_wanted(
        request,
        desk,
        store,
        lambda reading: group_portraits.answer(group_portraits.of_layer(reading, key, layer, as_of, trait)),
    )


@router.get(
    "/{key}/layers/{layer}/portrait/export",
    response_class=StreamingResponse,
    responses=FILES,
    dependencies=[needs("numbers.read")],
)
def export_layer_portrait(
    reading: Reads, key: str, layer: str, as_of: date | None = None, trait: TraitsAsked = None, format: FileKind = "csv"
) -> StreamingResponse:
    """The same as CSV, Excel or Parquet, a line per trait and value."""
    return as_file(group_portraits.export(reading, group_portraits.of_layer(reading, key, layer, as_of, trait), format))


@router.get("/{key}/cuts", dependencies=[needs("numbers.read")])
def get_layering_cuts(reading: Reads, key: str, as_of: date | None = None) -> LayeringCuts:
    """The cuts with the histograms that they are dragged over."""
    return spreads.cuts(reading, key, as_of)


@router.get("/{key}/map", dependencies=[needs("numbers.read")])
def get_layering_map(reading: Reads, key: str, as_of: date | None = None) -> RecencyFrequencyMap:
    """Customers by recency and frequency score; for RFM."""
    return spreads.recency_frequency(reading, key, as_of)


@router.get("/{key}/flows", dependencies=[needs("numbers.read")])
def get_layering_flows(
    reading: Reads,
    key: str,
    start: date | None = None,
    end: date | None = None,
    refit: bool = False,
    fit_as_of: date | None = None,
) -> Flows:
    """Who moved between two days.

    Cuts are those that were published, else of the day `fit_as_of`, else of the start; `refit` fits at each end.
    """
    return changes.flows(reading, key, start, end, refit, fit_as_of)


def _asked(
    key: str,
    start: date | None = None,
    end: date | None = None,
    every: Literal["day", "week", "month"] | None = None,
) -> Asked:
    return Asked(key, start, end, every)


def _movers(
    history: Annotated[Asked, Depends(_asked)],
    day: Annotated[date, Query(description="a day that the history looks at")],
    layer: Annotated[str | None, Query(description="only who came to it or left it")] = None,
) -> MoversAsked:
    return MoversAsked(history, day, layer)


@router.get("/{key}/history", dependencies=[needs("numbers.read")])
def get_layering_history(reading: Reads, asked: Annotated[Asked, Depends(_asked)]) -> LayeringHistory:
    """Customers per layer over time and how long they stay, cuts fitted at the start (or published); by default ninety days."""
    return histories.sizes(reading, asked)


@router.get("/{key}/history/moves", dependencies=[needs("customers.read")])
def list_moves(
    reading: Reads,
    asked: Annotated[MoversAsked, Depends(_movers)],
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Movers:
    """One page of who came to another layer on a day of the history, or was first seen, and which cuts were passed."""
    return movers.page(reading, asked, cursor, limit)


@router.get(
    "/{key}/history/moves/export",
    response_class=StreamingResponse,
    responses=FILES,
    dependencies=[needs("customers.export")],
)
def export_moves(
    reading: Reads, asked: Annotated[MoversAsked, Depends(_movers)], format: FileKind = "csv"
) -> StreamingResponse:
    """All of them as a file; cells that a spreadsheet would run are neutralised."""
    return as_file(movers.export(reading, asked, format))


@router.get("/{key}/history/customers/{customer_id:path}", dependencies=[needs("customers.read")])
async def get_customer_history(
    request: Request, desk: AtDesk, store: AtStore, key: str, customer_id: str, as_of: date | None = None
) -> LayerStrip:
    """Where one customer was at the end of each month, the last two years at most, by the cuts of the day."""
    return await while_wanted(request, desk, store, lambda reading: strips.traced(reading, key, customer_id, as_of))


@router.get("/{key}/against/{other}", dependencies=[needs("numbers.read")])
def compare_layerings(reading: Reads, key: str, other: str, as_of: date | None = None) -> Crossed:
    """Two layerings laid over each other: customers, money and TGI for each pair of layers."""
    return comparing.crossed(reading, key, other, as_of)


@router.get("/{key}/split-test", dependencies=[needs("numbers.read")])
def get_split_test(
    reading: Reads,
    key: str,
    outcome: str = split_tests.OUTCOME,
    as_of: date | None = None,
    outcome_at: date | None = None,
) -> SplitTested:
    """How much of an outcome the layers explain: effect size with its interval, a verdict, and figures per layer.

    The outcome is any trait but an instant; by default it is of a later day than the layers, where the data allow.
    """
    return split_tests.tested(reading, key, outcome, as_of, outcome_at)


@router.post("/{key}/impact", dependencies=[needs("numbers.read")])
async def try_layering(request: Request, desk: AtDesk, store: AtStore, key: str, asked: ImpactAsked) -> Impact:
    """Who would move if these parameters were in force; nothing is changed."""
    return await while_wanted(request, desk, store, lambda reading: changes.impact(reading, key, asked))


@router.get("/{key}/definition", dependencies=[needs("numbers.read")])
def get_definition(reading: ReadsAll, key: str, version: int | None = None) -> DefinitionText:
    """The definition as YAML and SQL."""
    return publishing.definition(reading, key, version)


@router.put("/{key}/definition", dependencies=[needs("layerings.write")])
def publish_definition(
    reading: ReadsAll, key: str, asked: DefinitionAsked, idempotency_key: IdempotencyKey = None
) -> LayeringSummary:
    """Publish a new version; 409 when a newer one than `base_version` is there."""
    said = ("publish", key, asked.model_dump_json())
    return reading.desk.once.answer(idempotency_key, said, lambda: publishing.publish(reading, key, asked))
