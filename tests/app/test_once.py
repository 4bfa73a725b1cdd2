"""A write that is sent again under its key is answered, not done again."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from titian.app.once import Once
from titian.app.permitted import permitted
from titian.domain.permission import MAY
from titian.errors import ConflictError, InputError


def test_the_same_key_is_worked_once_and_no_key_each_time() -> None:
    once, done = Once(), Counter[str]()

    def work(name: str) -> int:
        done[name] += 1
        return done[name]

    assert [once.answer("k", "a", lambda: work("keyed")) for _ in range(3)] == [1, 1, 1]
    assert [once.answer(None, "a", lambda: work("bare")) for _ in range(3)] == [1, 2, 3]


def test_many_at_once_under_one_key_are_worked_once() -> None:
    once, done = Once(), Counter[str]()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: once.answer("k", "a", lambda: done.update("x")), range(40)))
    assert done["x"] == 1


def test_a_key_stands_for_one_call() -> None:
    once = Once()
    once.answer("k", ("remove", "a"), lambda: None)
    with pytest.raises(ConflictError, match="another call"):
        once.answer("k", ("remove", "b"), lambda: None)


def test_what_was_refused_may_be_tried_again() -> None:
    once = Once()

    def refuse() -> int:
        raise InputError("no", "try again", zh="否", hint_zh="再试")

    with pytest.raises(InputError):
        once.answer("k", "a", refuse)
    assert once.answer("k", "a", lambda: 1) == 1


def test_the_oldest_keys_are_forgotten() -> None:
    once = Once(most=2)
    for key in "abc":
        once.answer(key, "x", lambda: 1)
    assert [once.answer(key, "x", lambda: 2) for key in "ca"] == [1, 2]


def test_whoever_may_less_by_now_is_not_given_what_they_were_told_before() -> None:
    once = Once()
    assert once.answer("k", "a", lambda: "whole") == "whole"
    before = permitted.set(MAY["analyst"])
    assert once.answer("k", "a", lambda: "masked") == "masked"
    permitted.reset(before)
    assert once.answer("k", "a", lambda: "anew") == "whole"
