"""Exported files hold the same customers and numbers as the list, whatever the data look like."""

import csv
import io
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from tests.app import bazaar
from tests.oracle.facts import all_traits
from titian.app import customers, exporting
from titian.app.answers.customers import CustomerRow
from titian.app.customers import CustomerQuery
from titian.app.desk import Reading
from titian.app.xlsx import write_xlsx

ASKED = CustomerQuery(layering="matrix")


def listed(reading: Reading, asked: CustomerQuery = ASKED) -> dict[str, CustomerRow]:
    return {row.customer_id: row for row in customers.page(reading, asked, None, 500).rows}


def exported(reading: Reading, kind: str, asked: CustomerQuery = ASKED) -> bytes:
    return b"".join(exporting.export(reading, asked, kind).chunks)


def lines(reading: Reading, asked: CustomerQuery = ASKED) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported(reading, "csv", asked).decode("utf-8-sig"))))


def test_a_csv_says_of_everyone_what_the_list_says(market_day: Reading) -> None:
    rows = listed(market_day)
    for line in lines(market_day):
        row = rows.pop(line["customer_id"])
        assert line["layer"] == row.layer
        said = {name: line[name] for name in row.traits}
        assert said == {name: "" if value is None else str(value) for name, value in row.traits.items()}
    assert rows == {}


def test_numbers_of_a_csv_are_those_of_the_oracle(market_day: Reading) -> None:
    expected = all_traits(bazaar.SHOP, bazaar.midnight(bazaar.END))
    for line in lines(market_day):
        if line["customer_id"] in expected:
            assert float(line["spend"]) == pytest.approx(float(expected[line["customer_id"]].spend))
            assert int(float(line["order_count"])) == expected[line["customer_id"]].order_count


def test_times_of_a_csv_are_the_shops_with_their_offset(market_day: Reading) -> None:
    expected = all_traits(bazaar.SHOP, bazaar.midnight(bazaar.END))
    for line in lines(market_day):
        if line["last_order_at"]:
            at = datetime.fromisoformat(line["last_order_at"])
            assert at == expected[line["customer_id"]].last_order_at
            assert at.utcoffset() is not None


def test_a_sheet_holds_numbers_as_numbers(market_day: Reading) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(exported(market_day, "xlsx"))).active
    assert sheet is not None
    headings, *rows = sheet.iter_rows(values_only=True)
    shown = listed(market_day)
    place = {name: headings.index(name) for name in ("customer_id", "spend", "order_count")}
    for row in rows:
        traits = shown[str(row[place["customer_id"]])].traits
        assert (row[place["spend"]], row[place["order_count"]]) == (traits["spend"], traits["order_count"])


def test_parquet_keeps_types_and_instants(market_day: Reading, tmp_path: Path) -> None:
    exporting.write(market_day, ASKED, tmp_path / "all.parquet")
    table = pq.read_table(tmp_path / "all.parquet")
    assert set(table["customer_id"].to_pylist()) == bazaar.everyone()
    expected = all_traits(bazaar.SHOP, bazaar.midnight(bazaar.END))
    at = dict(zip(table["customer_id"].to_pylist(), table["last_order_at"].to_pylist(), strict=True))
    assert {who: at[who] for who in expected} == {who: traits.last_order_at for who, traits in expected.items()}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_the_name_of_a_file_says_layering_and_day(market_day: Reading, kind: str) -> None:
    assert exporting.export(market_day, ASKED, kind).name == f"matrix-{bazaar.END}.{kind}"


def test_a_filter_of_the_list_is_one_of_the_file(market_day: Reading) -> None:
    asked = CustomerQuery(layers=("none",), text="b", minimum={"order_count": 0})
    assert {line["customer_id"] for line in lines(market_day, asked)} == set(listed(market_day, asked)) != set()


def test_layers_are_named_in_both_languages(market_day: Reading) -> None:
    named = {(line["layer"], line["layer_zh"], line["layer_en"]) for line in lines(market_day, CustomerQuery())}
    assert ("important_value", "重要价值客户", "Champions") in named
    assert ("none", "未购", "none") in named


def test_a_file_that_fails_half_way_leaves_the_earlier_one(
    market_day: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "all.csv"
    path.write_text("earlier")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "_lines", full)
    with pytest.raises(Exception, match="No space left"):
        exporting.write(market_day, ASKED, path)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("all.csv", "earlier")]


@pytest.mark.parametrize(
    "cell",
    ["", " lead and trail ", "a\nb", "'quoted'", "]]>", "&amp;", "😀", "0012", "=1+1", 0, -1.5, 10**15, 0.1, None],
    ids=repr,
)
def test_a_cell_comes_back_from_excel_as_it_went_in(tmp_path: Path, cell: exporting.Cell) -> None:
    write_xlsx(tmp_path / "a.xlsx", ["h"], [[cell]])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert sheet["A2"].value == cell
    assert sheet["A2"].data_type != "f"


def test_a_sheet_of_headings_alone_opens(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", ["一", "two"], [])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == ["一", "two"]
    assert sheet.freeze_panes == "A2"
    assert zipfile.ZipFile(tmp_path / "a.xlsx").testzip() is None
