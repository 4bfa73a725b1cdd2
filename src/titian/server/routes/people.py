"""/people and /api-keys: who may sign in, and programs' ways in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from titian.app import membership
from titian.app.answers.people import (
    AddedPerson,
    ApiKeyInfo,
    MadeApiKey,
    NewApiKey,
    NewPerson,
    PeopleList,
    PersonAsked,
    PersonInfo,
)
from titian.app.permitted import may, need
from titian.server.callers import Calls, SignedIn
from titian.server.given import AtDesk
from titian.server.needs import needs

router = APIRouter(tags=["people"])


@router.get("/people", dependencies=[needs("people.manage")])
def list_people(desk: AtDesk) -> PeopleList:
    """Everybody who may sign in, and what each role may do."""
    return membership.everybody(desk)


@router.post("/people", status_code=201, dependencies=[needs("people.manage")])
def add_person(desk: AtDesk, caller: Calls, asked: NewPerson) -> AddedPerson:
    """Add somebody; the answer tells, this once, the password for their first time. 409 for a login that is taken."""
    return membership.add(desk, asked, caller.person)


@router.put("/people/{person_id}", dependencies=[needs("people.manage")])
def change_person(desk: AtDesk, caller: Calls, person_id: str, asked: PersonAsked) -> PersonInfo:
    """Give somebody another name, role or state; 409 when somebody else changed them meanwhile."""
    return membership.change(desk, person_id, asked, caller.person)


@router.post("/people/{person_id}/password", dependencies=[needs("people.manage")])
def reset_password(desk: AtDesk, caller: Calls, person_id: str) -> AddedPerson:
    """Give somebody another password, told this once; they are signed out everywhere."""
    return membership.new_password(desk, person_id, caller.person)


@router.delete("/people/{person_id}", status_code=204, dependencies=[needs("people.manage")])
def remove_person(desk: AtDesk, caller: Calls, person_id: str) -> None:
    """Take somebody away, with sessions and keys; what they did stays in the audit log."""
    desk.people.remove(person_id, caller.person)


@router.get("/api-keys", dependencies=[needs("keys.own")])
def list_api_keys(
    desk: AtDesk,
    caller: Calls,
    everybodys: Annotated[bool, Query(description="everybody's, which needs people.manage")] = False,
) -> list[ApiKeyInfo]:
    """One's own keys, or everybody's."""
    if everybodys:
        need("people.manage")
    return membership.keys(desk, caller.person, everybodys=everybodys)


@router.post("/api-keys", status_code=201, dependencies=[needs("keys.own")])
def make_api_key(desk: AtDesk, person: SignedIn, asked: NewApiKey) -> MadeApiKey:
    """Make a key of one's own; the answer tells, this once, what a program has to show."""
    return membership.make_key(desk, person, asked)


@router.delete("/api-keys/{key_id}", status_code=204, dependencies=[needs("keys.own")])
def revoke_api_key(desk: AtDesk, caller: Calls, key_id: str) -> None:
    """Revoke a key, at once: one's own, or with people.manage anybody's."""
    desk.api_keys.revoke(key_id, None if may("people.manage") else caller.person)
