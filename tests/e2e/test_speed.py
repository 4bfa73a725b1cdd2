"""How fast the console is there; recorded, for a shared machine is no place to assert times."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.e2e

INTERACTIVE = "performance.getEntriesByType('navigation')[0].domInteractive"


def test_the_overview_is_soon_there(
    online_retail: str, open_page: OpenPage, record_property: Callable[[str, object], None]
) -> None:
    open_page(online_retail).close()
    page = open_page(online_retail)
    page.get_by_role("button", name="Champions").wait_for()
    there = page.evaluate("performance.now()")
    record_property("overview_drawn_ms", round(there))
    print(f"overview drawn after {there:.0f} ms, document interactive after {page.evaluate(INTERACTIVE):.0f} ms")


def test_the_first_load_is_light(online_retail: str, open_page: OpenPage) -> None:
    page = open_page(online_retail)
    page.get_by_role("button", name="Champions").wait_for()
    sizes = page.evaluate(
        "performance.getEntriesByType('resource').filter(e => e.name.endsWith('.js')).map(e => e.encodedBodySize)"
    )
    assert sum(sizes) < 2_000_000
