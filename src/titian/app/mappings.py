"""Remembered mappings: what was confirmed for one file is offered for the next with the same columns."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pydantic import ValidationError

from titian.app.definitions import Definition, Definitions
from titian.domain.mapping import Mapping

KIND = "mapping"


class Mappings:
    """The mappings that a workspace has seen confirmed, a YAML file each, the same columns the same file."""

    def __init__(self, folder: Path) -> None:
        self._definitions = Definitions(folder)

    def remembered(self) -> list[Mapping]:
        """All of them; a file that is no mapping is passed over, for a guess can do without."""
        found = []
        for definition in self._definitions.current().values():
            try:
                found.append(Mapping.model_validate(definition.parameters))
            except ValidationError:
                continue
        return found

    def remember(self, mapping: Mapping) -> None:
        """Keep a confirmed mapping; an earlier one of the same source columns is replaced."""
        columns = "\n".join(sorted(mapping.columns.values()))
        key = f"{mapping.table}_{hashlib.sha256(columns.encode()).hexdigest()[:12]}"
        kept = mapping.model_dump(mode="json", exclude_defaults=True) | {"table": mapping.table}
        self._definitions.save(Definition(kind=KIND, key=key, parameters=kept))
