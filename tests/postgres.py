"""A PostgreSQL server of the tests' own, where one is installed."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

SECRET = "s3cr!t @x"


@dataclass(frozen=True)
class Server:
    """A server that runs: where, and how it is controlled."""

    address: str
    control: tuple[str, ...]
    start: tuple[str, ...]
    user: str | None

    def restart(self, down_seconds: float = 0.0) -> None:
        """Stop it as a failure of power does, and start it again."""
        _run([*self.control, "-m", "immediate", "stop"], self.user)
        time.sleep(down_seconds)
        _run([*self.control, *self.start, "start"], self.user)


@contextmanager
def server() -> Iterator[str]:
    """The address of an empty database of a server that lives as long as the `with`; skips where there is none."""
    with controlled() as made:
        yield made.address


@contextmanager
def controlled() -> Iterator[Server]:
    """A server of one's own, that can be restarted; skips where there is none."""
    binaries, user = _binaries(), _somebody()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    (folder / "password").write_text(SECRET)
    if user:
        shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
    data, port = folder / "data", _free_port()
    control = (str(binaries / "pg_ctl"), "-D", str(data), "-w", "-s")
    start = ("-o", f"-p {port} -k {folder} -c fsync=off", "-l", str(folder / "log"))
    make = [str(binaries / "initdb"), "-D", str(data), "-A", "scram-sha-256", "-U", "joe", "--no-sync"]
    try:
        _run([*make, "--pwfile", str(folder / "password")], user)
        _run([*control, *start, "start"], user)
        address = f"postgresql://joe:{quote(SECRET, safe='')}@127.0.0.1:{port}/postgres"
        yield Server(address, control, start, user)
        _run([*control, "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder)


def _binaries() -> Path | None:
    """Where initdb and pg_ctl are."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


def _somebody() -> str | None:
    """The account to run the server as: it refuses to run as root."""
    return "postgres" if os.geteuid() == 0 else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(command: list[str], user: str | None) -> None:
    subprocess.run(command, check=True, user=user, stdout=subprocess.DEVNULL, cwd=tempfile.gettempdir())
