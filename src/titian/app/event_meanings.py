"""Event meanings: what a team's own event names mean, a definition of the workspace beside its layerings."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from pydantic import TypeAdapter, ValidationError

from titian.app.definition import Definition
from titian.app.definitions import Definitions
from titian.domain.meanings import USUAL, Meanings
from titian.errors import ConflictError, InputError

KEY = "events"
TRIES = 5
"""Often enough for a handful of people who speak at once."""
_SAID = TypeAdapter(dict[str, tuple[str, ...]])


class EventMeanings:
    """The definition `events`: a meaning, and the names that events have here which mean it."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._seen: tuple[int, Meanings] | None = None

    def said(self) -> Meanings:
        """What the team says of its events."""
        number = self._definitions.numbers().get(KEY)
        if number is None:
            return USUAL
        # Every question asks; ten thousand names take a while to read.
        if self._seen is None or self._seen[0] != number:
            self._seen = (number, self._held()[1])
        return self._seen[1]

    def say(self, given: Mapping[str, str | None]) -> Meanings:
        """What holds once event names are given meanings; None takes one back. The version before is kept.

        What somebody else says of other names at the same moment holds too.
        """
        for _ in range(TRIES - 1):
            with suppress(ConflictError):
                return self._say(given)
        return self._say(given)

    def _say(self, given: Mapping[str, str | None]) -> Meanings:
        held, before = self._held()
        own = {key: tuple(name for name in names if name not in given) for key, names in before.own.items()}
        for name, key in given.items():
            if key is not None:
                own[key] = (*own.get(key, ()), name)
        after = Meanings(own={key: tuple(sorted(names)) for key, names in sorted(own.items()) if names})
        if after == before:
            return before
        made = Definition(kind=KEY, key=KEY, parameters={key: list(names) for key, names in after.own.items()})
        if held is None:
            self._definitions.create(made, means=dict(given))
        else:
            self._definitions.publish(made, held, means=dict(given))
        return after

    def _held(self) -> tuple[Definition | None, Meanings]:
        held = self._definitions.current().get(KEY)
        return (None, USUAL) if held is None else (held, meanings_of(held))


def meanings_of(definition: Definition) -> Meanings:
    """What a definition says of event names. Raises InputError."""
    try:
        return Meanings.of(_SAID.validate_python(definition.parameters))
    except ValidationError as error:
        raise InputError(
            "a meaning has a list of event names",
            "write them as view: [看货, page_a]",
            zh="每个含义下应是行为名的列表",
            hint_zh="请写成 view: [看货, page_a]",
        ) from error
