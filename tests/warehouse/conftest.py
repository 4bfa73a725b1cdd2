"""An open, empty warehouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from titian.warehouse.lake import Lake


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    with Lake.open(tmp_path / "shop") as opened:
        yield opened
