"""The documents as the tests see them: their fenced blocks in order."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.house.repository import ROOT, files

FENCE = re.compile(r"^```(?P<kind>[\w-]+)?(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r'title="(?P<name>[^"]+)"')


@dataclass(frozen=True)
class Block:
    """One fenced block: python and sh are run unless marked `no-run`; one with a title is a file."""

    kind: str
    info: str
    text: str

    @property
    def file(self) -> str | None:
        """The name of the file that the block shows."""
        named = FILE.search(self.info)
        return named["name"] if named else None

    @property
    def runs(self) -> bool:
        """Whether a reader is told to run it and a test can."""
        return self.kind in {"python", "sh"} and "no-run" not in self.info


def pages() -> list[Path]:
    """Every page for readers."""
    return [path for path in files() if path.suffix == ".md" and (path.parent == ROOT or "docs" in path.parts)]


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    found = FENCE.finditer(page.read_text(encoding="utf-8"))
    return [Block(one["kind"] or "", one["info"].strip(), one["text"]) for one in found]


def in_chinese(page: Path) -> Path:
    """Where the Chinese version of an English page is."""
    return page.with_name(f"{page.stem}.zh-CN.md")
