"""Print the OpenAPI document, from which the console's types are generated: python -m titian.server.openapi."""

from __future__ import annotations

import json
from pathlib import Path

from titian.app.desk import Desk
from titian.app.settings import WorkspaceSettings
from titian.app.workspace import Workspace
from titian.server.app import create_app


def document() -> str:
    """The document as JSON text; it depends on the code alone, on no workspace."""
    app = create_app(Desk(Workspace(Path("."), WorkspaceSettings())))
    return json.dumps(app.openapi(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    print(document(), end="")
