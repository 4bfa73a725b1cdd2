"""A guess gives way to what a person says, and keeps what was not spoken of."""

from pathlib import Path

import pytest

from titian.app.definition import Definition
from titian.app.definitions import Definitions
from titian.app.guesses import guessed
from titian.app.mappings import Mappings
from titian.app.stored import Stored
from titian.domain.mapping import Mapping
from titian.errors import UnknownNameError
from titian.warehouse.sources.batch import Sample
from titian.warehouse.sources.opening import open_source

ROWS = "order_id,customer_id,ordered_at,amount,price\n1,a,2024-01-01,3,5\n2,b,2024-01-02,4,6\n3,c,2024-01-03,4,7\n"


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    path = tmp_path / "a.csv"
    path.write_text(ROWS)
    return open_source(str(path)).columns_and_samples()


def columns(sample: Sample, said: Mapping | None, *, whole: bool = False) -> dict[str, str]:
    return dict(guessed(sample, "orders", [], said, whole=whole).mapping.columns)


def test_a_part_that_was_said_leaves_the_rest_as_guessed(sample: Sample) -> None:
    before = columns(sample, None)
    after = columns(sample, Mapping(columns={"amount": "price"}))
    assert after == before | {"amount": "price"}


def test_a_column_said_for_one_meaning_is_taken_from_the_other(sample: Sample) -> None:
    after = columns(sample, Mapping(columns={"customer_id": "order_id"}))
    assert after["customer_id"] == "order_id"
    assert "order_id" not in after


def test_a_whole_mapping_leaves_nothing_to_guess(sample: Sample) -> None:
    said = {"customer_id": "customer_id", "ordered_at": "ordered_at", "amount": "price"}
    assert columns(sample, Mapping(columns=said), whole=True) == said


def test_what_was_said_is_certain(sample: Sample) -> None:
    found = guessed(sample, "orders", [], Mapping(columns={"amount": "price"}), whole=False)
    (amount,) = (target for target in found.targets if target.name == "amount")
    assert (amount.source, amount.confidence, found.confident) == ("price", 1.0, True)


@pytest.mark.parametrize("said", [{"amount": "prize"}, {"amounts": "price"}], ids=str)
@pytest.mark.parametrize("whole", [True, False])
def test_a_name_that_is_not_there_is_refused_with_those_that_are(
    sample: Sample, said: dict[str, str], whole: bool
) -> None:
    with pytest.raises(UnknownNameError) as refused:
        guessed(sample, "orders", [], Mapping(columns=said), whole=whole)
    assert {"amount", "price"} & set(refused.value.details["valid"])


def test_a_mapping_is_remembered_for_the_same_columns_and_replaced_by_the_next(stored: Stored) -> None:
    mappings = Mappings(Definitions("mappings", stored))
    first = Mapping(columns={"customer_id": "a", "ordered_at": "b", "amount": "c"})
    mappings.remember(first)
    mappings.remember(first.model_copy(update={"date_order": "dmy"}))
    mappings.remember(Mapping(columns={"customer_id": "other"}))
    assert sorted(kept.date_order or "" for kept in mappings.remembered()) == ["", "dmy"]


def test_the_order_in_which_columns_are_said_is_no_difference(stored: Stored) -> None:
    mappings = Mappings(Definitions("mappings", stored))
    mappings.remember(Mapping(columns={"customer_id": "a", "amount": "c"}))
    mappings.remember(Mapping(columns={"amount": "c", "customer_id": "a"}))
    assert len(mappings.remembered()) == 1


def test_what_is_remembered_and_no_mapping_is_passed_over(stored: Stored) -> None:
    definitions = Definitions("mappings", stored)
    definitions.create(Definition(kind="mapping", key="orders_x", parameters={"shoes": 3}))
    Mappings(definitions).remember(Mapping(columns={"customer_id": "a"}))
    assert [dict(kept.columns) for kept in Mappings(definitions).remembered()] == [{"customer_id": "a"}]


def test_everything_that_was_said_is_remembered_once(stored: Stored) -> None:
    said = Mapping(
        table="events", columns={"customer_id": "谁", "event": "做"}, timezone="Asia/Tokyo", decimal_comma=True,
        status_values={"好": "paid"}, has_header=False,
    )  # fmt: skip
    definitions = Definitions("mappings", stored)
    for _ in range(2):
        Mappings(definitions).remember(said)
    assert Mappings(definitions).remembered() == [said]
    assert set(definitions.numbers().values()) == {1}
