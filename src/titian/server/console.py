"""The built console: its files, and index.html for every page of it."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.exceptions import HTTPException

BUILT = Path(__file__).parent / "console"

NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>Titian</title><body style='font:16px system-ui;margin:4rem auto;max-width:40rem'>"
    "<h1>梯田 Titian</h1><p>控制台尚未构建：请在源码目录运行 <code>make setup</code>。</p>"
    "<p>The console is not built yet: run <code>make setup</code> in the source folder. "
    "The API is at <a href='/api/docs'>/api/docs</a>.</p>"
)


def install(app: FastAPI, built: Path = BUILT) -> None:
    """Serve the console in `built` at every path that nothing else serves; add it last."""
    root = built.resolve()

    def show(path: str) -> Response:
        if path == "api" or path.startswith("api/"):
            raise HTTPException(404)
        wanted = (root / path).resolve()
        if path and wanted.is_relative_to(root) and wanted.is_file():
            return FileResponse(wanted, headers={"Cache-Control": _kept_for(path)})
        if path.startswith("assets/"):
            raise HTTPException(404)
        index = root / "index.html"
        if not index.is_file():
            return HTMLResponse(NOT_BUILT, 503)
        return FileResponse(index, headers={"Cache-Control": "no-cache"})

    app.add_api_route("/{path:path}", show, methods=["GET", "HEAD"], include_in_schema=False)


def _kept_for(path: str) -> str:
    """Built assets carry a hash in their names and never change; the rest is asked for again."""
    return "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
