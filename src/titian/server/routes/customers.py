"""/customers: list, export and portrait."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse

from titian.app import customers, exporting, portraits
from titian.app.answers.customers import CustomerPage, Portrait
from titian.app.customers import CustomerQuery
from titian.server.files import FILES, FileKind, as_file
from titian.server.given import AtDesk, AtStore, Reads, while_wanted
from titian.server.needs import needs

router = APIRouter(prefix="/customers", tags=["customers"])

Bounds = Annotated[list[str] | None, Query(description="trait:number, as often as needed: spend:100")]


def _query(
    as_of: date | None = None,
    compare: date | None = None,
    layering: str | None = None,
    layer: Annotated[list[str] | None, Query(description="one or several layers")] = None,
    from_layer: Annotated[str | None, Query(description="was in that layer on the compare day")] = None,
    q: Annotated[
        str | None, Query(max_length=200, description="part of the id, name, phone, e-mail or id in another system")
    ] = None,
    staff: Annotated[list[str] | None, Query(description="in charge of them; empty: nobody is")] = None,
    min: Bounds = None,
    max: Bounds = None,
    sort: Annotated[str | None, Query(description="customer_id, layer or a trait of the list")] = None,
    order: Literal["asc", "desc"] = "desc",
) -> CustomerQuery:
    return CustomerQuery(
        as_of=as_of,
        compare=compare,
        layering=layering,
        layers=tuple(layer or ()),
        from_layer=from_layer,
        text=q,
        staff=tuple(staff or ()),
        minimum=customers.bounds(min or [], "min"),
        maximum=customers.bounds(max or [], "max"),
        sort=sort,
        order=order,
    )


Asked = Annotated[CustomerQuery, Depends(_query)]


@router.get("", dependencies=[needs("customers.read")])
async def list_customers(
    request: Request,
    desk: AtDesk,
    store: AtStore,
    asked: Asked,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> CustomerPage:
    """One page of the customers that the filters select."""
    return await while_wanted(request, desk, store, lambda reading: customers.page(reading, asked, cursor, limit))


@router.get("/export", response_class=StreamingResponse, responses=FILES, dependencies=[needs("customers.export")])
def export_customers(reading: Reads, asked: Asked, format: FileKind = "csv") -> StreamingResponse:
    """The customers that the filters select, as a file; cells that a spreadsheet would run are neutralised."""
    return as_file(exporting.export(reading, asked, format))


@router.get("/{customer_id:path}", dependencies=[needs("customers.read")])
def get_customer(reading: Reads, customer_id: str, as_of: date | None = None, compare: date | None = None) -> Portrait:
    """All that is known of one customer as of a day."""
    return portraits.portrait(reading, customer_id, as_of, compare)
