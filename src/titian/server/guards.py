"""Guards."""

from fastapi import FastAPI


def install(app: FastAPI, max_bytes: int) -> None: ...
