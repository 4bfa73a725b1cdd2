"""API keys: ways in for programs, each for what its owner lets it do, told once and revoked at once."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from titian.app.signing_in import digest_of
from titian.app.stored import Stored
from titian.app.trail import Trail
from titian.domain.permission import NOT_FOR_KEYS, PERMISSIONS, Permission
from titian.domain.person import ApiKey, Person
from titian.errors import ConflictError, ForbiddenError, InputError
from titian.store import api_keys, people

PREFIX = "ttn"
MOST = 50
"""Keys of one person."""
NOTED = timedelta(minutes=1)


class ApiKeys:
    """The keys of a workspace."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored

    @property
    def _trail(self) -> Trail:
        return Trail(self._stored.store)

    def make(
        self, owner: Person, name: str, permissions: Collection[Permission], days: int | None
    ) -> tuple[ApiKey, str]:
        """A key with what a program has to show, which is told here once.

        Raises InputError for no permission, ForbiddenError for one that its owner has not or no key may have.
        """
        wanted = tuple(one for one in PERMISSIONS if one in permissions)
        beyond = [one for one in wanted if one not in owner.may - NOT_FOR_KEYS]
        if beyond:
            raise ForbiddenError(
                f"a key of yours can't have {', '.join(beyond)}",
                "leave it away: a key may what its owner may, but neither manage people nor make keys",
                zh=f"你的密钥不能拥有 {'、'.join(beyond)} 权限",
                hint_zh="请去掉：密钥的权限不超过其所有者，也不能管理成员或创建密钥",
                permissions=beyond,
            )
        if not wanted:
            raise InputError(
                "a key needs at least one permission",
                "choose what it is for, as numbers.read",
                zh="密钥至少需要一项权限",
                hint_zh="请选择用途，例如 numbers.read",
                field="permissions",
            )
        now = datetime.now(UTC)
        expires_at = None if days is None else now + timedelta(days=days)
        made = ApiKey(
            id=uuid4().hex[:16], person=owner.id, name=name, permissions=wanted, made_at=now, expires_at=expires_at
        )
        secret = secrets.token_urlsafe(32)
        with self._trail.of("api_key.make", made.id, permissions=list(wanted)) as connection:
            if len(api_keys.listed(connection, owner.id)) >= MOST:
                raise ConflictError(
                    f"you have {MOST} keys already",
                    "revoke one that nobody uses",
                    zh=f"你已有 {MOST} 个密钥",
                    hint_zh="请先撤销不再使用的密钥",
                )
            api_keys.add(connection, made, digest_of(secret))
        return made, f"{PREFIX}_{made.id}_{secret}"

    def listed(self, person: str | None = None) -> list[ApiKey]:
        """The keys of somebody, or all."""
        with self._stored.store.reading() as connection:
            return api_keys.listed(connection, person)

    def revoke(self, key: str, owner: Person | None) -> None:
        """Take a key away, of somebody or of whomever; no call with it is answered after. Raises NotFoundError."""
        with self._trail.telling("api_key.revoke", key) as telling:
            gone = api_keys.revoke(telling.connection, key, None if owner is None else owner.id)
            telling.tell(person=gone.person)

    def of_token(self, token: str) -> tuple[ApiKey, Person] | None:
        """Which key it is, and whose; None for one that is revoked, over or never was."""
        prefix, _, rest = token.partition("_")
        key, _, secret = rest.partition("_")
        if prefix != PREFIX or not key or not secret or len(token) > 200:
            return None
        now = datetime.now(UTC)
        with self._stored.store.reading() as connection:
            found = api_keys.found(connection, key)
            if found is None or not hmac.compare_digest(found[1], digest_of(secret)):
                return None
            owner = people.person(connection, found[0].person)
        held = found[0]
        if (held.expires_at is not None and held.expires_at <= now) or not owner.active or owner.must_change:
            return None
        if held.used_at is None or now - held.used_at > NOTED:
            with self._stored.store.writing() as connection:
                api_keys.used(connection, held.id, now)
        return held, owner
