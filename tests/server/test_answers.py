"""What comes over HTTP is what the oracle says of the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest
from fastapi.testclient import TestClient

from tests.acceptance.product import close, differences
from tests.answers.book import DAYS, RANKED, START, layers_of, moved
from tests.app import bazaar
from tests.oracle.facts import all_traits
from tests.oracle.flows import flow
from tests.oracle.gaps import gaps
from tests.oracle.matrix import rfm
from tests.oracle.score import scores
from tests.server.conftest import client_of
from titian.app.desk import Desk

API = "/api/v1"


@pytest.fixture(scope="module")
def client(bazaar_desk: Desk) -> Iterator[TestClient]:
    """Calls the bazaar's server."""
    with client_of(Desk(bazaar_desk.workspace)) as opened:
        yield opened


def listed(client: TestClient, **asked: object) -> list[dict]:  # type: ignore[type-arg]
    return client.get(f"{API}/customers", params={"limit": 500, **asked}).json()["rows"]


@pytest.mark.parametrize("key", list(RANKED))
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_everyone_is_listed_in_the_oracles_layer(client: TestClient, key: str, day: date) -> None:
    found = {row["customer_id"]: row["layer"] for row in listed(client, layering=key, as_of=day)}
    assert differences(found, layers_of(key, day, day)) == {}


@pytest.mark.parametrize("key", list(RANKED))
def test_a_page_counts_the_oracles_customers_in_every_layer(client: TestClient, key: str) -> None:
    page = client.get(f"{API}/layerings/{key}").json()
    counted = Counter(layers_of(key, bazaar.END, bazaar.END).values())
    assert {layer["layer"]["key"]: layer["customers"] for layer in page["layers"]} == {
        name: counted[name] for name in (*RANKED[key], "none")
    }


@pytest.mark.parametrize("key", list(RANKED))
def test_the_list_of_layerings_counts_as_their_pages_do(client: TestClient, key: str) -> None:
    (summary,) = (s for s in client.get(f"{API}/layerings").json() if s["key"] == key)
    counted = Counter(layers_of(key, bazaar.END, bazaar.END).values())
    assert summary["customers"] == [counted[layer["key"]] for layer in summary["layers"]]


def test_traits_in_the_list_are_the_oracles(client: TestClient) -> None:
    expected = all_traits(bazaar.SHOP, bazaar.midnight(bazaar.END))
    names = ["recency_days", "average_order_value", "typical_gap_days", "tenure_days", "refund_share"]
    rows = [row for row in listed(client) if row["customer_id"] in expected]
    wrong = [
        (row["customer_id"], name, row["traits"][name])
        for row in rows
        for name in names
        if not close(row["traits"][name], getattr(expected[row["customer_id"]], name))
    ]
    assert len(rows) == len(expected)
    assert wrong == []


@pytest.mark.parametrize("key", list(RANKED))
def test_flows_are_the_oracles(client: TestClient, key: str) -> None:
    found = client.get(f"{API}/layerings/{key}/flows", params={"start": START, "end": bazaar.END}).json()
    expected = moved(key, START, bazaar.END)
    assert {(m["source"], m["target"]): m["customers"] for m in found["moves"]} == expected.matrix
    assert [found[way] for way in ("stayed", "up", "down", "across")] == [
        expected.stayed, expected.up, expected.down, expected.across,
    ]  # fmt: skip
    assert (found["entered"], found["left"]) == (expected.entered, expected.left)


def test_a_refit_says_how_many_only_the_cut_moved(client: TestClient) -> None:
    asked = {"start": START, "end": bazaar.END, "refit": True}
    found = client.get(f"{API}/layerings/rfm/flows", params=asked).json()
    before, between = layers_of("rfm", START, START), layers_of("rfm", bazaar.END, START)
    after = layers_of("rfm", bazaar.END, bazaar.END)
    assert found["by_cut"] == sum(between[who] != after[who] for who in before)
    expected = flow(before, after, RANKED["rfm"])
    assert (found["up"], found["down"]) == (expected.up, expected.down)


def test_came_and_went_are_counted_under_the_cuts_of_the_day(client: TestClient) -> None:
    page = client.get(f"{API}/layerings/rfm", params={"compare": START}).json()
    then, now = layers_of("rfm", START, bazaar.END), layers_of("rfm", bazaar.END, bazaar.END)
    for layer in page["layers"]:
        key = layer["layer"]["key"]
        assert layer["came"] == sum(now[who] == key != then.get(who) for who in now)
        assert layer["went"] == sum(then[who] == key != now[who] for who in then)


@pytest.mark.parametrize("layer", ["important_value", "general_retain", "none"])
def test_who_came_from_a_layer_is_listed(client: TestClient, layer: str) -> None:
    then = layers_of("rfm", START, bazaar.END)
    found = {row["customer_id"] for row in listed(client, from_layer=layer, compare=START)}
    assert found == {who for who, was in then.items() if was == layer}


@pytest.mark.parametrize(
    "parameters",
    [{"monetary": "mean"}, {"recency": 30, "frequency": 2}, {"window_days": None}, {"window_days": 60}],
    ids=str,
)
def test_an_impact_is_the_oracles(client: TestClient, parameters: dict[str, object]) -> None:
    found = client.post(f"{API}/layerings/rfm/impact", json={"parameters": parameters}).json()
    at = bazaar.midnight(bazaar.END)
    changed = bazaar.with_onlookers(rfm(**parameters).assign(bazaar.SHOP, at))  # type: ignore[arg-type]
    expected = flow(layers_of("rfm", bazaar.END, bazaar.END), changed, RANKED["rfm"])
    assert {(m["source"], m["target"]): m["customers"] for m in found["moves"]} == expected.matrix
    assert (found["up"], found["down"], found["across"]) == (expected.up, expected.down, expected.across)
    assert found["after"] == Counter(changed.values())


@pytest.mark.parametrize("who", ["b00", "b10", "b18", "b28"])
def test_a_portrait_says_the_oracles_layers_scores_and_gaps(client: TestClient, who: str) -> None:
    found = {place["layering"]: place for place in client.get(f"{API}/customers/{who}").json()["layers"]}
    at = bazaar.midnight(bazaar.END)
    model, rows = rfm(), rfm().rows(bazaar.SHOP, at)
    expected = gaps(model, rows[who], model.fit(rows))
    assert all(close(gap["gap"], expected.gaps[gap["trait"]["key"]]) for gap in found["rfm"]["gaps"])
    assert all(close(gap["share"], expected.shares[gap["trait"]["key"]]) for gap in found["rfm"]["gaps"])
    assert found["rfm"]["lacking"] == expected.lacking
    assert found["rfm_score"]["layer"]["key"] == scores(bazaar.SHOP, at)[who].layer


@pytest.mark.parametrize("trait", ["spend", "order_count", "recency_days", "refund_share"])
def test_a_percentile_is_the_share_of_buyers_below_ties_counted_half(client: TestClient, trait: str) -> None:
    marks = {mark["trait"]["key"]: mark for mark in client.get(f"{API}/customers/b10").json()["traits"]}
    everyone = all_traits(bazaar.SHOP, bazaar.midnight(bazaar.END))
    values = [v for t in everyone.values() if t.bought and (v := getattr(t, trait)) is not None]
    mine = getattr(everyone["b10"], trait)
    share = Fraction(2 * sum(v < mine for v in values) + sum(v == mine for v in values), 2 * len(values))
    assert close(marks[trait]["percentile"], share)


@pytest.mark.parametrize(
    ("asked", "keeps"),
    [
        ({"min": "order_count:5"}, lambda t: t.order_count >= 5),
        ({"max": "recency_days:40"}, lambda t: t.recency_days is not None and t.recency_days <= 40),
        ({"min": "tenure_days:200", "max": "active_days:6"}, lambda t: (t.tenure_days or 0) >= 200 and t.active_days <= 6),
        ({"min": ["refund_share:0.1", "order_count:3"]}, lambda t: (t.refund_share or 0) >= Fraction("0.1") and t.order_count >= 3),
    ],
    ids=["min", "max", "both", "two of a kind"],
)  # fmt: skip
def test_bounds_select_whom_the_oracle_selects(client: TestClient, asked: dict[str, object], keeps) -> None:
    everyone = all_traits(bazaar.SHOP, bazaar.midnight(bazaar.END))
    found = {row["customer_id"] for row in listed(client, layering="matrix", **asked)}
    assert found == {who for who, traits in everyone.items() if keeps(traits)} != set()


def test_the_workspace_counts_everyone_in_every_table(client: TestClient) -> None:
    info = client.get(f"{API}/workspace").json()
    rows = {table["name"]: table["rows"] for table in info["tables"]}
    assert {name: count for name, count in rows.items() if count} == {
        "orders": len(bazaar.ORDERS), "order_items": len(bazaar.ITEMS), "events": len(bazaar.EVENTS), "customers": len(bazaar.PEOPLE),
    }  # fmt: skip
    assert info["customers"] == len(bazaar.everyone())
    nobody = [o for o in bazaar.ORDERS if o.customer_id is None]
    sign = {"paid": 1, "refund": -1}
    net = sum(o.amount * sign.get(o.status, 0) - (o.refunded_amount or 0) * (o.status == "paid") for o in nobody)
    assert info["orders_without_customer"] == len(nobody)
    assert info["money_without_customer"] == pytest.approx(float(net))


def test_money_of_the_overview_is_that_of_the_last_thirty_days(client: TestClient) -> None:
    at = bazaar.midnight(bazaar.END)
    cards = {card["key"]: card for card in client.get(f"{API}/overview").json()["cards"]}
    spent = sum(traits.spend for traits in all_traits(bazaar.SHOP, at, 30).values())
    earlier = sum(t.spend for t in all_traits(bazaar.SHOP, bazaar.SHOP.days_before(at, 30), 30).values())
    money, change = (figure["value"] for figure in cards["money"]["figures"])
    assert (money, change) == pytest.approx((float(spent), float((spent - earlier) / earlier)))
