"""The web application: the API, the built console, and what a machine asks for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI

from titian.app import workspace as workspaces
from titian.app.about import VERSION
from titian.app.desk import Desk
from titian.app.warming import warm
from titian.server import console, docs, guards, metrics, problems
from titian.server.needs import needed_by
from titian.server.routes import (
    audiences,
    audit,
    customers,
    definitions,
    events,
    funnels,
    imports,
    kinds,
    knowing,
    layerings,
    notes,
    people,
    population,
    privacy,
    samples,
    selections,
    session,
    staff,
    tags,
    workspace,
)

PREFIX = "/api/v1"


def create_app(desk: Desk) -> FastAPI:
    """The application that serves the workspace of `desk`."""
    app = FastAPI(
        title="Titian",
        version=VERSION,
        description="Customer layering and lifecycle operations.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
        separate_input_output_schemas=False,
        lifespan=_lifespan,
        max_body_size=64 * guards.MAX_BODY_BYTES,  # what does not declare its length is bounded here
    )
    app.state.desk = desk
    problems.install(app)
    api = APIRouter(prefix=PREFIX, responses=problems.RESPONSES)
    resources = (
        session,
        people,
        workspace,
        population,
        layerings,
        kinds,
        tags,
        notes,
        knowing,
        staff,
        privacy,
        customers,
        selections,
        audiences,
        funnels,
        definitions,
        events,
        imports,
        samples,
        audit,
    )
    for resource in resources:
        api.include_router(resource.router)
    app.include_router(api)
    metrics.install(app)
    docs.install(app, needed_by(*(resource.router for resource in resources)))
    console.install(app)
    guards.install(app)
    return app


def from_environment() -> FastAPI:
    """The application of the workspace that TITIAN_WORKSPACE names, else of the current folder."""
    desk = Desk(workspaces.find(None))
    warm(desk)
    return create_app(desk)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    desk: Desk = app.state.desk
    desk.start()
    try:
        yield
    finally:
        desk.close()
