"""Who are CDNOW's customers after eighteen months, and who moved in the last quarter?"""

import titian as tt
from titian.samples import CDNOW

data = tt.Dataset(
    orders=CDNOW.path, mapping={"orders": CDNOW.mapping}, timezone=CDNOW.timezone, currency=CDNOW.currency
)
rfm = tt.RFM(window_days=None)

layers = rfm.assign(data, as_of="1998-07-01")
print(layers.counts())

moves = tt.flows(rfm, data, start="1998-04-01", end="1998-07-01")
print(f"stayed {moves.stayed}, up {moves.up}, down {moves.down}")
