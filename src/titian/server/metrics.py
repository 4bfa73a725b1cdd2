"""/healthz, /readyz and /metrics: what a machine asks to know how the server is."""

from __future__ import annotations

import time

from fastapi import APIRouter, FastAPI
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from titian.errors import TitianError
from titian.server.given import AtDesk


class Meters:
    """The numbers of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "titian_http_requests_total", "Calls by route and status.", ["route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "titian_http_request_seconds", "Seconds until the answer was sent.", ["route"], registry=self.registry
        )
        self.imports = Gauge("titian_imports", "Imports by state.", ["state"], registry=self.registry)


class _Measure:
    """Counts and times every call under its route's own path, so that ids never become label values."""

    def __init__(self, app: ASGIApp, meters: Meters) -> None:
        self.app = app
        self.meters = meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            route = getattr(scope.get("route"), "path", "none")
            self.meters.requests.labels(route, str(status)).inc()
            self.meters.seconds.labels(route).observe(time.perf_counter() - began)


def install(app: FastAPI) -> None:
    """Add the three addresses to `app` and measure every call."""
    meters = Meters()
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    def alive() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz")
    def ready(desk: AtDesk) -> JSONResponse:
        try:
            version = desk.data_version()
        except TitianError as error:
            return JSONResponse({"status": "unavailable", "code": error.code, "detail": error.message}, 503)
        return JSONResponse({"status": "ok", "data_version": version})

    @router.get("/metrics")
    def metrics(desk: AtDesk) -> Response:
        for state, count in desk.imports_by_state().items():
            meters.imports.labels(state).set(count)
        return Response(generate_latest(meters.registry), media_type=CONTENT_TYPE_LATEST)

    app.include_router(router)
    app.add_middleware(_Measure, meters=meters)
