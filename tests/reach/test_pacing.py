"""Waits grow and are drawn, buckets fill at their rate, and a circuit lets one message try."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from titian.reach.pacing import Backoff, Bucket, Circuit


class Half(Random):
    """Draws the middle."""

    def random(self) -> float:
        return 0.5


@pytest.mark.parametrize(("tries", "seconds"), [(1, 7.5), (2, 22.5), (3, 67.5), (9, 16_200), (10_000, 16_200)])
def test_waits_grow_up_to_the_longest(tries: int, seconds: float) -> None:
    assert Backoff().seconds(tries, Half()) == pytest.approx(seconds)


@given(tries=st.integers(1, 100), seed=st.integers())
def test_waits_lie_between_half_and_the_whole(tries: int, seed: int) -> None:
    whole = min(10 * 3 ** (tries - 1), 6 * 3600)
    assert whole / 2 <= Backoff().seconds(tries, Random(seed)) <= whole


def test_the_waits_of_all_tries_are_more_than_a_day() -> None:
    backoff = Backoff()
    assert sum(backoff.seconds(tries, Half()) for tries in range(1, backoff.tries)) > 20 * 3600


def test_a_bucket_fills_at_its_rate_and_holds_a_second_of_it() -> None:
    bucket = Bucket(10)
    assert bucket.there(0) == 10
    bucket.take(10, 0)
    assert (bucket.there(0), bucket.there(0.5), bucket.there(100)) == (0, 5, 10)


def test_what_is_taken_too_much_is_owed() -> None:
    bucket = Bucket(10)
    bucket.take(25, 0)
    assert bucket.wait_seconds(0) == pytest.approx(1.6)
    assert bucket.wait_seconds(1.6) == 0


def test_a_slow_bucket_still_holds_one() -> None:
    bucket = Bucket(0.1)
    bucket.take(1, 0)
    assert bucket.wait_seconds(0) == pytest.approx(10)
    assert bucket.there(100) == 1


def test_a_bucket_without_a_rate_always_has_enough() -> None:
    bucket = Bucket(None)
    bucket.take(10**9, 0)
    assert (bucket.there(0), bucket.wait_seconds(0)) == (float("inf"), 0)


def test_a_bucket_takes_another_rate() -> None:
    bucket = Bucket(10)
    bucket.change(5, 0)
    assert bucket.there(100) == 5


@given(st.lists(st.tuples(st.floats(0, 5), st.integers(0, 30)), max_size=40))
def test_no_more_is_sent_than_the_rate_and_one_burst_allow(steps: list[tuple[float, int]]) -> None:
    bucket, at, taken = Bucket(10), 0.0, 0
    for passed, wanted in steps:
        at += passed
        got = int(min(wanted, bucket.there(at)))
        bucket.take(got, at)
        taken += got
    assert taken <= 10 + 10 * at + 1e-6


WAITS = Backoff(first_seconds=10, factor=2, longest_seconds=60)


def failing(circuit: Circuit, times: int, at: float = 0) -> None:
    for _ in range(times):
        circuit.failed(at)


def test_a_circuit_opens_after_failures_in_a_row() -> None:
    circuit = Circuit(WAITS, Half(), failures=3)
    failing(circuit, 2)
    circuit.succeeded()
    failing(circuit, 2)
    assert (circuit.wait_seconds(0), circuit.half_open) == (0, False)
    failing(circuit, 1)
    assert (circuit.wait_seconds(0), circuit.wait_seconds(7.5), circuit.half_open) == (7.5, 0, True)


def test_an_open_circuit_waits_longer_each_time_and_closes_when_one_got_through() -> None:
    circuit = Circuit(WAITS, Half(), failures=1)
    at, waits = 0.0, []
    for _ in range(5):
        circuit.failed(at)
        waits.append(circuit.wait_seconds(at))
        at += waits[-1]
    assert waits == [7.5, 15, 30, 45, 45]
    circuit.succeeded()
    assert (circuit.half_open, circuit.wait_seconds(at)) == (False, 0)


def test_what_was_on_its_way_when_it_opened_says_nothing_new() -> None:
    circuit = Circuit(WAITS, Half(), failures=1)
    failing(circuit, 20)
    assert circuit.wait_seconds(0) == 7.5


def test_how_long_the_other_side_asks_to_wait_is_honoured() -> None:
    circuit = Circuit(WAITS, Half())
    circuit.failed(0, after_seconds=120)
    circuit.failed(1, after_seconds=5)
    assert (circuit.wait_seconds(1), circuit.half_open) == (119, True)
