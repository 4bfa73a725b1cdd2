"""Tags in force: what their definitions say is written where who has which tag is joined with it, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from titian.app.acting import acting
from titian.app.definition import Definition, Sort
from titian.app.tag_definition import group_of, tag_of
from titian.store import tags
from titian.store.database import Connection


def put_tag(connection: Connection, definition: Definition) -> None:
    """A tag is made, or is another now; who has it stays. Raises UnknownNameError for a group that is none."""
    made = tag_of(definition, acting.get(), datetime.now(UTC))
    put = tags.put if made.key in tags.keys(connection) else tags.add
    put(connection, made)


def put_group(connection: Connection, definition: Definition) -> None:
    """A group is made, or is another now."""
    made = group_of(definition)
    put = tags.put_group if made.key in {one.key for one in tags.groups(connection)} else tags.add_group
    put(connection, made)


def drop_tag(connection: Connection, key: str) -> None:
    """A tag is no more, and nobody has it."""
    tags.remove(connection, key)


def drop_group(connection: Connection, key: str) -> None:
    """A group is no more; its tags have left it before."""
    tags.remove_group(connection, key)


PUT: dict[Sort, Callable[[Connection, Definition], None]] = {"tags": put_tag, "tag_groups": put_group}
DROP: dict[Sort, Callable[[Connection, str], None]] = {"tags": drop_tag, "tag_groups": drop_group}
"""What else is done when a definition of a sort comes into force, and when it goes."""
