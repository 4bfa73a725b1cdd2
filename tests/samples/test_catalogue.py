"""The shipped samples are the published data: their control figures, counted from the bytes."""

import gzip
from decimal import Decimal

import duckdb
import pytest

from titian.errors import UnknownNameError
from titian.samples import CDNOW, CDNOW_SAMPLE, ONLINE_RETAIL, SAMPLES, Sample, sample


def fixed_rows(of: Sample) -> list[dict[str, str]]:
    text = gzip.decompress(of.path.read_bytes()).decode("ascii")
    lines = [line for line in text.splitlines() if line.strip()][1 if of.mapping.has_header else 0 :]
    return [{c.name: line[c.start : c.end].strip() for c in of.mapping.fixed_width} for line in lines]


@pytest.mark.parametrize(
    ("of", "rows", "customers", "money"),
    [(CDNOW, 69_659, 23_570, "2500315.63"), (CDNOW_SAMPLE, 6_919, 2_357, "244091.94")],
    ids=["cdnow", "cdnow sample"],
)
def test_cdnow_has_the_published_totals(of, rows, customers, money):
    found = fixed_rows(of)
    assert len(found) == rows
    assert len({row["customer_id"] for row in found}) == customers
    assert sum(Decimal(row["dollars"]) for row in found) == Decimal(money)


def test_online_retail_has_the_published_totals():
    lines = duckdb.read_parquet(str(ONLINE_RETAIL.path))
    wanted = 'count(*), count(distinct "InvoiceNo"), round(sum("Quantity" * "UnitPrice"), 2)'
    assert lines.aggregate(wanted).fetchone() == (541_909, 25_900, 9_747_747.93)


def test_online_retail_maps_columns_that_are_there():
    columns = duckdb.sql(f"select * from '{ONLINE_RETAIL.path}' limit 0").columns
    assert set(ONLINE_RETAIL.mapping.columns.values()) <= set(columns)


@pytest.mark.parametrize("key", list(SAMPLES))
def test_every_sample_names_its_source_and_licence(key):
    assert sample(key).attribution
    assert sample(key).licence
    assert sample(key).source.startswith("https://")


def test_an_unknown_sample_lists_the_known_ones():
    with pytest.raises(UnknownNameError) as raised:
        sample("tea_house")
    assert raised.value.details["valid"] == list(SAMPLES)
