"""The definition of an audience as what it means."""

from __future__ import annotations

from titian.app.definition import Definition
from titian.domain.audience import Audience
from titian.domain.words import Words
from titian.errors import InputError
from titian.rules.reading import read

PERSONAL = "personal"
"""The parameter of a list that says that it tells personal data."""


def audience_of(definition: Definition) -> Audience:
    """The audience that a definition describes. Raises InputError for one that says neither rule nor list."""
    said = definition.parameters
    name = definition.name or Words(zh=definition.key, en=definition.key)
    made = Audience(key=definition.key, name=name, description=definition.description)
    if definition.kind == "rule" and set(said) == {"rule"}:
        return made.model_copy(update={"rule": read(said["rule"])})
    listed = definition.kind == "list" and isinstance(said.get("customers"), str)
    if listed and set(said) <= {"customers", PERSONAL} and isinstance(said.get(PERSONAL, False), bool):
        return made.model_copy(update=said)
    raise InputError(
        f"{definition.key} is no audience: it has neither kind rule with a rule, nor kind list with customers",
        "write kind: rule and parameters: {rule: {trait: …}}",
        zh=f"{definition.key} 不是人群：既没有 kind: rule 与 rule，也没有 kind: list 与 customers",
        hint_zh="请写成 kind: rule 与 parameters: {rule: {trait: …}}",
        key=definition.key,
    )
