"""/definitions and /plan: everything that was defined, its versions, and what the files in definitions/ would change."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from titian.app import applying, planning, registered, returning
from titian.app.answers.plan import (
    ApplyAsked,
    DefinitionInForce,
    DefinitionVersion,
    Plan,
    RemovedDefinition,
    RestoreAsked,
    Written,
)
from titian.app.definition import Sort
from titian.app.draft_schemas import schema_of
from titian.server.given import AtDesk, IdempotencyKey, ReadsAll, said, while_wanted
from titian.server.needs import needs

router = APIRouter(tags=["definitions"])


@router.get("/definitions", dependencies=[needs("numbers.read")])
def list_definitions(desk: AtDesk, house: bool = False) -> list[DefinitionInForce]:
    """Everything that was published and is in force, with what it names and what names it.

    With `house` also the layerings that come with Titian and that nobody changed.
    """
    return registered.in_force(desk, house)


@router.get("/definitions/removed", dependencies=[needs("numbers.read")])
def list_removed_definitions(desk: AtDesk) -> list[RemovedDefinition]:
    """What was published and is in force no more; its last version can be put in force again."""
    return registered.removed(desk)


@router.get("/definitions/{sort}/{key}/versions", dependencies=[needs("numbers.read")])
def list_definition_versions(desk: AtDesk, sort: Sort, key: str) -> list[DefinitionVersion]:
    """The versions of a definition, the newest first: who made it when, as YAML, and what it changed."""
    return registered.versions(desk, sort, key)


@router.post("/definitions/{sort}/{key}/restore", dependencies=[needs("definitions.apply")])
def restore_definition(
    reading: ReadsAll, sort: Sort, key: str, asked: RestoreAsked, idempotency_key: IdempotencyKey = None
) -> DefinitionVersion:
    """Put an earlier version in force again, or the last one of what was removed; 409 where another is in force."""
    once = reading.desk.once
    return once.answer(
        idempotency_key, said("restore", asked, sort, key), lambda: returning.restore(reading, sort, key, asked)
    )


@router.get("/definitions/schemas/{sort}", dependencies=[needs("numbers.read")])
def get_definition_schema(sort: Sort) -> dict[str, Any]:
    """The JSON schema of the files of a sort, for editors that check as one writes."""
    return schema_of(sort)


@router.post("/definitions/export", dependencies=[needs("definitions.apply")])
def export_definitions(desk: AtDesk, idempotency_key: IdempotencyKey = None) -> Written:
    """Write what is in force into definitions/; files that were changed and not applied are left alone."""
    return desk.once.answer(idempotency_key, ("export definitions",), lambda: applying.export(desk))


@router.get("/plan", dependencies=[needs("definitions.apply")])
async def get_plan(request: Request, desk: AtDesk, prune: bool = False) -> Plan:
    """What the files in definitions/ would change, and who would move; `prune` removes what has no file."""
    return await while_wanted(request, desk, None, lambda reading: planning.plan(reading, prune))


@router.post("/plan/apply", dependencies=[needs("definitions.apply")])
def apply_plan(desk: AtDesk, asked: ApplyAsked, idempotency_key: IdempotencyKey = None) -> Plan:
    """Put in force what a plan says, all or nothing; 409 where files or definitions changed since it was made."""
    return desk.once.answer(idempotency_key, said("apply", asked), lambda: applying.apply(desk, asked))
