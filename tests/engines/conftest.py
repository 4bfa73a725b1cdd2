"""One cluster for all tests of engines, and the same nasty shop on DuckDB and on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa
import pytest

import titian as tt
from tests.engines import cluster as clusters
from tests.engines import nasty
from tests.engines.cluster import Cluster

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SOME, MANY = 12, 60
"""Random cases in the small shop and in the big one."""


@dataclass(frozen=True)
class Twins:
    """The same data on DuckDB and on the cluster."""

    here: tt.Dataset
    there: tt.Dataset


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A master and two workers."""
    missing = clusters.why_not()
    if missing is not None:
        pytest.skip(f"NO SPARK: {missing}")
    with clusters.standalone(tmp_path_factory.mktemp("spark")) as started:
        yield started


@pytest.fixture(scope="session")
def spark(cluster: Cluster) -> Iterator[SparkSession]:
    """A session as a team would have it, with settings that are not ours."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(cluster.address).appName("tests")
    from titian.warehouse.spark_connecting import USUAL

    own = {"spark.sql.ansi.enabled": "false", "spark.sql.warehouse.dir": str(cluster.logs / "tables")}
    for name, value in {**USUAL, **clusters.OPTIONS, **own}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="session")
def small_shop(spark: SparkSession) -> Twins:
    """A few random cases."""
    return twins(spark, nasty.tables(SOME))


@pytest.fixture(scope="session")
def big_shop(spark: SparkSession) -> Twins:
    """Many random cases, asked in few jobs."""
    return twins(spark, nasty.tables(MANY, seed=11))


def twins(session: SparkSession, tables: dict[str, pa.Table], timezone: str = nasty.ZONE) -> Twins:
    """These tables on both engines."""
    there = {name: there_as(session, rows) for name, rows in tables.items()}
    return Twins(tt.Dataset(**tables, timezone=timezone), tt.Dataset(**there, timezone=timezone))


def there_as(session: SparkSession, rows: pa.Table) -> ibis.Table:
    """Rows as an Ibis table of the team's session."""
    name = f"handed_{len(session.catalog.listTables())}"
    session.createDataFrame(rows).createOrReplaceTempView(name)
    return ibis.pyspark.connect(session).table(name)
