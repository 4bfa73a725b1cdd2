"""Erased: who was erased, as digests that name nobody, so that no file brings them back."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict

FILE = "erased.json"


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    salt: str
    customers: tuple[str, ...]
    orders: tuple[str, ...]


@dataclass(frozen=True)
class Erased:
    """Digests of the ids of customers who were erased, and of their orders."""

    salt: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)
    """Of this workspace alone: nobody can look digests up in a table of others."""
    customers: frozenset[str] = frozenset()
    orders: frozenset[str] = frozenset()

    @classmethod
    def read(cls, landing: Path) -> Erased | None:
        """Those of a landing; None where nobody was erased. Raises ValueError for a file that is broken."""
        try:
            kept = _Kept.model_validate_json((landing / FILE).read_bytes())
        except FileNotFoundError:
            return None
        return cls(kept.salt, frozenset(kept.customers), frozenset(kept.orders))

    def write(self, landing: Path) -> None:
        """Keep them, in one step."""
        kept = _Kept(salt=self.salt, customers=tuple(sorted(self.customers)), orders=tuple(sorted(self.orders)))
        landing.mkdir(parents=True, exist_ok=True)
        fresh = landing / f"{FILE}.new"
        with fresh.open("w", encoding="utf-8") as file:
            file.write(kept.model_dump_json())
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, landing / FILE)

    def digest(self, given: str) -> str:
        """The digest of an id."""
        return hashlib.sha256(f"{self.salt}{given}".encode()).hexdigest()

    def with_more(self, customers: Iterable[str], orders: Iterable[str]) -> Erased:
        """These, too."""
        return Erased(
            self.salt,
            self.customers | {self.digest(one) for one in customers},
            self.orders | {self.digest(one) for one in orders},
        )
