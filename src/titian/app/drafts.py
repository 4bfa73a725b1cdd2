"""Drafts: definitions as files in definitions/SORT/KEY.yaml, each made from a version that was in force.

The customers of a list stand beside it, an id a line, in KEY.csv.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import get_args

import yaml
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, JsonValue

from titian.app.definition import Definition, Sort
from titian.domain.audience import list_name
from titian.domain.words import Words
from titian.errors import InputError

SORTS: tuple[Sort, ...] = get_args(Sort)
CUSTOMERS = "customers"
SCHEMAS = "schema"
"""The folder of what editors read, beside those of the sorts."""


class Draft(BaseModel):
    """A definition as its file says it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    """Of a layering its kind (rfm …), of an audience rule or list, of event meanings events."""
    key: str
    name: Words | None = None
    description: str = ""
    base_version: int | None = Field(default=None, ge=1, validation_alias=AliasChoices("base_version", "version"))
    """The version that it was made from; left out for a new one."""
    fit_as_of: date | None = None
    parameters: dict[str, JsonValue] = {}


@dataclass(frozen=True)
class Filed:
    """A draft, where it stands, and the customers of its list."""

    sort: Sort
    path: Path
    draft: Draft
    customers: frozenset[str] | None = field(default=None, repr=False)

    @property
    def definition(self) -> Definition:
        """The same as it would be kept, its number still that of the version it was made from."""
        said = self.draft.model_dump(exclude={"base_version"})
        if self.customers is not None:
            said["parameters"] = {**self.draft.parameters, CUSTOMERS: list_name(self.customers)}
        return Definition(version=self.draft.base_version or 1, **said)


def text_of(definition: Definition) -> str:
    """A definition as its file says it, but for the version that it was made from and the schema that editors read."""
    said = definition.model_dump(mode="json", exclude={"version"})
    kept = {name: value for name, value in said.items() if value not in (None, "")}
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False)


def file_text(sort: Sort, definition: Definition) -> str:
    """The whole file of a definition; the customers of a list are in the one beside it."""
    if CUSTOMERS in definition.parameters:
        definition = definition.model_copy(
            update={"parameters": {**definition.parameters, CUSTOMERS: f"{definition.key}.csv"}}
        )
    first, _, rest = text_of(definition).partition("key:")
    head = f"# yaml-language-server: $schema=../{SCHEMAS}/{sort}.json\n"
    return f"{head}{first}base_version: {definition.version}\nkey:{rest}"


def wrong(path: Path, what: Words) -> InputError:
    """What to say of a file that says nothing that can be applied."""
    return InputError(
        f"{path}: {what.en}",
        "mend the file, or write it anew with titian export",
        zh=f"{path}：{what.zh}",
        hint_zh="请修改该文件，或用 titian export 重新写出",
        file=str(path),
    )
