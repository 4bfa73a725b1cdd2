"""Problems (RFC 9457): how every error looks to a caller of the API."""

from __future__ import annotations

from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from titian import errors
from titian.app.answers import Words

MEDIA_TYPE = "application/problem+json"

STATUS: dict[type[errors.TitianError], int] = {
    errors.InputError: 400,
    errors.NotFoundError: 404,
    errors.MissingDataError: 409,
    errors.ConflictError: 409,
    errors.SignInError: 401,
    errors.ForbiddenError: 403,
    errors.TooManyError: 429,
    errors.BusyError: 503,
    errors.DamagedError: 500,
    errors.StorageError: 507,
    errors.TitianError: 500,
}
"""HTTP status by the nearest class of the error tree."""

log = structlog.get_logger("titian.server")


class Problem(BaseModel):
    """What went wrong and how to mend it, in English and Chinese."""

    type: str
    title: str
    status: int
    code: str
    """Stable: programs may test for it."""
    detail: str
    hint: str
    detail_zh: str
    hint_zh: str
    details: dict[str, Any]
    """The values behind the sentence: file, row, column, the valid choices."""


RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": what, "content": {MEDIA_TYPE: {}}}
    for status, what in (
        (400, "The call is wrong"),
        (401, "Nobody is signed in"),
        (403, "Whoever calls may not do this"),
        (404, "There is no such thing"),
        (409, "It conflicts with what is stored, or data for it are missing"),
        (422, "The call can not be read"),
        (429, "It was tried too often; try again later"),
        (503, "Another writer is at work; try again"),
    )
}
"""What every route may answer instead of its result."""


def status_of(error: errors.TitianError) -> int:
    """The HTTP status of an error, by its class or the nearest above it."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def response(status: int, code: str, said: Words, mend: Words, details: dict[str, Any] | None = None) -> JSONResponse:
    """A problem as a response."""
    problem = Problem(
        type=f"urn:titian:problem:{code}",
        title=code.replace("_", " "),
        status=status,
        code=code,
        detail=said.en,
        hint=mend.en,
        detail_zh=said.zh,
        hint_zh=mend.zh,
        details=jsonable_encoder(details or {}),
    )
    wait = (details or {}).get("wait_seconds", 2)
    headers = {"Retry-After": str(wait)} if status in (429, 503) else None
    return JSONResponse(problem.model_dump(), status, headers, media_type=MEDIA_TYPE)


def too_large() -> JSONResponse:
    """A call whose body is beyond the bound."""
    return response(
        413,
        "too_large",
        Words(zh="请求内容太大", en="the call's body is too large"),
        Words(zh="文件请发送到 /api/v1/uploads", en="send files to /api/v1/uploads"),
    )


def install(app: FastAPI) -> None:
    """Let every error of `app` leave as a problem."""
    app.add_exception_handler(errors.TitianError, _titian_error)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unforeseen)


async def _titian_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, errors.TitianError)
    if isinstance(error, errors.UnknownNameError) and error.details["given"] in request.path_params.values():
        return of_error(error, 404)  # the address itself names what is not there
    return of_error(error)


def of_error(error: errors.TitianError, status: int | None = None) -> JSONResponse:
    """An error as a response, with the status of its class unless another is given."""
    said, mend = Words(zh=error.zh, en=error.message), Words(zh=error.hint_zh, en=error.hint)
    return response(status or status_of(error), error.code, said, mend, error.details)


async def _unreadable(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    places = [
        {"where": ".".join(str(part) for part in found["loc"]), "what": found["msg"], "given": _given(found)}
        for found in error.errors()
    ]
    first = places[0] if places else {"where": "request", "what": "unreadable"}
    return response(
        422,
        "unreadable",
        Words(zh=f"请求中的 {first['where']} 无法识别：{first['what']}", en=f"{first['where']}: {first['what']}"),
        Words(zh="请按 /api/docs 中的说明修改该参数", en="mend that value; /api/docs says what each one takes"),
        {"places": places},
    )


def _given(found: dict[str, Any]) -> Any:
    """What was given there; not a whole body, and nothing that nobody should read over a shoulder."""
    value = found.get("input")
    secret = any("password" in str(part) for part in found["loc"])
    return None if secret or isinstance(value, dict | bytes) else value


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    said = {
        400: Words(
            zh="请求的内容无法识别：不是 UTF-8 编码的 JSON",
            en="the call's body can not be read: it is no JSON in UTF-8",
        ),
        404: Words(zh=f"没有这个地址：{request.url.path}", en=f"there is nothing at {request.url.path}"),
        405: Words(
            zh=f"{request.url.path} 不接受 {request.method}", en=f"{request.url.path} takes no {request.method}"
        ),
    }.get(error.status_code, Words(zh=str(error.detail), en=str(error.detail)))
    mend = Words(zh="可用的地址见 /api/docs", en="see /api/docs for what there is")
    codes = {400: "unreadable", 404: "not_found", 405: "method_not_allowed"}
    return response(error.status_code, codes.get(error.status_code, "http"), said, mend)


async def _unforeseen(request: Request, error: Exception) -> JSONResponse:
    log.error("unforeseen error", path=request.url.path, exc_info=error)
    return response(
        500,
        "unforeseen",
        Words(zh="服务器内部出错，已记入日志", en="something unforeseen went wrong; the log has it"),
        Words(
            zh="请重试；若再次出现，请附上服务器日志反馈", en="try again; if it stays, report it with the server's log"
        ),
    )
