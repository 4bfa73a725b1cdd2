"""One house of 2,000, made once for all tests."""

import pytest

from tests.samples.tea.made import Made
from titian.testing import tea_house


@pytest.fixture(scope="session")
def tea() -> Made:
    return Made(tea_house())
