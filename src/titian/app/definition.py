"""A definition: what a team defines (a layering, an audience …), as people and files say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from titian.domain.words import Words
from titian.errors import ConflictError, NotFoundError

if TYPE_CHECKING:
    from titian.store.definitions import Origin, Version

Sort = Literal["layerings", "audiences", "tag_groups", "tags", "events", "mappings", "population"]
"""What is defined; the name of its folder of files, too. Groups come before the tags that are in them."""
Place = tuple[Sort, str]
"""Where a definition stands: its sort and its key."""
DEEDS: dict[Sort, str] = {
    "layerings": "layering",
    "audiences": "audience",
    "tag_groups": "tag_group",
    "tags": "tag",
    "events": "events",
    "mappings": "mapping",
    "population": "population",
}
"""How the audit log calls one of them."""


class Definition(BaseModel):
    """One definition; what the parameters mean is up to its kind."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    key: str
    name: Words | None = None
    """What the team calls it; None: as its kind is called."""
    description: str = ""
    version: int = Field(default=1, ge=1)
    fit_as_of: date | None = None
    """The local day whose customers the statistic cuts are fitted on; None: those of the day that is looked at."""
    parameters: dict[str, Any] = {}

    def yaml(self) -> str:
        """The definition as text, for a file or a person."""
        unsaid = {name for name in ("name", "description") if not getattr(self, name)}
        return yaml.safe_dump(self.model_dump(mode="json", exclude=unsaid), allow_unicode=True, sort_keys=False)

    def same(self, other: Definition) -> bool:
        """Whether both say the same, whatever their numbers."""
        return self.model_copy(update={"version": other.version}) == other


@dataclass(frozen=True)
class Published:
    """A version, and how it came to be."""

    definition: Definition
    by: str
    at: datetime
    origin: Origin


def published(one: Version) -> Published:
    """A version as the store keeps it."""
    return Published(Definition.model_validate_json(one.body), one.by, one.at, one.origin)


def taken(key: str) -> ConflictError:
    """What to say when a new definition wants a key that stands for another."""
    return ConflictError(
        f"the key {key} is taken",
        "choose another key, or publish a new version of the one that is there",
        zh=f"标识“{key}”已被使用",
        hint_zh="请换一个标识，或为已有的定义发布新版本",
        field="key",
        key=key,
    )


def absent(key: str) -> NotFoundError:
    """What to say of a key under which nothing holds."""
    return NotFoundError(
        f"there is no definition {key}",
        "look at the list for those there are",
        zh=f"没有定义“{key}”",
        hint_zh="请在列表中查看现有的定义",
        key=key,
    )


def stale(key: str, base: int, present: int) -> ConflictError:
    """What to say when `key` was changed from an old version."""
    return ConflictError(
        f"{key} is at version {present} now; your change was made from version {base}",
        "reload it, look at what changed, and make your change again",
        zh=f"“{key}”现为第 {present} 版，而您的修改基于第 {base} 版",
        hint_zh="请重新载入，核对变化后再改",
        key=key,
        base_version=base,
        version=present,
    )
