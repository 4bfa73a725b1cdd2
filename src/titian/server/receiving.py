"""Receiving: an uploaded file streamed from the wire into the workspace, bounded, never whole in memory."""

from __future__ import annotations

from typing import IO
from urllib.parse import unquote

from anyio import to_thread
from fastapi import Request
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from titian.app import importing
from titian.app.answers.imports import Guess
from titian.app.desk import Desk
from titian.app.uploads import Upload, Uploads
from titian.errors import InputError

MAX_FIELD_BYTES = 1000


class _Form:
    """The form as it comes in: the part `file` goes to disk, the field `table` into memory."""

    def __init__(self, uploads: Uploads) -> None:
        self.uploads = uploads
        self.upload: Upload | None = None
        self.table = ""
        self._sink: IO[bytes] | None = None
        self._field = ""
        self._header = b""
        self._value = b""
        self._headers: dict[bytes, bytes] = {}

    def part_begin(self) -> None:
        self._headers = {}
        self._field = ""

    def header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def header_end(self) -> None:
        self._headers[self._header.lower()] = self._value
        self._header = self._value = b""

    def headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._field = options.get(b"name", b"").decode("utf-8", "replace")
        if self._field == "file" and self.upload is None:
            name = unquote(options.get(b"filename", b"").decode("utf-8", "replace"))
            self.upload = self.uploads.begin(name or "upload")
            self._sink = self.upload.path.open("wb")

    def part_data(self, data: bytes, start: int, end: int) -> None:
        if self._sink is not None:
            self.uploads.write(self._sink, data[start:end])
        elif self._field == "table":
            self.table = (self.table + data[start:end].decode("utf-8", "replace"))[:MAX_FIELD_BYTES]

    def part_end(self) -> None:
        self.close()

    def close(self) -> None:
        if self._sink is not None:
            self._sink.close()
            self._sink = None


async def receive(request: Request, desk: Desk) -> Guess:
    """Store the file of a multipart call and guess what it is. Raises InputError for a call that is no such form."""
    form = _Form(desk.uploads)
    try:
        await _read(request, form)
        if form.upload is None:
            raise _not_a_form()
        upload = form.upload
        return await to_thread.run_sync(importing.guess, desk, upload.id, form.table or None, None)
    except BaseException:
        form.close()
        if form.upload is not None:
            desk.uploads.remove(form.upload.id)
        raise


async def _read(request: Request, form: _Form) -> None:
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise _not_a_form()
    parser = MultipartParser(
        boundary,
        {
            "on_part_begin": form.part_begin,
            "on_part_data": form.part_data,
            "on_part_end": form.part_end,
            "on_header_field": form.header_field,
            "on_header_value": form.header_value,
            "on_header_end": form.header_end,
            "on_headers_finished": form.headers_finished,
        },
    )
    taken = 0
    try:
        async for chunk in request.stream():
            taken += len(chunk)
            form.uploads.check_size(taken)
            await to_thread.run_sync(parser.write, chunk)
        parser.finalize()
    except MultipartParseError as error:
        raise _not_a_form() from error


def _not_a_form() -> InputError:
    return InputError(
        "the upload is not a form with a file in it",
        "send multipart/form-data with the field file (and table, if you know it)",
        zh="上传内容不是带文件的表单",
        hint_zh="请以 multipart/form-data 发送，字段 file 为文件（可另带 table）",
    )
