"""/samples: real data to try Titian with."""

from __future__ import annotations

from fastapi import APIRouter

from titian.app import sampling
from titian.app.answers.imports import ImportRun, SampleInfo
from titian.server.given import AtDesk, IdempotencyKey
from titian.server.needs import needs

router = APIRouter(tags=["imports"])


@router.get("/samples", dependencies=[needs("numbers.read")])
def list_samples() -> tuple[SampleInfo, ...]:
    """The data sets that come with Titian."""
    return sampling.samples()


@router.post("/samples/{key}/import", status_code=202, dependencies=[needs("data.load")])
def load_sample(desk: AtDesk, key: str, idempotency_key: IdempotencyKey = None) -> ImportRun:
    """Load a sample into an empty workspace, which takes its currency and time zone; the same Idempotency-Key gives the same run."""
    return sampling.start(desk, key, idempotency_key)
