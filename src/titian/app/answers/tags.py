"""Answers about tags: what can be said of customers, and what came of saying it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from titian.app.answers.base import Answer
from titian.domain.tag import Colour, Source
from titian.domain.words import Words


class TagInfo(Answer):
    """A tag, and how many customers have it."""

    key: str
    name: Words
    colour: Colour
    group: str | None
    description: str
    rule: dict[str, Any] | None
    """Whoever meets it has the tag; None: it is given by hand, or masked."""
    followed_at: datetime | None
    """When it was last brought into step with its rule; None where it has none, or never was."""
    version: int
    made_by: str
    made_at: datetime
    customers: int | None
    """None where it is masked."""
    masked: bool
    """Whether its rule rests on personal data that who asks may not see: then neither that nor who has the tag is told."""


class TagGroupInfo(Answer):
    """A group of tags."""

    key: str
    name: Words
    exclusive: bool
    """Whether a customer has one of its tags at most."""
    version: int


class TagList(Answer):
    """All tags and all groups, in the order of their keys."""

    tags: tuple[TagInfo, ...]
    groups: tuple[TagGroupInfo, ...]
    colours: tuple[Colour, ...]
    """Those to choose from."""


class TagAsked(Answer):
    """What a tag is to be: its name, in one language or both, its colour, group and description."""

    name: Words
    colour: Colour = "grey"
    group: str | None = None
    description: str = ""
    rule: dict[str, Any] | None = None
    """Whoever meets it gets the tag, and loses it when they meet it no more."""


class NewTag(TagAsked):
    """A tag to be made."""

    key: str


class TagChange(TagAsked):
    """What a tag is to be from now on; `base_version` is the version in force that it was changed from."""

    base_version: int


class TagGroupAsked(Answer):
    """What a group is to be."""

    name: Words
    exclusive: bool = False


class NewTagGroup(TagGroupAsked):
    """A group to be made."""

    key: str


class TagGroupChange(TagGroupAsked):
    """What a group is to be from now on; `base_version` is as of a tag."""

    base_version: int


class MergeAsked(Answer):
    """The tag to merge into."""

    into: str


class CustomersAsked(Answer):
    """The customers that are meant: ids, or a text of ids between blanks, commas and line ends; and why."""

    ids: tuple[str, ...] = ()
    text: str = ""
    why: str = ""


class RemovedTag(Answer):
    """A tag that was removed, as it was."""

    tag: TagInfo


class RemovedTagGroup(Answer):
    """A group that was removed; its tags stay, in no group."""

    group: TagGroupInfo
    tags: int


class MergedTag(Answer):
    """What came of a merge: the tag that is left, and how many customers came over."""

    tag: TagInfo
    moved: int
    already: int
    """Customers who had both."""
    taken_out: int
    """Customers who lost another tag of its exclusive group."""


class CustomersRead(Answer):
    """What was read of the customers that were named: asked = blank + repeated + unknown + what the report adds."""

    tag: str
    asked: int
    blank: int
    repeated: int
    unknown: int
    """Not in the workspace, or no possible id."""
    unknown_ids: tuple[str, ...]
    """The first hundred of them."""
    batch: str | None
    """By this it can be taken back; None where nothing was changed."""


class TaggedReport(CustomersRead):
    """What came of tagging customers; asked = blank + repeated + unknown + already + tagged."""

    already: int
    tagged: int
    taken_out: int
    """Of the tagged, those who lost another tag of the exclusive group."""


class UntaggedReport(CustomersRead):
    """What came of taking a tag from customers; asked = blank + repeated + unknown + without + untagged."""

    without: int
    """In the workspace, and did not have it."""
    untagged: int


class TagBatchUndone(Answer):
    """What came of taking a batch back."""

    batch: str
    removed: int
    """Tags that the batch gave and that went."""
    restored: int
    """Tags that it took and that returned; not where the customer has another of the exclusive group since."""
    repeated: bool
    """It had been taken back before, and nothing was changed."""


class CustomerTag(Answer):
    """A tag of a customer, and how it came to be."""

    tag: str
    name: Words
    colour: Colour
    group: str | None
    by_rule: bool
    """Whether the tag follows a rule: then nobody can take it by hand."""
    since: datetime
    by: str
    why: str
    source: Source
    batch: str


class TagHolder(Answer):
    """A customer who has a tag, and how it came to be."""

    customer_id: str
    since: datetime
    by: str
    why: str
    source: Source
    batch: str


class TagHolders(Answer):
    """Who has a tag, in the order of ids."""

    tag: str
    total: int
    customers: tuple[TagHolder, ...]
    next_cursor: str | None


class FollowedTag(Answer):
    """What came of bringing a tag into step with its rule."""

    tag: str
    came: int
    """Customers who have it now, and had not."""
    gone: int
    customers: int
    """Who have it."""
    problem: Words | None
    """Why its rule can't be asked; then nothing was changed of it."""
