"""The application of a desk, without making its hundred routes anew for each: that takes a second."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.datastructures import State

from titian.app.desk import Desk
from titian.app.settings import WorkspaceSettings
from titian.app.workspace import Workspace
from titian.server.app import create_app

HOME = "http://127.0.0.1:8484"


@cache
def _made_once() -> FastAPI:
    return create_app(Desk(Workspace(Path("."), WorkspaceSettings())))


def application(desk: Desk) -> FastAPI:
    """An application of its own state, at whose desk this one is; routes are shared, and know no desk."""
    made = copy.copy(_made_once())
    made.state = State({"desk": desk})
    made.middleware_stack = None
    return made


def client_of(desk: Desk) -> TestClient:
    """Somebody at this machine who calls the server of a desk."""
    return TestClient(application(desk), base_url=HOME, client=("127.0.0.1", 50000), raise_server_exceptions=False)
