"""Every trait, also of events and over windows, is the same for every customer on DuckDB and on a Spark cluster."""

from __future__ import annotations

from datetime import datetime

import pytest

import titian as tt
from tests.engines import nasty
from tests.engines.comparing import differing
from tests.engines.conftest import Twins
from titian.traits.catalogue import CATALOGUE

pytestmark = pytest.mark.full

WINDOWED = [f"{key}_{days}d" for key, one in CATALOGUE.items() if one.windowed for days in (1, 90, 365)]
OF_EVENTS = [
    *("days_since_view", "view_count", "view_count_30d", "view_duration_s", "view_value"),
    *("purchase_count", "days_since_purchase", "checkin_count", "never heard of_count"),
]


@pytest.mark.parametrize("as_of", [nasty.AS_OF, nasty.EARLIER, datetime(2011, 3, 27, 1, 30)])
def test_the_whole_catalogue(big_shop: Twins, as_of: datetime) -> None:
    here, there = (tt.traits([*CATALOGUE], data, as_of=as_of) for data in (big_shop.here, big_shop.there))
    assert differing(here, there) == {}


@pytest.mark.parametrize("names", [WINDOWED, OF_EVENTS], ids=["windows", "events"])
def test_windows_and_events(big_shop: Twins, names: list[str]) -> None:
    here, there = (tt.traits(names, data, as_of=nasty.AS_OF) for data in (big_shop.here, big_shop.there))
    assert differing(here, there) == {}
