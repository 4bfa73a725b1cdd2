"""Remembered mappings: what was confirmed for one file is offered for the next with the same columns."""

from __future__ import annotations

import hashlib

from pydantic import ValidationError

from titian.app.definition import Definition
from titian.app.definitions import Definitions
from titian.domain.mapping import Mapping

KIND = "mapping"


class Mappings:
    """The mappings that a workspace has seen confirmed, the same columns under the same key."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions

    def remembered(self) -> list[Mapping]:
        """All of them; what is no mapping is passed over, for a guess can do without."""
        found = []
        for definition in self._definitions.current().values():
            try:
                found.append(Mapping.model_validate(definition.parameters))
            except ValidationError:
                continue
        return found

    def remember(self, mapping: Mapping) -> None:
        """Keep a confirmed mapping; it takes the place of an earlier one of the same source columns."""
        columns = "\n".join(sorted(mapping.columns.values()))
        key = f"{mapping.table}_{hashlib.sha256(columns.encode()).hexdigest()[:12]}"
        kept = mapping.model_dump(mode="json", exclude_defaults=True) | {"table": mapping.table}
        made = Definition(kind=KIND, key=key, parameters=kept)
        held = self._definitions.current().get(key)
        if held is None:
            self._definitions.create(made)
        elif not made.same(held):
            self._definitions.publish(made, held)
