"""Keeping computed relations: made once whoever asks, the least recently used goes first, nothing stays for ever."""

from __future__ import annotations

import gc
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from titian.warehouse.keeping import KEPT, Cache, KeptRelation


def kept(cache: Cache, key: int, made: list[int]) -> KeptRelation:
    """Ask for a key, noting when it had to be made."""
    return cache.get(key, lambda _: made.append(key))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, KEPT + 6), max_size=120))
def test_what_is_made_is_what_a_list_of_the_last_used_would_lack(asked: list[int]) -> None:
    cache, made, expected = Cache(), list[int](), list[int]()
    last_used: list[int] = []
    for key in asked:
        kept(cache, key, made)
        expected += [] if key in last_used else [key]
        last_used = [*(other for other in last_used if other != key), key][-KEPT:]
    assert made == expected


def test_many_threads_that_ask_for_the_same_have_it_made_once() -> None:
    cache, made, together = Cache(), list[str](), threading.Barrier(8)

    def ask(_: int) -> KeptRelation:
        together.wait()
        return cache.get("same", made.append)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(8)))
    assert len(made) == 1
    assert {relation.name for relation in found} == set(made)


def test_one_slow_relation_does_not_keep_others_waiting() -> None:
    cache, go, inside = Cache(), threading.Event(), threading.Event()

    def slow(_: str) -> None:
        inside.set()
        assert go.wait(5)

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(cache.get, "slow", slow)
        assert inside.wait(5)
        quick = cache.get("quick", lambda _: None)
        go.set()
        assert waiting.result(5).name != quick.name


def test_threads_that_ask_for_different_things_get_each_its_own() -> None:
    cache, made = Cache(), dict[str, int]()

    def ask(number: int) -> tuple[int, str]:
        key = number % 10
        return key, cache.get(key, lambda name: made.__setitem__(name, key)).name

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(ask, range(200)))
    assert {(made[name], name) for _, name in found} == found
    assert len(made) == 10


def test_what_could_not_be_made_is_tried_again() -> None:
    cache, made = Cache(), list[str]()

    def fail(_: str) -> None:
        raise OSError("full")

    for _ in range(2):
        with pytest.raises(OSError, match="full"):
            cache.get("key", fail)
    assert [cache.get("key", made.append).name] == made


def test_a_thread_that_waited_for_a_failure_makes_it_itself() -> None:
    cache, inside, go, made = Cache(), threading.Event(), threading.Event(), list[str]()

    def fail(_: str) -> None:
        inside.set()
        go.wait(5)
        raise OSError("full")

    with ThreadPoolExecutor(2) as pool:
        failing = pool.submit(cache.get, "key", fail)
        assert inside.wait(5)
        waiting = pool.submit(cache.get, "key", made.append)
        go.set()
        assert isinstance(failing.exception(5), OSError)
        assert [waiting.result(5).name] == made


@pytest.mark.full
def test_a_name_is_forgotten_when_nobody_holds_it_and_not_before() -> None:
    cache, made = Cache(), list[int]()
    held, free = kept(cache, -1, made), kept(cache, -2, made).name
    for key in range(KEPT):
        kept(cache, key, made)
    gc.collect()
    assert cache.forgotten == [free]
    name = held.name
    del held
    gc.collect()
    assert cache.forgotten == [free, name]


def test_two_caches_never_use_the_same_name() -> None:
    names = [kept(cache, key, []).name for cache in (Cache(), Cache()) for key in range(20)]
    assert len(set(names)) == len(names)
