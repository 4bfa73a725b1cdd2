"""Every row of the Tea House fits the others and the span."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples.tea.made import SHARES, Made, grouped
from titian.testing import tea_house
from titian.warehouse.tables import TABLES

KEYS = {
    "customers": "customer_id",
    "customer_changes": "change_id",
    "orders": "order_id",
    "order_items": "item_id",
    "events": "event_id",
    "links": "link_id",
    "invites": "invite_id",
    "costs": "cost_id",
    "answers": "answer_id",
    "identities": "identity_id",
}
POINTS_AT = [
    ("customer_changes", "customer_id", "customers"),
    ("orders", "customer_id", "customers"),
    ("order_items", "order_id", "orders"),
    ("events", "customer_id", "customers"),
    ("links", "from_id", "customers"),
    ("links", "to_id", "customers"),
    ("invites", "inviter_id", "customers"),
    ("invites", "invitee_id", "customers"),
    ("answers", "customer_id", "customers"),
    ("identities", "customer_id", "customers"),
]
REASONABLE = {
    "customers": (2_000, 2_000),
    "orders": (25_000, 40_000),
    "order_items": (35_000, 60_000),
    "events": (200_000, 400_000),
    "links": (3_000, 8_000),
    "invites": (400, 1_500),
    "costs": (3_000, 6_000),
    "customer_changes": (100, 400),
    "answers": (2_000, 5_000),
    "identities": (1_500, 3_000),
}


def instants(rows: list[dict[str, object]]) -> list[datetime]:
    return [value for row in rows for value in row.values() if isinstance(value, datetime)]


@pytest.mark.parametrize("table", KEYS)
def test_keys_are_unique_and_there(tea: Made, table):
    keys = [row[KEYS[table]] for row in tea.rows[table]]
    assert None not in keys
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(("table", "column", "at"), POINTS_AT)
def test_every_reference_leads_somewhere(tea: Made, table, column, at):
    there = {row[KEYS[at]] for row in tea.rows[at]}
    assert {row[column] for row in tea.rows[table]} - {None} <= there


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_the_canonical_ones(tea: Made, table):
    canonical = [column.name for column in TABLES[table].columns if column.name != "recorded_at"]
    assert list(tea.rows[table][0]) == canonical


@pytest.mark.parametrize("table", REASONABLE)
def test_there_are_about_as_many_rows_as_a_shop_has(tea: Made, table):
    low, high = REASONABLE[table]
    assert low <= len(tea.rows[table]) <= high


@pytest.mark.parametrize("kind", SHARES)
def test_every_type_is_there_at_its_share(tea: Made, kind):
    share = SHARES[kind] / 1_000
    spread = (2_000 * share * (1 - share)) ** 0.5
    assert len(tea.of(kind)) > 0
    assert abs(len(tea.of(kind)) - 2_000 * share) <= 4 * spread


def test_the_shares_make_a_whole():
    assert sum(SHARES.values()) == 1_000


@settings(max_examples=5, deadline=None)
@given(
    seed=st.integers(0, 10**9),
    days=st.integers(400, 800),
    start=st.dates(datetime(2021, 1, 1).date(), datetime(2026, 1, 1).date()),
    timezone=st.sampled_from(["Asia/Shanghai", "UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]),
)
def test_everything_happens_within_the_span(seed, days, start, timezone):
    house = tea_house(30, seed, start, days, timezone)
    midnight = datetime.combine(start, datetime.min.time())
    first, end = (at.replace(tzinfo=ZoneInfo(timezone)) for at in (midnight, midnight + timedelta(days=days)))
    for name, relation in house.tables.items():
        found = instants(relation.to_arrow_table().to_pylist())
        assert all(first <= at < end for at in found), name


def test_nobody_acts_before_being_seen(tea: Made):
    seen = {customer: row["first_seen_at"] for customer, row in tea.customers.items()}
    assert all(row["occurred_at"] >= seen[row["customer_id"]] for row in tea.rows["events"])


def test_nobody_buys_before_registering(tea: Made):
    registered = {customer: row["registered_at"] for customer, row in tea.customers.items()}
    assert all(row["ordered_at"] > registered[row["customer_id"]] for row in tea.rows["orders"])


def test_an_order_costs_what_its_items_cost_less_the_discount(tea: Made):
    for order in tea.rows["orders"]:
        lines = sum(float(item["unit_price"]) * item["quantity"] for item in tea.items[order["order_id"]])
        assert float(order["amount"] + order["discount"]) == pytest.approx(lines)


def test_refunds_are_of_paid_orders_later_and_no_more_than_paid(tea: Made):
    refunds = [order for order in tea.rows["orders"] if order["refunded_amount"]]
    assert refunds
    assert all(r["status"] == "paid" and r["refunded_at"] > r["ordered_at"] for r in refunds)
    assert all(r["refunded_amount"] <= r["amount"] for r in refunds)


def test_some_orders_are_unpaid_and_some_cancelled(tea: Made):
    statuses = Counter(order["status"] for order in tea.rows["orders"])
    assert set(statuses) == {"paid", "unpaid", "cancelled"}
    assert statuses["paid"] > 0.9 * statuses.total()


def test_each_paid_order_is_a_purchase_among_the_events(tea: Made):
    bought = Counter(
        (row["customer_id"], row["occurred_at"]) for row in tea.rows["events"] if row["event"] == "purchase"
    )
    paid = Counter((o["customer_id"], o["ordered_at"]) for o in tea.rows["orders"] if o["status"] == "paid")
    assert bought == paid


def test_sessions_belong_to_one_customer_and_last_less_than_an_hour(tea: Made):
    for session, rows in grouped(tea.rows["events"], "session_id").items():
        times = [row["occurred_at"] for row in rows]
        assert session
        assert len({row["customer_id"] for row in rows}) == 1
        assert max(times) - min(times) < timedelta(hours=1)


def test_points_are_never_spent_before_they_are_claimed(tea: Made):
    signs = {"claim_points": 1, "spend_points": -1}
    for rows in tea.events.values():
        balance = 0.0
        for row in sorted(rows, key=lambda row: row["occurred_at"]):
            balance += signs.get(row["event"], 0) * (row["value"] or 0)
            assert balance >= 0


def test_links_are_of_others_and_each_is_followed_once(tea: Made):
    links = tea.rows["links"]
    follows = [(row["from_id"], row["to_id"]) for row in links if row["kind"] == "follow"]
    assert all(row["from_id"] != row["to_id"] for row in links)
    assert len(set(follows)) == len(follows)
    assert {row["kind"] for row in links} == {"follow", "reply", "like", "share"}


def test_each_invited_customer_has_the_invite_that_brought_them(tea: Made):
    invites = {(row["inviter_id"], row["invitee_id"]): row for row in tea.rows["invites"]}
    invited = {customer: row["inviter_id"] for customer, row in tea.truth.items() if row["inviter_id"]}
    assert len(invited) > 200
    for customer, inviter in invited.items():
        invite = invites[inviter, customer]
        assert tea.customers[inviter]["registered_at"] < invite["invited_at"] < invite["joined_at"]
        assert invite["joined_at"] == tea.customers[customer]["registered_at"]


def test_a_few_invite_themselves_or_each_other(tea: Made):
    pairs = {(row["inviter_id"], row["invitee_id"]) for row in tea.rows["invites"] if row["invitee_id"]}
    odd = {pair for pair in pairs if pair[::-1] in pairs}
    assert any(a == b for a, b in odd)
    assert any(a != b for a, b in odd)
    assert len(odd) < 0.03 * len(pairs)
    assert all(tea.truth[a]["invites_in_circle"] for a, _ in odd)
