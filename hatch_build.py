"""The build hook: a wheel or source archive carries the built console, or isn't made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CONSOLE = Path("src/titian/server/console/index.html")


class ConsoleHook(BuildHookInterface):  # type: ignore[type-arg]
    """Refuses to package Titian without its console; editable installs need none."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Stop unless the console is built. Raises FileNotFoundError with the mend."""
        if version == "editable" or (Path(self.root) / CONSOLE).exists():
            return
        raise FileNotFoundError(f"{CONSOLE} is missing: run `make wheel`, which builds the console first")
