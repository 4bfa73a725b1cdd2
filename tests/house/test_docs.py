"""What the documents tell a reader to run does run, links lead somewhere, and both languages say the same."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.copying import copied
from tests.house.pages import Block, blocks, in_chinese, pages
from tests.house.repository import ROOT
from titian.app.demo import demo
from titian.warehouse.progress import silent

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
WITH_SHOP = "<!-- with: shop -->"
"""On a page that goes on with the workspace of the tutorial."""

TWICE = ("README.md", "docs/README.md", "docs/tutorial/", "docs/how-to/")


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def run_shell(text: str, folder: Path) -> Path:
    """Run a block as a reader would and return the folder they are in afterwards."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    left = folder / ".left"
    script = f"set -e\n{text}\npwd > '{left}'\n"
    ran = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, f"{text}\n{ran.stdout}\n{ran.stderr}"
    return Path(left.read_text().strip())


def follow(block: Block, names: dict[str, object]) -> None:
    if block.file:
        Path(block.file).write_text(block.text, encoding="utf-8")
    elif block.runs and block.kind == "sh":
        os.chdir(run_shell(block.text, Path.cwd()))
    elif block.runs:
        exec(compile(block.text, "page", "exec"), names)


ENGLISH = [page for page in pages() if not page.name.endswith(".zh-CN.md")]
RUNNING = [page for page in ENGLISH if any(block.runs for block in blocks(page))]


QUICK = ("README.md",)
"""The page that everybody reads; all others are followed by `make test-full`."""


@pytest.fixture(scope="module")
def shop_of_the_tutorial(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tutorial") / "shop"
    demo(folder, silent)
    return folder


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, id=name_of(page), marks=() if name_of(page) in QUICK else pytest.mark.full)
        for page in RUNNING
    ],
)
def test_a_reader_can_follow_the_page(page, request, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if WITH_SHOP in page.read_text(encoding="utf-8"):
        copied(request.getfixturevalue("shop_of_the_tutorial"), Path("shop"))
    names: dict[str, object] = {"__name__": "page"}
    for block in blocks(page):
        follow(block, names)


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_link_leads_to_a_file(page):
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", [one for one in ENGLISH if name_of(one).startswith(TWICE)], ids=name_of)
def test_the_chinese_page_has_the_same_commands(page):
    chinese = in_chinese(page)
    assert chinese.exists()
    assert [one for one in blocks(chinese) if one.runs] == [one for one in blocks(page) if one.runs]


def test_both_readmes_begin_with_the_two_commands():
    for readme in (ROOT / "README.md", ROOT / "README.zh-CN.md"):
        first = next(block for block in blocks(readme) if block.kind == "sh")
        assert "make demo" in first.text
        assert "make test" in readme.read_text(encoding="utf-8")
