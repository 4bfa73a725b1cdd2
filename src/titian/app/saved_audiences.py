"""Saved audiences: the definitions of audiences as what they mean."""

from __future__ import annotations

from titian.app.audience_definition import audience_of
from titian.app.definition import Published
from titian.app.desk import Desk
from titian.app.hiding import Hiding
from titian.domain.audience import Audience
from titian.domain.condition import InAudience
from titian.domain.rule import Rule
from titian.errors import InputError, UnknownNameError

ADDRESSES = frozenset({"new", "overlap", "tags"})
"""Pages and routes that stand where a key would."""


def check_key(key: str) -> None:
    """Raise InputError for a key under which no audience can be looked at."""
    if key in ADDRESSES:
        raise InputError(
            f"{key} can't be the key of an audience",
            "choose another key",
            zh=f"“{key}”不能作为人群标识",
            hint_zh="请换一个标识",
            field="key",
        )


def one(desk: Desk, key: str) -> tuple[Audience, Published]:
    """A saved audience. Raises UnknownNameError with the valid keys, MaskedError for one that is hidden from who acts."""
    found = desk.audiences.in_force()
    if key not in found:
        raise UnknownNameError("audience", "人群", key, list(found))
    Hiding(desk).need(f"audiences/{key}")
    return audience_of(found[key].definition), found[key]


def rule_of(made: Audience) -> Rule:
    """The rule that asks who is in it."""
    return InAudience(audience=made.key) if made.rule is None else made.rule
