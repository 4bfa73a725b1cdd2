"""What is exported can be read again: by spreadsheets without running anything, by programs to the last digit."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app import oddities
from tests.app.oddities import ODD, Odd
from tests.cli.calling import here
from tests.warehouse.shop import put, rows
from titian.app import exporting
from titian.app.customers import CustomerQuery
from titian.app.desk import Desk, Reading
from titian.domain.mapping import Mapping
from titian.domain.spreadsheet import neutral
from titian.warehouse.lake import Lake

NAMES = ("all.csv", "all.xlsx", "all.parquet")
every_odd_id = pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd.customer_id)


@pytest.fixture(scope="module")
def odd_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(oddities.made(tmp_path_factory.mktemp("odd") / "shop")) as desk:
        yield desk


@pytest.fixture(scope="module")
def exported(odd_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the list in every format."""
    folder = tmp_path_factory.mktemp("exported 导出")
    with odd_desk.reading() as reading:
        for name in NAMES:
            exporting.write(reading, CustomerQuery(), folder / name)
    return folder


def in_csv(folder: Path) -> dict[str, dict[str, str]]:
    text = (folder / "all.csv").read_bytes().decode("utf-8-sig")
    return {row["customer_id"]: row for row in csv.DictReader(io.StringIO(text))}


def in_excel(folder: Path) -> tuple[list[str], dict[str, tuple[object, ...]]]:
    sheet = openpyxl.load_workbook(folder / "all.xlsx").active
    assert sheet is not None
    headings, *lines = sheet.iter_rows()
    return [str(cell.value) for cell in headings], {str(line[0].value): line for line in lines}


@every_odd_id
def test_in_csv_an_id_is_whole_and_runs_nothing(exported: Path, odd: Odd) -> None:
    assert in_csv(exported)[odd.neutral]["customer_id"] == odd.neutral


@every_odd_id
def test_in_excel_an_id_is_a_text_and_no_formula(exported: Path, odd: Odd) -> None:
    cell = in_excel(exported)[1][odd.neutral][0]
    assert (cell.value, cell.data_type) == (odd.neutral, "s")  # type: ignore[attr-defined]


@every_odd_id
def test_in_parquet_an_id_is_as_it_was_loaded(exported: Path, odd: Odd) -> None:
    assert odd.customer_id in pq.read_table(exported / "all.parquet")["customer_id"].to_pylist()


@every_odd_id
def test_money_is_the_same_to_the_last_digit_in_every_format(exported: Path, odd: Odd) -> None:
    headings, lines = in_excel(exported)
    cell = lines[odd.neutral][headings.index("spend_365d")]
    table = pq.read_table(exported / "all.parquet")
    spends = dict(zip(table["customer_id"].to_pylist(), table["spend_365d"].to_pylist(), strict=True))
    assert Decimal(in_csv(exported)[odd.neutral]["spend_365d"]) == odd.spend
    assert Decimal(repr(cell.value)) == odd.spend  # type: ignore[attr-defined]
    assert cell.data_type == "n"  # type: ignore[attr-defined]
    assert Decimal(str(spends[odd.customer_id])) == odd.spend


@every_odd_id
def test_the_time_of_an_order_is_the_same_instant_in_csv_and_parquet(exported: Path, odd: Odd) -> None:
    at = oddities.FIRST + timedelta(days=ODD.index(odd))
    shown = datetime.fromisoformat(in_csv(exported)[odd.neutral]["last_order_at"])
    table = pq.read_table(exported / "all.parquet")
    times = dict(zip(table["customer_id"].to_pylist(), table["last_order_at"].to_pylist(), strict=True))
    assert shown.replace(tzinfo=None) == at
    assert shown == times[odd.customer_id]


def test_every_format_has_the_same_columns_and_everyone_once(exported: Path) -> None:
    headings, *lines = csv.reader(io.StringIO((exported / "all.csv").read_bytes().decode("utf-8-sig")))
    assert [line[0] for line in lines] == [odd.neutral for odd in sorted(ODD, key=lambda odd: odd.customer_id)]
    assert in_excel(exported)[0] == headings
    assert pq.read_table(exported / "all.parquet").column_names == [n for n in headings if not n.startswith("layer_")]


def test_layers_are_named_in_both_languages(exported: Path) -> None:
    for row in in_csv(exported).values():
        assert row["layer_zh"] != row["layer_en"]
        assert any("\u4e00" <= letter <= "\u9fff" for letter in row["layer_zh"])


@pytest.mark.parametrize("name", NAMES)
def test_an_export_loads_again_as_customers(exported: Path, tmp_path: Path, name: str) -> None:
    people = Mapping(table="customers", columns={"customer_id": "customer_id", "city": "layer"})
    with Lake.open(tmp_path / "shop") as lake:
        report = put(lake, exported / name, people)
        found = {who for (who,) in rows(lake, "customers", "customer_id")}
    kept = {odd.customer_id if name.endswith("parquet") else odd.neutral for odd in ODD}
    assert (report.rejected, report.added) == (0, len(ODD))
    assert found == kept


def test_pandas_reads_every_format_to_the_same_frame(exported: Path) -> None:
    read = {
        "csv": pd.read_csv(exported / "all.csv", dtype={"customer_id": str}, keep_default_na=False, na_values=[""]),
        "xlsx": pd.read_excel(exported / "all.xlsx", dtype={"customer_id": str}, keep_default_na=False, na_values=[""]),
    }
    numbers = ["spend_365d", "order_count_365d", "recency_days", "tenure_days"]
    left, right = (frame.set_index("customer_id")[numbers].astype(float) for frame in read.values())
    pd.testing.assert_frame_equal(left, right)


@pytest.mark.parametrize("name", NAMES)
def test_the_command_line_writes_the_same_file(
    capsys: pytest.CaptureFixture[str], odd_desk: Desk, exported: Path, tmp_path: Path, name: str
) -> None:
    called = here(capsys, "layers", "rfm", "--out", tmp_path / name, "--json", "-w", odd_desk.workspace.path)
    assert called.code == 0
    if name.endswith("csv"):
        assert (tmp_path / name).read_bytes() == (exported / name).read_bytes()
    if name.endswith("parquet"):
        assert pq.read_table(tmp_path / name).equals(pq.read_table(exported / name))


def test_a_file_that_is_there_already_is_replaced_whole(odd_desk: Desk, exported: Path, tmp_path: Path) -> None:
    (tmp_path / "all.csv").write_text("old\n" * 10_000)
    with odd_desk.reading() as reading:
        exporting.write(reading, CustomerQuery(), tmp_path / "all.csv")
    assert (tmp_path / "all.csv").read_bytes() == (exported / "all.csv").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["all.csv"]


def test_an_export_that_breaks_off_leaves_no_file(
    odd_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_reading: Reading, _selected: object) -> Iterator[bytes]:
        yield b"customer_id"
        raise RuntimeError("the power went")

    monkeypatch.setattr(exporting, "_csv", broken)
    with odd_desk.reading() as reading, pytest.raises(RuntimeError, match="power"):
        exporting.write(reading, CustomerQuery(), tmp_path / "all.csv")
    assert list(tmp_path.iterdir()) == []


DANGEROUS = "=+-@\t\r"


@given(st.text(max_size=20))
def test_no_text_begins_like_a_formula_unless_it_is_a_number(text: str) -> None:
    shown = neutral(text)
    assert isinstance(shown, str)
    assert shown.removeprefix("'") == text or shown == text
    if shown[:1] in tuple(DANGEROUS):
        assert float(shown) == float(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_no_number_is_touched_also_as_text(number: Decimal) -> None:
    assert neutral(f"{number:f}") == f"{number:f}"
    assert neutral(float(number)) == float(number)
