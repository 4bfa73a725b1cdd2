"""The warehouse is rebuilt equal, and tidied once a day."""

import os
import time

import pytest

from titian.app import layerings, maintenance
from titian.app.desk import Desk
from titian.errors import BusyError
from titian.warehouse.lake import Lake
from titian.warehouse.progress import silent


def test_a_rebuilt_warehouse_gives_the_same_answers_at_the_same_desk(own_desk: Desk) -> None:
    with own_desk.reading() as reading:
        before = layerings.now(reading, "rfm", None, None)
    assert maintenance.rebuild(own_desk, silent) == 2
    with own_desk.reading() as reading:
        assert layerings.now(reading, "rfm", None, None) == before


def test_tidying_is_done_once_a_day_with_the_workspaces_setting(
    own_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[int] = []
    monkeypatch.setattr(Lake, "tidy", lambda _self, days: kept.append(days))
    marker = own_desk.workspace.path / maintenance.TIDIED
    marker.unlink(missing_ok=True)
    maintenance.tidy_daily(own_desk)
    maintenance.tidy_daily(own_desk)
    yesterday = time.time() - 25 * 3600
    os.utime(marker, (yesterday, yesterday))
    maintenance.tidy_daily(own_desk)
    assert kept == [7, 7]


def test_a_tidying_that_fails_stops_nothing(own_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_self: Lake, _days: int) -> None:
        raise BusyError("busy", "wait", zh="忙", hint_zh="等")

    monkeypatch.setattr(Lake, "tidy", busy)
    (own_desk.workspace.path / maintenance.TIDIED).unlink(missing_ok=True)
    maintenance.tidy_daily(own_desk)
    assert not (own_desk.workspace.path / maintenance.TIDIED).exists()
