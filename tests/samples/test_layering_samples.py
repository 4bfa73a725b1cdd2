"""The samples go straight from their files into layers."""

import pytest

import titian as tt
from titian.samples import SAMPLES


@pytest.mark.parametrize(
    ("key", "customers", "as_of"),
    [("cdnow_sample", 2_357, "1998-07-01"), ("online_retail", 4_372, "2011-12-10")],
)
def test_every_customer_of_a_sample_is_in_a_layer(key, customers, as_of):
    sample = SAMPLES[key]
    data = tt.Dataset(
        orders=sample.path, mapping={"orders": sample.mapping}, timezone=sample.timezone, currency=sample.currency
    )
    assert tt.RFM().assign(data, as_of=as_of).counts()["customers"].sum() == customers
