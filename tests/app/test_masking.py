"""What may be shown to whom, and what may be asked by whom."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from titian.app import masking
from titian.app.permitted import may, need, permitted
from titian.domain.permission import MAY
from titian.errors import ForbiddenError
from titian.traits.catalogue import trait


@pytest.fixture
def viewer() -> Iterator[None]:
    before = permitted.set(MAY["viewer"])
    yield
    permitted.reset(before)


def test_whoever_has_the_files_may_everything() -> None:
    assert may("people.manage")
    assert masking.sees_personal()
    assert masking.name_shown("慕容雪莲") == "慕容雪莲"


@pytest.mark.parametrize(("name", "shown"), [("慕容雪莲", "慕**"), ("Li", "L**"), ("", "**"), (None, None)])
def test_a_name_keeps_its_first_character(viewer: None, name: str | None, shown: str | None) -> None:
    assert masking.name_shown(name) == shown


def test_a_birthday_keeps_its_year(viewer: None) -> None:
    assert masking.birth_date_shown("1991-10-17") == "1991-**-**"


def test_traits_of_birthdays_are_not_shown(viewer: None) -> None:
    assert [masking.shows(trait(name)) for name in ("birth_date", "age_years", "spend")] == [False, False, True]


@pytest.mark.parametrize(
    ("parameters", "body"),
    [
        ([("sort", "birth_date")], None),
        ([("min", "age_years:30")], None),
        ([], {"rule": {"all": [{"trait": "spend"}, {"not": {"trait": "age_years"}}]}}),
        ([], ["x", ["birth_date"]]),
        ([], {"birth_date": 1}),
        ([], "age_years"),
    ],
    ids=str,
)
def test_a_call_that_names_them_anywhere_is_refused(viewer: None, parameters: list, body: object) -> None:
    with pytest.raises(ForbiddenError, match="personal data"):
        masking.refuse_personal(parameters, body)


@pytest.mark.parametrize(
    ("parameters", "body"), [([("q", "birthday")], {"rule": {"trait": "spend"}}), ([], None), ([], [1, True, None])]
)
def test_others_are_not(viewer: None, parameters: list, body: object) -> None:
    masking.refuse_personal(parameters, body)


def test_a_permission_that_is_missing_is_told_with_who_has_it(viewer: None) -> None:
    need("numbers.read")
    with pytest.raises(ForbiddenError) as refused:
        need("data.load")
    assert refused.value.details == {"permission": "data.load", "roles": ["owner", "admin", "operator"]}
    assert "导入数据" in refused.value.zh
