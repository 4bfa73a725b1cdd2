"""titian.yaml is checked when read, and written whole."""

from pathlib import Path

import pytest

from titian.app import settings
from titian.app.settings import WorkspaceSettings
from titian.errors import InputError, StorageError


def test_settings_come_back_as_they_were_written(tmp_path: Path) -> None:
    given = WorkspaceSettings(name="茶铺", timezone="Europe/London", currency="GBP", language="en")
    settings.write(tmp_path / "titian.yaml", given)
    assert settings.read(tmp_path / "titian.yaml") == given
    assert "茶铺" in (tmp_path / "titian.yaml").read_text("utf-8")


def test_an_empty_file_is_all_defaults(tmp_path: Path) -> None:
    (tmp_path / "titian.yaml").write_text("")
    assert settings.read(tmp_path / "titian.yaml") == WorkspaceSettings()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("timezone: Mars/Olympus", "timezone"),
        ("currency: yuan", "currency"),
        ("language: fr", "language"),
        ("timezon: UTC", "timezon"),
        ("server: {port: 99999}", "server.port"),
        ("warehouse: {keep_snapshots_days: -1}", "keep_snapshots_days"),
        ("name: [", "line 2"),
        ("- a list", "titian.yaml"),
        ("name: ''", "name"),
        ("warehouse: mysql://here", "mysql://here"),
        ("warehouse: here", "'here' is no warehouse"),
        ("tables: {orders: o.parquet}", "set warehouse"),
        ("warehouse: spark://h:1\ntables: {ordres: o.parquet}", "ordres"),
        ("warehouse: spark://h:1\ntables: {orders: {colums: {}}}", "tables.orders"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "titian.yaml").write_text(text + "\n")
    with pytest.raises(InputError) as refused:
        settings.read(tmp_path / "titian.yaml")
    assert named in refused.value.message
    assert refused.value.hint
    assert refused.value.zh
    assert refused.value.hint_zh


def test_a_cluster_is_named_by_its_address_alone_or_with_options(tmp_path: Path) -> None:
    path = tmp_path / "titian.yaml"
    path.write_text("warehouse: spark://h:7077\ntables: {orders: /o.parquet}\n")
    alone = settings.read(path)
    assert (alone.warehouse.address, alone.tables["orders"].place) == ("spark://h:7077", "/o.parquet")
    path.write_text("warehouse: {address: 'spark://h:7077', options: {spark.cores.max: 4, spark.ui.enabled: false}}\n")
    assert settings.read(path).warehouse.options == {"spark.cores.max": "4", "spark.ui.enabled": "false"}


def test_where_tables_are_survives_a_change_in_the_console(tmp_path: Path) -> None:
    path = tmp_path / "titian.yaml"
    path.write_text("warehouse: spark://h:7077\ntables: {events: {place: lake.e, columns: {customer_id: uid}}}\n")
    given = settings.read(path)
    settings.write(path, given.model_copy(update={"name": "another"}))
    assert settings.read(path).tables == given.tables
    assert settings.read(path).warehouse == given.warehouse


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "titian.yaml").write_bytes("name: 茶".encode("gb18030"))
    with pytest.raises(InputError, match="UTF-8"):
        settings.read(tmp_path / "titian.yaml")


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "titian.yaml"
    settings.write(path, WorkspaceSettings(name="old"))

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        settings.write(path, WorkspaceSettings(name="new"))
    assert settings.read(path).name == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["titian.yaml"]
