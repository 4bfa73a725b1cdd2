"""The behaviour that is planted shows in the rows: each type is what its name says."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from statistics import mean, median

from tests.samples.tea.made import Made

POSTS = ("post", "comment", "answer")


def paid(tea: Made, customer: str) -> list[dict]:
    return [order for order in tea.orders[customer] if order["status"] == "paid"]


def steady(tea: Made, customer: str) -> list[date]:
    """The days of orders that no festival brought."""
    return sorted(
        tea.local(order["ordered_at"]).date()
        for order in tea.orders[customer]
        if int(order["order_id"].rpartition("o")[2]) < 100_000
    )


def gaps(days: list[date]) -> list[int]:
    return [(later - earlier).days for earlier, later in pairwise(days)]


def order_value(tea: Made, customer: str) -> float:
    orders = paid(tea, customer)
    return mean(float(order["amount"]) for order in orders) if orders else 0.0


def test_regulars_come_back_every_two_to_four_weeks(tea: Made):
    for customer in tea.of("regulars"):
        days = steady(tea, customer)
        if len(days) > 8:
            assert abs(mean(gaps(days)) - tea.truth[customer]["order_gap_days"]) < 3
    assert 14 <= median(tea.truth[customer]["order_gap_days"] for customer in tea.of("regulars")) <= 28


def test_the_big_and_rare_spend_ten_times_as_much_an_order_as_the_small_and_frequent(tea: Made):
    big = tea.average(lambda one: order_value(tea, one), "big_and_rare")
    small = tea.average(lambda one: order_value(tea, one), "small_and_frequent")
    assert big > 10 * small


def test_the_small_and_frequent_buy_five_times_as_often_as_the_big_and_rare(tea: Made):
    frequent = tea.average(lambda one: len(tea.orders[one]), "small_and_frequent")
    assert frequent > 5 * tea.average(lambda one: len(tea.orders[one]), "big_and_rare")


def test_newcomers_came_in_the_last_sixty_days(tea: Made):
    since = tea.end - timedelta(days=60)
    assert all(tea.local(tea.customers[one]["first_seen_at"]).date() >= since for one in tea.of("newcomers"))


def test_the_drifting_took_twice_as_long_after_their_turn_and_then_fell_silent(tea: Made):
    before, after = [], []
    for customer in tea.of("drifting"):
        turn, days = tea.truth[customer]["turned_day"], steady(tea, customer)
        before += gaps([day for day in days if day < turn])
        after += gaps([day for day in days if day >= turn])
        assert tea.days_silent(tea.orders[customer], "ordered_at") >= 45
    assert 1.7 < mean(after) / mean(before) < 2.3


def test_the_lost_did_nothing_in_the_last_200_days_and_bought_before(tea: Made):
    for customer in tea.of("lost"):
        assert tea.days_silent(tea.events[customer], "occurred_at") > 200
        assert tea.days_silent(tea.orders[customer], "ordered_at") > 200
        assert tea.truth[customer]["churned_at"] > max(row["occurred_at"] for row in tea.events[customer])


def test_only_the_lost_and_the_one_timers_have_churned(tea: Made):
    churned = {row["type"] for row in tea.truth.values() if row["churned_at"]}
    assert churned == {"lost", "one_timers"}


def test_one_timers_bought_once_and_kept_it(tea: Made):
    for customer in tea.of("one_timers"):
        (order,) = tea.orders[customer]
        assert (order["status"], order["refunded_amount"]) == ("paid", 0)


def test_browsers_look_often_and_never_buy(tea: Made):
    for customer in tea.of("browsers"):
        assert tea.count(customer, "view") >= 5
        assert customer not in tea.orders


def test_passers_by_were_only_seen(tea: Made):
    for customer in tea.of("passers_by"):
        assert {row["event"] for row in tea.events[customer]} <= {"exposure", "view"}
        assert tea.customers[customer]["registered_at"] is None


def test_creators_write_more_than_anyone_but_influencers_and_professionals(tea: Made):
    others = [
        kind for kind in {row["type"] for row in tea.truth.values()} if kind not in ("influencers", "professionals")
    ]
    writing = {kind: tea.average(lambda one: tea.count(one, *POSTS), kind) for kind in others}
    assert max(writing, key=writing.__getitem__) == "creators"
    assert writing["creators"] > 10 * max(value for kind, value in writing.items() if kind != "creators")


def test_influencers_are_followed_most_then_creators_and_others_hardly(tea: Made):
    followers = Counter(row["to_id"] for row in tea.rows["links"] if row["kind"] == "follow")
    by_kind = [tea.average(lambda one: followers[one], kind) for kind in ("influencers", "creators", "regulars")]
    assert by_kind[0] > 2 * by_kind[1] > 10 * by_kind[2]


def test_influencers_bring_most_of_those_invited(tea: Made):
    brought = Counter(row["inviter_id"] for row in tea.truth.values() if row["inviter_id"])
    influencers = sum(brought[one] for one in tea.of("influencers"))
    assert influencers > 0.4 * brought.total()


def test_a_tenth_of_the_followed_have_more_than_a_quarter_of_the_followers(tea: Made):
    followers = sorted(Counter(row["to_id"] for row in tea.rows["links"]).values(), reverse=True)
    assert sum(followers[: len(followers) // 10]) > sum(followers) / 4


def test_bargain_hunters_buy_only_with_discounts_and_send_much_back(tea: Made):
    orders = [order for customer in tea.of("bargain_hunters") for order in tea.orders[customer]]
    others = [order for customer in tea.of("regulars") for order in tea.orders[customer]]
    refunded = [mean(order["refunded_amount"] > 0 for order in group) for group in (orders, others)]
    assert all(order["discount"] > 0 for order in orders)
    assert refunded[0] > 0.25 > 0.08 > refunded[1]


def test_earners_never_claim_hoarders_never_spend_and_the_loyal_do_both(tea: Made):
    for customer in tea.of("earners"):
        assert tea.count(customer, "checkin", "task") >= 10
        assert tea.count(customer, "claim_points", "spend_points") == 0
    for customer in tea.of("hoarders"):
        assert tea.count(customer, "claim_points") > 0 == tea.count(customer, "spend_points")
    loyal = [
        one
        for one, row in tea.truth.items()
        if row["points_layer"] == "loyal" and tea.count(one, "task", "checkin") >= 10
    ]
    assert loyal
    assert all(tea.count(one, "spend_points") > 0 for one in loyal)


def test_the_active_who_earn_little_look_far_more_than_they_do_tasks(tea: Made):
    little = [one for one, row in tea.truth.items() if row["points_layer"] == "active_earning_little"]
    assert len(little) > 100
    assert sum(tea.count(one, "view") for one in little) > 8 * sum(tea.count(one, "task", "checkin") for one in little)


def test_professionals_and_nobody_else_have_a_verified_profession(tea: Made):
    assert {one for one, row in tea.customers.items() if row["profession"]} == set(tea.of("professionals"))
    verified = {row["customer_id"] for row in tea.rows["customer_changes"] if row["attribute"] == "profession"}
    assert verified == set(tea.of("professionals"))


def test_test_accounts_are_known_by_name_and_channel(tea: Made):
    assert all(tea.customers[one]["name"].startswith("测试") for one in tea.of("staff"))
    assert {one for one, row in tea.customers.items() if row["channel"] == "internal"} == set(tea.of("staff"))


def hours(tea: Made, scene: str) -> list:
    opened = [one for one, row in tea.truth.items() if row["scene"] == scene]
    return [tea.local(order["ordered_at"]) for customer in opened for order in tea.orders[customer]]


def test_night_owls_buy_at_night(tea: Made):
    assert mean(at.hour in (22, 23, 0, 1) for at in hours(tea, "night")) > 0.75


def test_weekenders_buy_at_the_weekend_and_others_on_any_day(tea: Made):
    assert mean(at.weekday() >= 5 for at in hours(tea, "weekend")) > 0.75
    assert 0.22 < mean(at.weekday() >= 5 for at in hours(tea, "evening")) < 0.35


def test_most_of_what_is_bought_is_of_the_favourite_category(tea: Made):
    own = [
        item["category"] == tea.truth[order["customer_id"]]["favourite_category"]
        for order in tea.rows["orders"]
        for item in tea.items[order["order_id"]]
    ]
    assert 0.73 < mean(own) < 0.83


def test_festivals_bring_more_orders(tea: Made):
    days = Counter(tea.local(order["ordered_at"]).date() for order in tea.rows["orders"])
    usual = median(days.values())
    for year, month, day in [(2024, 6, 18), (2024, 11, 11), (2025, 11, 11), (2025, 1, 22)]:
        eve = date(year, month, day)
        assert mean(days[eve - timedelta(days=back)] for back in range(3)) > 1.5 * usual


def test_channels_differ_in_who_comes_over_them(tea: Made):
    def buyers(channel: str) -> float:
        return mean(len(tea.orders[one]) > 1 for one, row in tea.customers.items() if row["channel"] == channel)

    assert buyers("wechat") > buyers("douyin") + 0.2


def test_what_a_channel_costs_follows_whom_it_brought(tea: Made):
    arrived = Counter((tea.local(row["first_seen_at"]).date(), row["channel"]) for row in tea.customers.values())
    costs = [row for row in tea.rows["costs"] if row["kind"] == "acquire"]
    assert {(row["day"], row["channel"]) for row in costs} == {key for key in arrived if key[1] != "internal"}
    search = [float(row["amount"]) / arrived[row["day"], "search"] for row in costs if row["channel"] == "search"]
    assert 31.4 < min(search) <= max(search) < 38.6


def test_those_who_moved_are_seen_in_the_new_city_after_it(tea: Made):
    moves = [row for row in tea.rows["customer_changes"] if row["change_id"].endswith("-city-1")]
    assert len(moves) > 50
    for move in moves:
        later = [
            e for e in tea.events[move["customer_id"]] if e["product_id"] and e["occurred_at"] >= move["changed_at"]
        ]
        assert tea.customers[move["customer_id"]]["city"] == move["value"]
        assert {event["city"] for event in later} <= {move["value"]}
