"""Errors say what and how to mend it, in both languages, and whether trying again can help."""

from __future__ import annotations

import pytest

from titian import errors
from titian.domain.refused import RefusedError
from titian.domain.words import Words
from titian.errors import TitianError, UnknownNameError


def kinds(of: type[TitianError] = TitianError) -> list[type[TitianError]]:
    return [kind for each in of.__subclasses__() for kind in (each, *kinds(each))]


def test_an_error_is_said_in_the_asked_language() -> None:
    error = errors.NotFoundError("gone", "look elsewhere", zh="没有", hint_zh="换个地方", place=3)
    assert error.said("zh") == ("没有", "换个地方")
    assert error.said("en") == ("gone", "look elsewhere")
    assert (str(error), error.details) == ("gone", {"place": 3})


def test_every_kind_below_the_tree_has_a_code_of_its_own() -> None:
    own = [kind.code for kind in kinds() if "code" in vars(kind)]
    assert len(set(own)) == len(own)
    assert all(code.islower() and code.replace("_", "").isalpha() for code in own)


@pytest.mark.parametrize(
    ("kind", "again"), [(errors.BusyError, True), (errors.StorageError, True), (errors.ConflictError, False)]
)
def test_whether_trying_again_helps_is_in_the_type(kind: type[TitianError], again: bool) -> None:
    assert kind.retryable is again
    assert not errors.InputError.retryable


def test_an_unknown_name_lists_what_is_valid() -> None:
    error = UnknownNameError("trait", "指标", "spnd", ["spend", "tenure_days"])
    assert error.hint == "choose one of: spend, tenure_days"
    assert error.zh == "没有名为 'spnd' 的指标"
    assert error.details == {"given": "spnd", "valid": ["spend", "tenure_days"]}


def test_where_nothing_is_valid_that_is_said() -> None:
    error = UnknownNameError("layering", "分层", "x", [])
    assert (error.hint, error.hint_zh) == ("there is no layering yet", "还没有任何分层")


def test_a_refusal_is_a_value_error_with_a_reason_in_chinese() -> None:
    refused = RefusedError(zh="太多", en="too many")
    assert isinstance(refused, ValueError)
    assert (str(refused), refused.reason) == ("too many", Words(zh="太多", en="too many"))


@pytest.mark.parametrize(("language", "said"), [("zh", "茶"), ("en", "tea"), ("de", "tea"), ("", "tea")])
def test_words_are_chinese_for_chinese_and_else_english(language: str, said: str) -> None:
    assert Words(zh="茶", en="tea").said(language) == said


def test_words_are_filled_in_in_both_languages() -> None:
    assert Words(zh="{n} 位", en="{n} of them").format(n=3) == Words(zh="3 位", en="3 of them")
