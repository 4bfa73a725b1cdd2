"""Installs one file of pins into the running environment, showing how far it is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

BAR = 30
PIN = re.compile(r"^[A-Za-z0-9._-]+==")


def pins(file: Path) -> int:
    """How many packages the file names."""
    return sum(1 for line in file.read_text().splitlines() if PIN.match(line))


def show(done: int, total: int, word: str) -> None:
    """One line that grows at a terminal, a line now and then elsewhere."""
    filled = BAR * done // max(total, 1)
    text = f"  [{'#' * filled}{'.' * (BAR - filled)}] {done}/{total} {word}"
    if sys.stderr.isatty():
        print(f"\r{text[:100]:<100}", end="", file=sys.stderr, flush=True)
    elif done % 20 == 0 or done == total:
        print(text, file=sys.stderr, flush=True)


def install(file: Path) -> int:
    """Run pip on the pins; its own words are shown only when it fails. Returns pip's exit code."""
    total, done, said = pins(file), 0, []
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--disable-pip-version-check", "-r", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            said.append(line)
            if line.startswith(("Collecting ", "Requirement already satisfied")):
                done = min(done + 1, total)
                show(done, total, line.split()[1] if line.startswith("Collecting ") else "")
            elif line.startswith("Installing collected"):
                show(total, total, "unpacking")
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if pip.returncode:
        sys.stderr.writelines(said[-30:])
    return pip.returncode


if __name__ == "__main__":
    sys.exit(install(Path(sys.argv[1])))
