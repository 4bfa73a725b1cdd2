"""A DuckDB of its own: bounded, and beside others that spill at the same time."""

from __future__ import annotations

from pathlib import Path

import pytest

import titian as tt
from titian.errors import InputError
from titian.warehouse.alone import alone

CROWDED = """
SELECT count(*), count(DISTINCT name), min(right(name, 1)), max(right(name, 1))
FROM (SELECT i::VARCHAR || 'of {name}' AS name FROM range(3000000) many(i) ORDER BY hash(i) LIMIT 2999999)
"""


def spill_of(limit: str) -> tuple[str, Path]:
    with alone(limit) as connection:
        found = connection.execute(
            "SELECT current_setting('memory_limit'), current_setting('temp_directory')"
        ).fetchone()
    assert found
    return found[0], Path(found[1])


def test_it_keeps_what_was_asked_or_less_where_the_machine_has_less() -> None:
    assert spill_of("512MiB")[0] == "512.0 MiB"
    assert spill_of("1000TB")[0] != "909.4 TiB"


@pytest.mark.parametrize("limit", ["", "lots", "4", "-1GB", "4GB; DROP TABLE orders"])
def test_what_is_no_amount_of_memory_is_refused(limit: str) -> None:
    with pytest.raises(InputError, match="no amount of memory") as refused:
        tt.Dataset(memory_limit=limit)
    assert refused.value.hint


def test_two_that_spill_have_a_folder_each_which_goes_with_them() -> None:
    with alone("150MB", threads="1") as one, alone("150MB", threads="1") as other:
        places = [con.execute("SELECT current_setting('temp_directory')").fetchone() for con in (one, other)]
        answers = [con.execute(CROWDED.format(name=name)).fetchone() for name, con in (("x", one), ("y", other))]
        assert places[0] != places[1]
        assert all(Path(str(place and place[0])).exists() for place in places), "neither had room for all of it"
    assert answers == [(2_999_999, 2_999_999, "x", "x"), (2_999_999, 2_999_999, "y", "y")]
    assert not any(Path(str(place and place[0])).exists() for place in places)
