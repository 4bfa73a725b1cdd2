"""A workspace is found by folder, by option and by environment."""

from pathlib import Path

import pytest

from titian.app import workspace as workspaces
from titian.app.settings import WorkspaceSettings
from titian.errors import ConflictError, NotFoundError


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("a", "b"):
        workspaces.init(tmp_path / name, WorkspaceSettings(name=name))
    return tmp_path / "a", tmp_path / "b"


def test_the_option_wins_over_the_environment_and_the_folder(two: tuple[Path, Path]) -> None:
    a, b = two
    environment = {"TITIAN_WORKSPACE": str(b)}
    assert workspaces.find(a, environment, start=b).settings.name == "a"
    assert workspaces.find(None, environment, start=a).settings.name == "b"
    assert workspaces.find(None, {}, start=a).settings.name == "a"


def test_a_folder_inside_a_workspace_belongs_to_it(two: tuple[Path, Path]) -> None:
    inside = two[0] / "definitions"
    assert workspaces.find(None, {}, start=inside).path == two[0]


def test_where_there_is_none_the_way_to_make_one_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as refused:
        workspaces.find(None, {}, start=tmp_path)
    assert "titian init" in refused.value.hint
    assert "titian init" in refused.value.hint_zh


def test_a_workspace_is_never_made_over_another(two: tuple[Path, Path]) -> None:
    with pytest.raises(ConflictError):
        workspaces.init(two[0], WorkspaceSettings(name="other"))
    assert workspaces.read(two[0]).settings.name == "a"
