"""What may be shown to whom, and what may be asked by whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from titian.app import masking
from titian.app.answers.imports import ImportRun
from titian.app.masking import masked
from titian.app.permitted import may, need, permitted
from titian.domain.permission import MAY
from titian.domain.words import Words
from titian.errors import ForbiddenError
from titian.traits.catalogue import trait

NOW = datetime(2026, 1, 2, tzinfo=UTC)


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


def test_an_import_is_told_without_the_digest_of_its_file(viewer: None) -> None:
    """By which whoever knows all but one birthday of it could try them all."""
    run = ImportRun(
        id="1", batch_id="00000012-0123456789ab", file_name="born.csv", table="customers", state="done", stage=None,
        rows_done=1, rows_total=1, rows_per_second=None, started_at=NOW, finished_at=NOW, result=None, error=None, mend=None,
    )  # fmt: skip
    assert masking.run_shown(run).batch_id == "00000012"
    assert masking.run_shown(run.model_copy(update={"batch_id": None})).batch_id is None


@pytest.mark.parametrize("traits", [["spend"], ["spend_90d", "city"], []], ids=str)
def test_a_layering_of_other_traits_is_shown(viewer: None, traits: list[str]) -> None:
    assert not masking.personal([trait(name) for name in traits])
    assert masking.personal([*(trait(name) for name in traits), trait("age_years")])


def test_what_is_masked_is_called_by_either_name() -> None:
    error = masked("tags/born", Words(zh="出生", en=""))
    assert (error.message, error.zh) == (
        "the tag 出生 rests on personal data, which you may not see",
        "没有权限查看标签“出生”：它依据个人信息",
    )
    assert (error.code, error.details["masked"]) == ("masked", "tags/born")
