"""Drafts: definitions as files in definitions/SORT/KEY.yaml, each made from a version that was in force.

The customers of a list stand beside it, an id a line, in KEY.csv.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from titian.app import texts
from titian.app.definition import Definition, Sort
from titian.app.named_customers import in_file, named
from titian.domain.refused import reason_of
from titian.domain.words import Words
from titian.errors import InputError
from titian.store import lists

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
    parameters: dict[str, Any] = {}


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
            said["parameters"] = {CUSTOMERS: lists.named(self.customers)}
        return Definition(version=self.draft.base_version or 1, **said)


def all_of(folder: Path) -> list[Filed]:
    """Every draft below the folder of definitions. Raises InputError that names the file and what is wrong in it."""
    return [_read(sort, path) for sort in SORTS for path in sorted((folder / sort).glob("*.yaml"))]


def text_of(definition: Definition) -> str:
    """A definition as its file says it, but for the version that it was made from and the schema that editors read."""
    said = definition.model_dump(mode="json", exclude={"version"})
    kept = {name: value for name, value in said.items() if value not in (None, "")}
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False)


def file_text(sort: Sort, definition: Definition) -> str:
    """The whole file of a definition; the customers of a list are in the one beside it."""
    if CUSTOMERS in definition.parameters:
        definition = definition.model_copy(update={"parameters": {CUSTOMERS: f"{definition.key}.csv"}})
    first, _, rest = text_of(definition).partition("key:")
    head = f"# yaml-language-server: $schema=../{SCHEMAS}/{sort}.json\n"
    return f"{head}{first}base_version: {definition.version}\nkey:{rest}"


def _read(sort: Sort, path: Path) -> Filed:
    try:
        said = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise wrong(
            path,
            Words(
                zh=f"第 {mark.line + 1} 行不是有效的 YAML" if mark else "不是 UTF-8 编码的 YAML 文件",
                en=f"line {mark.line + 1} is not valid YAML" if mark else "it is not a YAML file in UTF-8",
            ),
        ) from error
    try:
        draft = Draft.model_validate(said)
    except ValidationError as error:
        first = error.errors()[0]
        where, reason = ".".join(str(part) for part in first["loc"]) or "file", reason_of(first)
        raise wrong(path, Words(zh=f"{where}：{reason.zh}", en=f"{where}: {reason.en}")) from error
    if draft.key != path.stem:
        raise wrong(
            path,
            Words(
                zh=f"key 是 {draft.key!r}，与文件名不符", en=f"its key is {draft.key!r}, unlike the name of the file"
            ),
        )
    texts.key(draft.key)
    return Filed(sort, path, draft, _customers(sort, path, draft.parameters))


def _customers(sort: Sort, path: Path, parameters: Mapping[str, Any]) -> frozenset[str] | None:
    """The customers of a list, from the file beside it."""
    if sort != "audiences" or CUSTOMERS not in parameters:
        return None
    beside = path.with_suffix(".csv")
    if parameters[CUSTOMERS] != beside.name:
        # Only the file beside: a definition is no way to read another.
        raise wrong(path, Words(zh=f"{CUSTOMERS} 应为 {beside.name}", en=f"{CUSTOMERS} has to be {beside.name}"))
    try:
        return frozenset(named(in_file(beside.read_text("utf-8-sig"))).ids)
    except (OSError, UnicodeDecodeError) as error:
        raise wrong(
            path, Words(zh=f"读不到名单文件 {beside.name}", en=f"the list {beside.name} beside it can't be read")
        ) from error


def wrong(path: Path, what: Words) -> InputError:
    """What to say of a file that says nothing that can be applied."""
    return InputError(
        f"{path}: {what.en}",
        "mend the file, or write it anew with titian export",
        zh=f"{path}：{what.zh}",
        hint_zh="请修改该文件，或用 titian export 重新写出",
        file=str(path),
    )
