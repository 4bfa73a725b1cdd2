"""The catalogue of samples: where each file is, what its columns mean, where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from titian.domain.mapping import FixedColumn, Mapping
from titian.domain.words import Words
from titian.errors import UnknownNameError

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Sample:
    """One data set: a file that `titian load` reads with `mapping`, in a shop of this zone and currency."""

    key: str
    words: Words
    file_name: str
    mapping: Mapping
    timezone: str
    currency: str
    attribution: str
    licence: str
    source: str
    """Where the data were published."""

    @property
    def path(self) -> Path:
        """The file inside the installed package."""
        return _DATA / self.file_name


ONLINE_RETAIL = Sample(
    key="online_retail",
    words=Words(
        zh="英国礼品批发商的发票明细，2010 年 12 月至 2011 年 12 月",
        en="invoice lines of a UK gift wholesaler, December 2010 to December 2011",
    ),
    file_name="online_retail.parquet",
    mapping=Mapping(
        table="orders",
        columns={
            "order_id": "InvoiceNo",
            "customer_id": "CustomerID",
            "ordered_at": "InvoiceDate",
            "product_id": "StockCode",
            "product": "Description",
            "quantity": "Quantity",
            "unit_price": "UnitPrice",
        },
    ),
    timezone="Europe/London",
    currency="GBP",
    attribution="Chen, D. (2015). Online Retail. UCI Machine Learning Repository.",
    licence="CC BY 4.0",
    source="https://doi.org/10.24432/C5BW33",
)

_CDNOW_ATTRIBUTION = "Fader, P. S. and Hardie, B. G. S.: the CDNOW data set."
_CDNOW_SOURCE = "https://www.brucehardie.com/datasets/"
_CDNOW_COLUMNS = {"customer_id": "customer_id", "ordered_at": "date", "amount": "dollars"}

CDNOW = Sample(
    key="cdnow",
    words=Words(
        zh="CDNOW 全部 23,570 位客户的购买记录，1997 年 1 月至 1998 年 6 月",
        en="every purchase of 23,570 CDNOW customers, January 1997 to June 1998",
    ),
    file_name="cdnow_master.txt.gz",
    mapping=Mapping(
        table="orders",
        columns=_CDNOW_COLUMNS,
        date_order="ymd",
        fixed_width=(
            FixedColumn(name="customer_id", start=0, end=6),
            FixedColumn(name="date", start=6, end=15),
            FixedColumn(name="cds", start=15, end=18),
            FixedColumn(name="dollars", start=18),
        ),
        has_header=True,
    ),
    timezone="America/New_York",
    currency="USD",
    attribution=_CDNOW_ATTRIBUTION,
    licence="public research data",
    source=_CDNOW_SOURCE,
)

CDNOW_SAMPLE = Sample(
    key="cdnow_sample",
    words=Words(
        zh="CDNOW 十分之一抽样：2,357 位客户，BTYD 论文所用",
        en="the one-in-ten sample of CDNOW, 2,357 customers, which the BTYD papers use",
    ),
    file_name="cdnow_sample.txt.gz",
    mapping=Mapping(
        table="orders",
        columns=_CDNOW_COLUMNS,
        date_order="ymd",
        fixed_width=(
            FixedColumn(name="customer_id", start=0, end=6),
            FixedColumn(name="sample_id", start=6, end=11),
            FixedColumn(name="date", start=11, end=20),
            FixedColumn(name="cds", start=20, end=23),
            FixedColumn(name="dollars", start=23),
        ),
        has_header=False,
    ),
    timezone="America/New_York",
    currency="USD",
    attribution=_CDNOW_ATTRIBUTION,
    licence="public research data",
    source=_CDNOW_SOURCE,
)

SAMPLES: dict[str, Sample] = {each.key: each for each in (ONLINE_RETAIL, CDNOW, CDNOW_SAMPLE)}


def sample(key: str) -> Sample:
    """The sample called `key`. Raises UnknownNameError with the valid names."""
    if key not in SAMPLES:
        raise UnknownNameError("sample", "样例数据", key, list(SAMPLES))
    return SAMPLES[key]
