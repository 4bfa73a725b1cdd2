"""A second, slow and plain computation of what Titian says, written from the domain's words alone.

Where those words leave a choice, the oracle reads them so:

- A refund of a paid order counts from `refunded_at`, else from the order's own time; fully refunded is more than
  nothing and at least the amount, so an order of zero with no refund is a purchase.
- Who has no counted order is *none* by every layering of orders, also when all they bought went back.
- Who has bought, but not within the window, is ranked: with no orders and the window's spend, which may be negative.
- A statistic over nobody is no cut, and nobody is better than no cut: all are low, nobody is too silent.
- A time taken from the customers' rhythm is a quantile of all their gaps between purchase days, over all history.
- A trait without a value (no typical gap after one purchase day) is low and stays out of its cut.
- A customers row without a date has always been known; so the population only grows and nobody ever leaves.
- Local times that come twice are the earlier; one that never came is what a clock not yet put forward would show.
"""
