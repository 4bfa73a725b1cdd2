"""The real data, read once by the oracle."""

from __future__ import annotations

import pytest

from tests.oracle.samples import cdnow, online_retail
from tests.oracle.shop import Shop
from titian.samples import CDNOW, CDNOW_SAMPLE, ONLINE_RETAIL


@pytest.fixture(scope="session")
def cdnow_sample() -> Shop:
    return cdnow(CDNOW_SAMPLE.path, CDNOW_SAMPLE.timezone)


@pytest.fixture(scope="session")
def cdnow_master() -> Shop:
    return cdnow(CDNOW.path, CDNOW.timezone)


@pytest.fixture(scope="session")
def invoices() -> Shop:
    return online_retail(ONLINE_RETAIL.path, ONLINE_RETAIL.timezone)
