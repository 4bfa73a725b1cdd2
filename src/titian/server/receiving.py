"""Uploads."""

from fastapi import Request

from titian.app.answers.imports import Guess
from titian.app.desk import Desk


async def receive(request: Request, desk: Desk) -> Guess:
    raise NotImplementedError
