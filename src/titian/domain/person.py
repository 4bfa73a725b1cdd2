"""People who work in a workspace, their sessions and their API keys."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from titian.domain.permission import MAY, NOT_FOR_KEYS, Permission, Role


class Person(BaseModel):
    """Somebody who can sign in.

    `login` is what they sign in with, in small letters. `must_change`: their password was made by somebody else and opens
    nothing but its own change. `version` counts changes, so that nobody overwrites what they have not seen.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    login: str
    name: str
    role: Role
    active: bool = True
    must_change: bool = False
    made_at: datetime
    signed_in_at: datetime | None = None
    version: int = 1

    @property
    def may(self) -> frozenset[Permission]:
        """What they may do."""
        return MAY[self.role] if self.active else frozenset()


class Session(BaseModel):
    """One browser in which a person is signed in; `id` is not what the browser shows for it."""

    model_config = ConfigDict(frozen=True)

    id: str
    person: str
    made_at: datetime
    seen_at: datetime
    rotated_at: datetime
    agent: str
    """What the browser calls itself, shortened."""


class ApiKey(BaseModel):
    """A program's way in, for what a person lets it do; what the program shows is told once and kept as a digest."""

    model_config = ConfigDict(frozen=True)

    id: str
    person: str
    name: str
    permissions: tuple[Permission, ...]
    made_at: datetime
    expires_at: datetime | None = None
    used_at: datetime | None = None

    def may(self, owner: Person) -> frozenset[Permission]:
        """What it may do: never more than its owner may at the time."""
        return frozenset(self.permissions) & owner.may - NOT_FOR_KEYS
