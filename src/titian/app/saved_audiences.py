"""Saved audiences: the definitions of audiences as what they mean."""

from __future__ import annotations

from collections.abc import Iterable

from titian.app.definition import Definition, Published
from titian.app.desk import Desk
from titian.domain.audience import Audience
from titian.domain.condition import InAudience
from titian.domain.rule import Rule
from titian.domain.words import Words
from titian.errors import ConflictError, InputError, UnknownNameError
from titian.rules.reading import read

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


def audience_of(definition: Definition) -> Audience:
    """The audience that a definition describes. Raises InputError for one that says neither rule nor list."""
    said = definition.parameters
    name = definition.name or Words(zh=definition.key, en=definition.key)
    made = Audience(key=definition.key, name=name, description=definition.description)
    if definition.kind == "rule" and set(said) == {"rule"}:
        return made.model_copy(update={"rule": read(said["rule"])})
    if definition.kind == "list" and isinstance(said.get("customers"), str) and len(said) == 1:
        return made.model_copy(update={"customers": said["customers"]})
    raise InputError(
        f"{definition.key} is no audience: it has neither kind rule with a rule, nor kind list with customers",
        "write kind: rule and parameters: {rule: {trait: …}}",
        zh=f"{definition.key} 不是人群：既没有 kind: rule 与 rule，也没有 kind: list 与 customers",
        hint_zh="请写成 kind: rule 与 parameters: {rule: {trait: …}}",
        key=definition.key,
    )


def one(desk: Desk, key: str) -> tuple[Audience, Published]:
    """A saved audience. Raises UnknownNameError with the valid keys."""
    found = desk.audiences.in_force()
    if key not in found:
        raise UnknownNameError("audience", "人群", key, list(found))
    return audience_of(found[key].definition), found[key]


def rule_of(made: Audience) -> Rule:
    """The rule that asks who is in it."""
    return InAudience(audience=made.key) if made.rule is None else made.rule


def in_use(key: str, users: Iterable[str]) -> ConflictError:
    """What to say when something can't go because rules name it."""
    said = ", ".join(users)
    return ConflictError(
        f"{key} is in use: the rules of {said} name it",
        "change their rules first",
        zh=f"“{key}”正在使用：{said} 的规则引用了它",
        hint_zh="请先修改这些规则",
        key=key,
        used_by=list(users),
    )
