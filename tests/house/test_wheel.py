"""The wheel is all there is: installed into a clean environment it has library, command line, samples and console."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.repository import ROOT

BUILT = ROOT / "src/titian/server/console/index.html"
UV = Path(sys.executable).with_name("uv")


def run(*command: object, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    environment.setdefault("UV_CACHE_DIR", str(ROOT / ".cache/uv"))
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def clean(tmp_path_factory) -> Path:
    """The bin folder of an environment that has nothing but the wheel and its pinned dependencies."""
    if not BUILT.exists():
        pytest.skip("the console is not built: run make setup")
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", folder, ROOT, cwd=folder)
    run(sys.executable, "-m", "venv", "--without-pip", folder / "env", cwd=folder)
    (wheel,) = folder.glob("titian-*.whl")
    pins = ROOT / "requirements" / "runtime.txt"
    run(UV, "pip", "install", "-q", "--python", folder / "env/bin/python", "--no-deps", "-r", pins, wheel, cwd=folder)
    return folder / "env" / "bin"


@contextlib.contextmanager
def served(bin_folder: Path, workspace: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [bin_folder / "titian", "serve", "--port", str(port), "--workspace", str(workspace)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def fetched(address: str, patience_s: float = 30) -> str:
    until = time.monotonic() + patience_s
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.read().decode("utf-8")
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@pytest.mark.full
def test_its_dependencies_are_complete(clean, tmp_path):
    run(UV, "pip", "check", "--python", clean / "python", cwd=tmp_path)


@pytest.mark.full
def test_it_loads_its_own_sample_and_layers_it(clean, tmp_path):
    sample = run(clean / "python", "-c", "from titian.samples import CDNOW_SAMPLE as s; print(s.path)", cwd=tmp_path)
    program = (
        "import titian as tt; from titian.samples import CDNOW_SAMPLE as s;"
        "data = tt.Dataset(orders=s.path, mapping={'orders': s.mapping}, timezone=s.timezone, currency=s.currency);"
        "print(tt.RFM().assign(data, as_of='1998-07-01').counts()['customers'].sum())"
    )
    assert Path(sample.strip()).is_relative_to(clean.parent)
    assert run(clean / "python", "-c", program, cwd=tmp_path).split() == ["2357"]


@pytest.mark.full
def test_it_serves_the_console_it_carries(clean, tmp_path):
    run(clean / "titian", "init", tmp_path / "shop", cwd=tmp_path)
    with served(clean, tmp_path / "shop") as address:
        page = fetched(f"{address}/")
        script = re.search(r'src="(/assets/[^"]+\.js)"', page)
        assert script is not None
        assert len(fetched(address + script[1])) > 10_000


def test_a_wheel_without_console_is_refused_with_the_mend(tmp_path):
    copied = tmp_path / "titian"
    run("git", "clone", "-q", "--depth", "1", f"file://{ROOT}", copied, cwd=tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--wheel"],
        cwd=copied,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "make wheel" in done.stdout + done.stderr
