"""Audience: customers whom a saved rule selects, or a list that stays as it is."""

from __future__ import annotations

import json
from collections.abc import Collection
from hashlib import sha256
from typing import Literal

from pydantic import BaseModel, ConfigDict

from titian.domain.rule import Rule
from titian.domain.words import Words

Kind = Literal["rule", "list"]


def list_name(customers: Collection[str]) -> str:
    """The name of the list of these customers, whatever their order."""
    return sha256(json.dumps(sorted(set(customers))).encode()).hexdigest()


class Audience(BaseModel):
    """A saved audience: it has a rule, or the name of a list."""

    model_config = ConfigDict(frozen=True)

    key: str
    name: Words
    description: str = ""
    rule: Rule | None = None
    customers: str | None = None
    """The list of customers, by the name under which the store keeps it."""
    personal: bool = False
    """Whether the list was taken from an audience that rests on personal data: who is in it tells them still."""

    @property
    def kind(self) -> Kind:
        """Whether who is in it changes with the data."""
        return "list" if self.rule is None else "rule"
