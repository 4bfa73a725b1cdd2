"""The doctor finds what is wrong, and says how to mend it in both languages."""

import shutil
from collections import namedtuple
from importlib.metadata import PackageNotFoundError

import pytest

from tests.app import market
from titian.app import doctor
from titian.app.answers.workspace import Check
from titian.app.desk import Desk

Usage = namedtuple("Usage", "total used free")


def check(desk: Desk, name: str) -> Check:
    return next(found for found in doctor.checks(desk) if found.name == name)


def unwell(desk: Desk) -> list[str]:
    found = [check for check in doctor.checks(desk) if not check.ok]
    assert all(check.mend and check.mend.zh and check.mend.en for check in found)
    return [check.name for check in found]


@pytest.mark.parametrize(("free", "ok"), [(doctor.FREE_BYTES, False), (doctor.FREE_BYTES + 1, True)])
def test_two_gigabytes_must_be_free(desk: Desk, monkeypatch: pytest.MonkeyPatch, free: int, ok: bool) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(free, 0, free))
    assert check(desk, "disk").ok is ok


def test_a_package_that_is_missing_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name == "pyarrow":
            raise PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr(doctor, "version", version)
    assert unwell(desk) == ["pyarrow"]


def test_an_optional_package_may_be_missing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    found = check(desk, "polars")
    assert (found.ok, found.found.en) == (True, "not installed (optional)")


def test_a_folder_that_can_not_be_written_to_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    assert unwell(desk) == ["workspace"]


def test_a_batch_whose_manifest_broke_is_named(own_desk: Desk) -> None:
    batch = own_desk.lake.landing.committed()[0]
    folder = next(p for p in (own_desk.workspace.path / "landing").iterdir() if p.name == batch.batch_id)
    (folder / "manifest.json").write_text("{")
    found = check(own_desk, "landing")
    assert not found.ok
    assert batch.batch_id in found.found.zh


def test_the_tables_that_hold_something_are_named(bazaar_desk: Desk, desk: Desk) -> None:
    assert check(bazaar_desk, "warehouse").found.en == "customers, orders, order items, events"
    assert check(desk, "warehouse").found.zh == "客户、订单"
    assert str(market.END) in check(desk, "newest").found.en


def test_an_empty_workspace_is_healthy(empty: Desk) -> None:
    assert unwell(empty) == []
    assert check(empty, "warehouse").found.en == "no data yet"
