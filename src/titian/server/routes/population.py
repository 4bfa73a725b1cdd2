"""/population: who counts, and who is left out of every fit and count."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request

from titian.app import excluding
from titian.app.answers.population import ExclusionAsked, PopulationChange, PopulationInfo, PopulationTried
from titian.server.given import AtDesk, IdempotencyKey, Reads, said, while_wanted
from titian.server.needs import needs

router = APIRouter(prefix="/population", tags=["population"])


@router.get("", dependencies=[needs("numbers.read")])
def get_population(reading: Reads, as_of: date | None = None) -> PopulationInfo:
    """Who counts as of a day, how many are left out by which rule."""
    return excluding.shown(reading, as_of)


@router.put("", dependencies=[needs("definitions.apply")])
def change_population(desk: AtDesk, asked: PopulationChange, idempotency_key: IdempotencyKey = None) -> PopulationInfo:
    """Leave others out from now on, or nobody; 409 where the rule was changed since `base_version`."""
    return desk.once.answer(idempotency_key, said("population", asked), lambda: excluding.changed(desk, asked))


@router.post("/preview", dependencies=[needs("numbers.read")])
async def preview_population(request: Request, desk: AtDesk, asked: ExclusionAsked) -> PopulationTried:
    """Who would be left out by a rule, of everybody who was loaded; nothing is changed."""
    return await while_wanted(request, desk, None, lambda reading: excluding.tried(reading, asked))
