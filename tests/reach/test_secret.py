"""A secret comes from the environment or a file, and is in no error."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from titian.errors import InputError
from titian.reach.secret import Secret


def test_it_is_read_from_a_variable(tmp_path: Path) -> None:
    assert Secret(variable="TITIAN_X").read({"TITIAN_X": "s3cret"}, tmp_path) == "s3cret"


def test_it_is_read_from_a_file_without_the_end_of_its_line(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret\n")
    assert Secret(file=Path("secret")).read({}, tmp_path) == "s3cret"
    assert Secret(file=tmp_path / "secret").read({}, Path("/nowhere")) == "s3cret"


@pytest.mark.parametrize("place", [{"variable": "TITIAN_X"}, {"file": "none"}], ids=str)
def test_where_there_is_none_is_said(tmp_path: Path, place: dict[str, str]) -> None:
    with pytest.raises(InputError) as told:
        Secret.model_validate(place).read({"TITIAN_X": ""}, tmp_path)
    assert next(iter(place.values())) in told.value.message


@pytest.mark.parametrize(
    "given", ["hunter2", {}, {"variable": "X", "file": "y"}, {"variable": "a b"}, {"value": "hunter2"}], ids=str
)
def test_a_secret_itself_is_refused_and_not_repeated(given: object) -> None:
    with pytest.raises(ValidationError) as told:
        Secret.model_validate(given)
    assert "hunter2" not in str(told.value)
