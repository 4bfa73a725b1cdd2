"""/kinds and /traits: what layerings can be made of."""

from __future__ import annotations

from fastapi import APIRouter

from titian.app import building
from titian.app.answers.base import TraitInfo
from titian.app.answers.layering import KindInfo
from titian.server.needs import needs

router = APIRouter(tags=["layerings"])


@router.get("/kinds", dependencies=[needs("numbers.read")])
def list_kinds() -> list[KindInfo]:
    """Every kind of layering, with an example of its parameters and their schema."""
    return building.kinds()


@router.get("/traits", dependencies=[needs("numbers.read")])
def list_traits() -> list[TraitInfo]:
    """Every trait of the catalogue, by the name that rules and cuts call it."""
    return building.traits()
