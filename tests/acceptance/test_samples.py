"""Real customers, every one of them, against the oracle; the figures are the data's published ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import titian as tt
from tests.acceptance.product import dataset, differences, layers
from tests.oracle.matrix import rfm
from tests.oracle.score import score_layers
from tests.oracle.shop import Shop
from tests.oracle.value_levels import ValueLevels
from titian.samples import ONLINE_RETAIL

DAYS = [date(1997, 4, 1), date(1998, 7, 1)]
INVOICE_DAYS = [date(2011, 6, 1), date(2011, 12, 10)]


@pytest.fixture(scope="module")
def cdnow_data(cdnow_sample: Shop) -> tt.Dataset:
    return dataset(cdnow_sample)


@pytest.fixture(scope="module")
def invoice_data() -> tt.Dataset:
    columns = {"orders": ONLINE_RETAIL.mapping.columns}
    return tt.Dataset(orders=ONLINE_RETAIL.path, mapping=columns, timezone=ONLINE_RETAIL.timezone, currency="GBP")


def test_the_oracle_reads_the_published_figures(cdnow_master: Shop, cdnow_sample: Shop, invoices: Shop) -> None:
    bought = [
        (len({o.customer_id for o in s.orders}), sum(o.amount for o in s.orders)) for s in (cdnow_master, cdnow_sample)
    ]
    assert bought == [(23570, Decimal("2500315.63")), (2357, Decimal("244091.94"))]
    net = sum(-o.amount if o.status == "refund" else o.amount for o in invoices.orders)
    assert (len(invoices.orders), round(net, 2)) == (25900, Decimal("9747747.93"))


@pytest.mark.parametrize("as_of", DAYS, ids=str)
def test_cdnow_layers(cdnow_data: tt.Dataset, cdnow_sample: Shop, as_of: date) -> None:
    at = cdnow_sample.instant(as_of)
    assert differences(layers(tt.RFM().assign(cdnow_data, as_of=as_of)), rfm().assign(cdnow_sample, at)) == {}
    found = layers(tt.RFMScore().assign(cdnow_data, as_of=as_of))
    assert differences(found, score_layers(cdnow_sample, at)) == {}
    found = layers(tt.ValueLevels().assign(cdnow_data, as_of=as_of))
    assert differences(found, ValueLevels().assign(cdnow_sample, at)) == {}


@pytest.mark.parametrize("as_of", INVOICE_DAYS, ids=str)
def test_invoice_layers(invoice_data: tt.Dataset, invoices: Shop, as_of: date) -> None:
    at = invoices.instant(as_of)
    got = tt.RFM(monetary="mean", frequency="q0.8").assign(invoice_data, as_of=as_of)
    assert differences(layers(got), rfm(monetary="mean", frequency="q0.8").assign(invoices, at)) == {}
    found = layers(tt.ValueLevels().assign(invoice_data, as_of=as_of))
    assert differences(found, ValueLevels().assign(invoices, at)) == {}


@pytest.mark.full
def test_every_cdnow_customer(cdnow_master: Shop) -> None:
    at = cdnow_master.instant(DAYS[-1])
    data = dataset(cdnow_master)
    assert differences(layers(tt.RFM().assign(data, as_of=at)), rfm().assign(cdnow_master, at)) == {}
    assert differences(layers(tt.RFMScore().assign(data, as_of=at)), score_layers(cdnow_master, at)) == {}
