"""Event meanings: what a team's own event names mean, a definition of the workspace beside its layerings."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from titian.app.definitions import Definition, Definitions
from titian.domain.meanings import USUAL, Meanings
from titian.errors import ConflictError, InputError

KEY = "events"
TRIES = 5
"""Often enough for a handful of people who speak at once."""
_SAID = TypeAdapter(dict[str, tuple[str, ...]])


class EventMeanings:
    """The file definitions/events/events.yaml: a meaning, and the names that events have here which mean it."""

    def __init__(self, definitions: Path) -> None:
        self._definitions = Definitions(definitions / KEY)
        self._seen: tuple[tuple[int, int], Meanings] | None = None

    def said(self) -> Meanings:
        """What the team says of its events. Raises InputError that names the file when that is wrong."""
        try:
            found = self._file.stat()
        except FileNotFoundError:
            return USUAL
        # Every question asks; ten thousand names take a while to read.
        mark = (found.st_mtime_ns, found.st_size)
        if self._seen is None or self._seen[0] != mark:
            self._seen = (mark, self._held()[1])
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
            self._definitions.create(made)
        else:
            self._definitions.publish(made, held)
        return after

    @property
    def _file(self) -> Path:
        return self._definitions.folder / f"{KEY}.yaml"

    def _held(self) -> tuple[Definition | None, Meanings]:
        held = self._definitions.current().get(KEY)
        if held is None:
            return None, USUAL
        try:
            return held, Meanings.of(_SAID.validate_python(held.parameters))
        except (ValidationError, InputError) as error:
            what = error.message if isinstance(error, InputError) else "a meaning has a list of event names"
            what_zh = error.zh if isinstance(error, InputError) else "每个含义下应是行为名的列表"
            raise InputError(
                f"{self._file}: {what}",
                "mend the file: view: [看货, page_a]; or delete it to have the usual meanings alone",
                zh=f"{self._file}：{what_zh}",
                hint_zh="请修改该文件（例如 view: [看货, page_a]），或删除它以只用常见含义",
                file=str(self._file),
            ) from error
