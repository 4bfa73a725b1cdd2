"""Tables of experiments, made: one like Hillstrom's of 2008, with effects that are planted, and small ones by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd

ARMS = ("none", "mens", "womens")
VISITS = {"none": 0.106, "mens": 0.183, "womens": 0.151}
"""The share of customers who come to the shop, by arm: as in the e-mail test of 64,000 customers."""
BUYERS = 0.08
CHANNELS = ("Multichannel", "Phone", "Web")


def hillstrom(customers: int = 12_000, seed: int = 2008, *, planted: bool = True) -> pd.DataFrame:
    """A row per customer: segment (the arm), channel (the layer), history (known before), visit, conversion, spend, orders.

    Who spent more before comes more and spends more; what is planted is in VISITS alone, nothing without `planted`.
    """
    chance = np.random.default_rng(seed)
    history = chance.lognormal(5, 1, customers)
    segment = chance.choice(ARMS, customers)
    shares = np.array([VISITS[arm] for arm in segment]) if planted else np.full(customers, VISITS["none"])
    visit = chance.random(customers) < shares * (0.7 + 0.3 * history / history.mean())
    conversion = visit & (chance.random(customers) < BUYERS)
    orders = conversion * (1 + chance.poisson(0.4, customers))
    return pd.DataFrame(
        {
            "customer_id": np.arange(customers).astype(str),
            "segment": segment,
            "channel": chance.choice(CHANNELS, customers),
            "history": history.round(2),
            "visit": visit.astype(int),
            "conversion": conversion.astype(int),
            "orders": orders,
            "spend": (orders * (20 + 0.1 * history) * chance.lognormal(1, 0.4, customers)).round(2),
        }
    )


def two_arms(control: list[float], touched: list[float], **more: list[object]) -> pd.DataFrame:
    """A table of the column x in the arms no and yes; more columns hold those of the control first."""
    arm = ["no"] * len(control) + ["yes"] * len(touched)
    return pd.DataFrame({"arm": arm, "x": [*control, *touched], **more})
