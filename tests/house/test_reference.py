"""The reference pages are what the code says: none has drifted, nothing is left out."""

import importlib.util
from types import ModuleType

import pytest

from tests.house.repository import ROOT

FOLDER = ROOT / "docs" / "reference"
PAGES = [
    "layerings.md",
    "traits.md",
    "rules.md",
    "tables.md",
    "cli.md",
    "settings.md",
    "channels.md",
    "engines.md",
    "errors.md",
    "http.md",
    "permissions.md",
]


@pytest.fixture(scope="module")
def writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_writer", FOLDER / "write.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES)
def test_the_page_has_not_drifted(writer, page):
    written = (FOLDER / page).read_text(encoding="utf-8")
    assert writer.PAGES[page]() == written, "run `make docs`"


def test_every_made_page_is_tested(writer):
    assert list(writer.PAGES) == PAGES


def test_every_page_of_the_reference_is_linked_from_the_index():
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = [path.name for path in FOLDER.glob("*.md") if not path.name.endswith(".intro.md")]
    assert [name for name in pages if f"reference/{name}" not in index] == []


def test_every_decision_is_in_the_list():
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in folder.glob("0*.md") if path.name not in listed] == []


def test_every_setting_is_explained(writer):
    explained = (FOLDER / "settings.intro.md").read_text(encoding="utf-8")
    names = [row[0] for row in writer._settings(writer.WorkspaceSettings, "")]
    assert [name for name in names if name not in explained] == []
