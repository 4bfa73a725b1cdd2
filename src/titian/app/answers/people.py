"""Answers about people: who is signed in, who may sign in, sessions and API keys; and what is asked about them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from titian.app.answers.base import Answer
from titian.domain.permission import MAY as MAY
from titian.domain.permission import Permission as Permission
from titian.domain.permission import Role
from titian.domain.person import Person as Person
from titian.domain.person import Session as Session
from titian.domain.words import Words

Login = Annotated[str, Field(min_length=2, max_length=200)]
Name = Annotated[str, Field(max_length=100)]
Password = Annotated[str, Field(min_length=1, max_length=1_000)]


class Asked(BaseModel):
    """What a call asks; a field that it does not have is refused, not passed over."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SetUpAsked(Asked):
    """The first owner."""

    login: Login
    name: Name
    password: Password


class SignInAsked(Asked):
    """Somebody who signs in."""

    login: Login
    password: Password


class PasswordAsked(Asked):
    """Another password for oneself."""

    password: Password
    new_password: Password


class NewPerson(Asked):
    """Somebody to be added."""

    login: Login
    name: Name = ""
    role: Role


class PersonAsked(Asked):
    """What somebody is to be, made from a version that was looked at."""

    name: Name
    role: Role
    active: bool
    base_version: int


class NewApiKey(Asked):
    """A key to be made."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    permissions: tuple[Permission, ...]
    days: Annotated[int | None, Field(ge=1, le=3_650)] = None
    """How long it holds; None is until it is revoked."""


class PersonInfo(Answer):
    """Somebody who may sign in."""

    id: str
    login: str
    name: str
    role: Role
    active: bool
    must_change: bool
    """Their password was made by somebody else and has not been changed yet."""
    made_at: datetime
    signed_in_at: datetime | None
    version: int


class AddedPerson(Answer):
    """Somebody who was added, or given another password, which is told here and never again."""

    person: PersonInfo
    password: str


class RoleInfo(Answer):
    """A role and what it may."""

    key: Role
    name: Words
    permissions: tuple[Permission, ...]


class PermissionInfo(Answer):
    """Something that may be done."""

    key: Permission
    name: Words
    for_keys: bool
    """Whether an API key can have it."""


class PeopleList(Answer):
    """Everybody, and what the roles mean."""

    people: tuple[PersonInfo, ...]
    roles: tuple[RoleInfo, ...]
    permissions: tuple[PermissionInfo, ...]


class SessionState(Answer):
    """Whether one has to sign in here, who did, and what they may do."""

    needed: bool
    """False while there is no owner: this machine alone is served then, and everybody at it may everything."""
    person: PersonInfo | None
    permissions: tuple[Permission, ...]
    must_change: bool
    """The password has to be changed before anything else."""
    provider: str | None
    """What the OpenID Connect provider is called with which one can sign in instead."""
    workspace: str
    language: str


class SessionInfo(Answer):
    """A browser in which one is signed in."""

    id: str
    made_at: datetime
    seen_at: datetime
    agent: str
    current: bool
    """Whether it is the one that asks."""


class EndedSessions(Answer):
    """How many sessions ended."""

    ended: int


class ApiKeyInfo(Answer):
    """A key, without what a program has to show."""

    id: str
    name: str
    login: str
    """Whose it is."""
    permissions: tuple[Permission, ...]
    made_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    mine: bool


class MadeApiKey(Answer):
    """A key that was made; `secret` is told here and never again."""

    key: ApiKeyInfo
    secret: str
