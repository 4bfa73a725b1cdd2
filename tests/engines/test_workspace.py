"""A workspace whose titian.yaml names a Spark cluster: assign, flows and traits there, and words for what goes wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

import titian as tt
from tests.engines import nasty
from tests.engines.cluster import OPTIONS, Cluster
from tests.engines.comparing import differing
from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.layerings import now
from titian.errors import ConflictError, InputError, StorageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def tables() -> dict[str, pa.Table]:
    return nasty.tables(6, seed=3)


@pytest.fixture(scope="module")
def folder(cluster: Cluster, tables: dict[str, pa.Table], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of Parquet files, one of them with other column names."""
    made = tmp_path_factory.mktemp("on spark")
    for name in ("orders", "customers", "events"):
        pq.write_table(tables[name], made / f"{name}.parquet")
    pq.write_table(tables["events"].rename_columns({"customer_id": "uid"}), made / "events.parquet")
    places: dict[str, object] = {name: str(made / f"{name}.parquet") for name in ("orders", "customers")}
    places["events"] = {"place": str(made / "events.parquet"), "columns": {"customer_id": "uid"}}
    write(made, {"address": cluster.address, "options": OPTIONS}, places)
    return made


def write(folder: Path, warehouse: object, tables: object) -> Path:
    said = {"timezone": nasty.ZONE, "warehouse": warehouse, "tables": tables}
    (folder / "titian.yaml").write_text(yaml.safe_dump(said))
    return folder


@pytest.fixture(scope="module")
def here(tables: dict[str, pa.Table]) -> tt.Dataset:
    return tt.Dataset(**{name: tables[name] for name in ("orders", "customers", "events")}, timezone=nasty.ZONE)


@pytest.fixture(scope="module")
def there(folder: Path, spark: SparkSession) -> tt.Dataset:
    return tt.Dataset.open(folder)


def test_it_gives_the_same_layers_flows_and_traits(here: tt.Dataset, there: tt.Dataset) -> None:
    one, other = (tt.RFM().assign(data, as_of=nasty.AS_OF) for data in (here, there))
    assert differing(one, other) == {}
    span = {"start": nasty.EARLIER, "end": nasty.AS_OF}
    assert tt.flows(tt.ValueLevels(), here, **span).moves == tt.flows(tt.ValueLevels(), there, **span).moves
    asked = ["spend_90d", "view_count", "days_since_view"]
    assert differing(*(tt.traits(asked, data, as_of=nasty.AS_OF) for data in (here, there))) == {}


def test_a_table_of_the_catalogue_is_read_by_its_name(
    spark: SparkSession, cluster: Cluster, tables: dict[str, pa.Table], tmp_path: Path, here: tt.Dataset
) -> None:
    spark.sql("CREATE DATABASE IF NOT EXISTS shop")
    spark.createDataFrame(tables["orders"]).write.mode("overwrite").saveAsTable("shop.orders")
    data = tt.Dataset.open(write(tmp_path, cluster.address, {"orders": "shop.orders"}))
    orders = tt.Dataset(orders=tables["orders"], timezone=nasty.ZONE)
    assert differing(*(tt.RFM().assign(one, as_of=nasty.AS_OF) for one in (orders, data))) == {}


def test_its_state_has_another_name_when_a_file_changed(
    spark: SparkSession, cluster: Cluster, tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    pq.write_table(tables["orders"], tmp_path / "orders.parquet")
    write(tmp_path, cluster.address, {"orders": str(tmp_path / "orders.parquet")})
    first, again = tt.Dataset.open(tmp_path).version, tt.Dataset.open(tmp_path).version
    pq.write_table(tables["orders"].slice(1), tmp_path / "orders.parquet")
    assert first == again != tt.Dataset.open(tmp_path).version


def test_the_console_shows_it_and_loading_is_refused_with_the_reason(folder: Path, spark: SparkSession) -> None:
    with Desk(workspaces.read(folder)) as desk:
        with desk.reading() as reading:
            page = now(reading, "rfm", nasty.AS_OF.date(), None)
        assert page.customers > 0
        with pytest.raises(InputError, match="Titian only reads"):
            _ = desk.lake


def test_the_command_line_works_on_it(folder: Path, here: tt.Dataset) -> None:
    command = [sys.executable, "-m", "titian", "layers", "rfm", "--as-of", "2011-11-01", "--json"]
    environment = {**os.environ, "TITIAN_WORKSPACE": str(folder)}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)


def test_nobody_at_the_address_is_said_at_once(tmp_path: Path, spark: SparkSession) -> None:
    with pytest.raises(ConflictError, match="can't go to"):
        tt.Dataset.open(write(tmp_path, "spark://127.0.0.1:1", {"orders": "orders"}))


def test_a_table_that_is_not_there_is_named(tmp_path: Path, cluster: Cluster, spark: SparkSession) -> None:
    missing = str(tmp_path / "none.parquet")
    with pytest.raises(InputError) as refused:
        tt.Dataset.open(write(tmp_path, cluster.address, {"orders": missing}))
    assert missing in refused.value.message


def test_a_process_without_a_session_hears_at_once_that_nobody_answers(tmp_path: Path, cluster: Cluster) -> None:
    program = "import sys, titian as tt\ntry: tt.Dataset.open(sys.argv[1])\nexcept tt.TitianError as e: print(e.code, e.message)"
    write(tmp_path, "spark://127.0.0.1:1", {"orders": "orders"})
    ran = subprocess.run(
        [sys.executable, "-c", program, tmp_path], capture_output=True, text=True, timeout=60, check=True
    )
    assert ran.stdout.startswith(f"{StorageError.code} no Spark cluster at spark://127.0.0.1:1")
