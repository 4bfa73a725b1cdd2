"""RFM is a way of thinking: four layers from order value and rhythm, for a shop where nobody buys often."""

import titian as tt
from titian.samples import ONLINE_RETAIL as SHOP

data = tt.Dataset(orders=SHOP.path, mapping={"orders": SHOP.mapping}, timezone=SHOP.timezone, currency=SHOP.currency)
mine = tt.Matrix(
    dimensions=[
        {"trait": "average_order_value", "cut": "q0.8"},
        {"trait": "recency_days", "cut": 90},
    ]
)
print(mine.assign(data, as_of="2011-12-10").counts().to_string(index=False))
