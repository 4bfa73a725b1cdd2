"""What does each customer of Online Retail lack to be core? One list for each thing to work on."""

import titian as tt
from titian.samples import ONLINE_RETAIL as SHOP

data = tt.Dataset(orders=SHOP.path, mapping={"orders": SHOP.mapping}, timezone=SHOP.timezone, currency=SHOP.currency)
gaps = tt.RFM().assign(data, as_of="2011-12-10").gap(target="important_value")

for trait, customers in gaps.groupby("lacking"):
    nearest = customers.nsmallest(5, f"{trait}_gap")
    print(f"\n{len(customers):,} customers lack {trait}; nearest to it:")
    print(nearest[["customer_id", f"{trait}_gap"]].to_string(index=False))
