"""No cell is taken for a formula by any spreadsheet, and numbers stay numbers."""

from __future__ import annotations

import pytest

from titian.domain.spreadsheet import Cell, neutral


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("-12.5", "-12.5"),
        ("+8613800000000", "+8613800000000"),
        (-12.5, -12.5),
        (None, None),
        ("茶", "茶"),
    ],
)
def test_cells_that_a_spreadsheet_would_run_are_neutral(given: Cell, kept: Cell) -> None:
    assert neutral(given) == kept


@pytest.mark.parametrize("given", ["\0=1+1", "\n=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(A1)"])
def test_what_some_spreadsheets_run_as_well_is_neutral(given: str) -> None:
    # OWASP ASVS 5.0, 1.2.10 names the null character; the OWASP page on CSV injection line feeds and full-width signs.
    assert neutral(given) == f"'{given}"
