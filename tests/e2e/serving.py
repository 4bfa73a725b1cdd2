"""A real server of a workspace on a free port, and the browser that looks at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
READY_SECONDS = 60
COMMAND = (sys.executable, "-c", "from titian.cli import main; main()")


def browser_path() -> str | None:
    """Where Chromium is, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def titian(*arguments: str) -> str:
    """What the command line prints; its own words are shown when it fails."""
    run = subprocess.run([*COMMAND, *arguments], check=True, timeout=300, capture_output=True, env=_quiet())
    return run.stdout.decode()


@contextmanager
def served(workspace: Path) -> Iterator[str]:
    """The address of a server of `workspace`, alive until left."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = [*COMMAND, "serve", "--workspace", str(workspace), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=_quiet())
    try:
        _wait_until_ready(address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def _wait_until_ready(address: str) -> None:
    for _ in range(READY_SECONDS * 10):
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=READY_SECONDS) as answer:
                if answer.status == 200:
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"{address} is not ready after {READY_SECONDS} s")


def _quiet() -> dict[str, str]:
    return {**os.environ, "NO_PROXY": "127.0.0.1,localhost"}
