"""Small shops with their data in sight, for the tests of traits and layerings."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

import titian as tt

Line = tuple[str | None, str, float]


def orders(*lines: Line, **columns: Sequence[object]) -> pd.DataFrame:
    """Orders of (customer, time, amount), paid unless `status` says otherwise; further columns by name."""
    frame = pd.DataFrame(lines, columns=["customer_id", "ordered_at", "amount"]).astype({"amount": float})
    frame["ordered_at"] = pd.to_datetime(frame["ordered_at"], format="ISO8601")
    frame.insert(0, "order_id", [f"o{number}" for number in range(len(frame))])
    return frame.assign(status="paid").assign(**columns)


def shop(*lines: Line, timezone: str = "UTC", **columns: Sequence[object]) -> tt.Dataset:
    """A dataset of such orders."""
    return tt.Dataset(orders=orders(*lines, **columns), timezone=timezone)


def spread(count: int = 12) -> tt.Dataset:
    """`count` customers c00, c01 …: the later ones bought more often, for more and more recently."""
    lines = [
        (f"c{who:02}", f"2024-{month:02}-{28 - (count - who) % 20:02}", 10.0 * (who + 1))
        for who in range(count)
        for month in range(1, 2 + who % 5)
    ]
    return shop(*lines)


def community() -> tt.Dataset:
    """The orders of `spread` with what its customers did, when they registered, and whom they invited."""
    whos = [f"c{who:02}" for who in range(12)]
    doings = ["register", "view", "cart", "purchase", "share", "view"]
    events = pd.DataFrame(
        [
            (f"e{who}{n}", f"c{who:02}", event, f"2024-0{1 + n}-1{who % 9}", 30.0 * n)
            for who in range(12)
            for n, event in enumerate(doings[: 1 + who % 6])
        ],
        columns=["event_id", "customer_id", "event", "occurred_at", "duration_s"],
    ).astype({"occurred_at": "datetime64[us]"})
    people = pd.DataFrame({"customer_id": whos, "registered_at": pd.Timestamp("2024-01-02")})
    invites = pd.DataFrame(
        {
            "invite_id": ["i1", "i2"],
            "inviter_id": ["c01", "c02"],
            "invitee_id": ["c03", None],
            "invited_at": pd.Timestamp("2024-02-01"),
            "joined_at": [pd.Timestamp("2024-02-09"), pd.NaT],
        }
    )
    orders = spread().table("orders").to_pyarrow()
    return tt.Dataset(orders=orders, events=events, customers=people, invites=invites, timezone="UTC")


def by_customer(frame: pd.DataFrame, column: str) -> dict[str, object]:
    """One column of a result by customer."""
    return dict(zip(frame["customer_id"], frame[column], strict=True))
