"""/api/openapi.json and /api/docs: what the API offers, for programs and for people, without anything from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse

from titian.server.problems import MEDIA_TYPE

STYLE = (
    "body{font:15px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d2b24}"
    "code{background:#eef3f0;padding:.1em .3em;border-radius:3px}h2{margin-top:2rem}dt{margin-top:1rem}dd{margin:0 0 0 1rem}"
    "@media(prefers-color-scheme:dark){body{background:#111714;color:#dfe7e2}code{background:#22302a}a{color:#7fd1a8}}"
)


PERMISSION = "x-permission"
"""Under which an operation says what its callers have to be permitted."""


def install(app: FastAPI, needed: Mapping[str, str]) -> None:
    """Serve the description of `app`, whose routes need what `needed` says by their names."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app, needed)
        return app.openapi_schema

    def page() -> HTMLResponse:
        return HTMLResponse(_page(described()))

    app.openapi = described  # type: ignore[method-assign]
    app.add_api_route("/api/docs", page, include_in_schema=False)


def _described(app: FastAPI, needed: Mapping[str, str]) -> dict[str, Any]:
    described = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    for path in described["paths"].values():
        for operation in path.values():
            operation[PERMISSION] = needed[operation["operationId"]]
            for answer in operation["responses"].values():
                content = answer.get("content", {})
                if MEDIA_TYPE in content:
                    content[MEDIA_TYPE] = content.pop("application/json")
    return described


def _page(described: dict[str, Any]) -> str:
    """One readable page; values are the API's own names, escaped all the same."""
    rows = [
        f"<dt><code>{method.upper()} {escape(path)}</code> {escape(operation.get('description', ''))} "
        f"<small>{escape(operation[PERMISSION])}</small></dt>"
        + "".join(f"<dd>{_parameter(parameter)}</dd>" for parameter in operation.get("parameters", ()))
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
    ]
    title = escape(f"{described['info']['title']} {described['info']['version']}")
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>{title} API</title><style>{STYLE}</style><h1>{title}</h1>"
        "<p>For programs: <a href='/api/openapi.json'>/api/openapi.json</a>. Errors are RFC 9457 problems with a stable "
        f"<code>code</code>.</p><dl>{''.join(rows)}</dl></html>"
    )


def _parameter(parameter: dict[str, Any]) -> str:
    must = " (required)" if parameter.get("required") else ""
    return f"<code>{escape(parameter['name'])}</code>{must} {escape(parameter.get('description', ''))}"
