"""RFM: eight layers, and the edges of them."""

from __future__ import annotations

import pandas as pd
import pytest

import titian as tt
from tests.shops import by_customer, orders, shop, spread
from titian.errors import InputError, TitianError, UnknownNameError

DAY = "2024-06-01"


def layers(data: tt.Dataset, definition: tt.RFM | None = None) -> dict[str, object]:
    return by_customer((definition or tt.RFM()).assign(data, as_of=DAY).to_pandas(), "layer")


@pytest.mark.parametrize(
    ("bought", "layer"),
    [
        ([("2024-05-30", 50), ("2024-05-31", 60)], "important_value"),
        ([("2024-05-31", 110)], "important_develop"),
        ([("2024-01-30", 50), ("2024-01-31", 60)], "important_keep"),
        ([("2024-01-31", 110)], "important_retain"),
        ([("2024-05-30", 1), ("2024-05-31", 1)], "general_value"),
        ([("2024-05-31", 1)], "general_develop"),
        ([("2024-01-30", 1), ("2024-01-31", 1)], "general_keep"),
        ([("2024-01-31", 1)], "general_retain"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_eight_layers(bought: list[tuple[str, float]], layer: str) -> None:
    data = shop(*(("a", day, amount) for day, amount in bought))
    assert layers(data, tt.RFM(recency=30, frequency=2, monetary=100)) == {"a": layer}


def test_everyone_is_in_exactly_one_layer() -> None:
    got = tt.RFM().assign(spread(), as_of=DAY).to_pandas()
    assert got["customer_id"].is_unique
    assert set(got["layer"]) <= {layer.key for layer in tt.RFM().assign(spread(), as_of=DAY).fitted.layers}


def test_who_never_bought_is_in_none_and_outside_the_fit() -> None:
    data = shop(("a", "2024-05-01", 10), ("b", "2024-05-01", 99), status=["paid", "unpaid"])
    got = tt.RFM().assign(data, as_of=DAY)
    assert by_customer(got.to_pandas(), "layer")["b"] == "none"
    assert got.fitted.customers == 1


def test_counts_are_in_rank_order_and_sum_to_everyone() -> None:
    counts = tt.RFM().assign(spread(), as_of=DAY).counts()
    assert list(counts["layer"])[:2] == ["important_value", "important_develop"]
    assert (counts["customers"].sum(), round(counts["share"].sum(), 9)) == (12, 1)


def test_columns_are_the_traits_by_name() -> None:
    got = tt.RFM(window_days=30).assign(spread(), as_of=DAY).to_pandas()
    assert list(got.columns) == ["customer_id", "layer", "recency_days", "order_count", "spend"]


def test_all_equal_values_make_everyone_low_and_say_so() -> None:
    got = tt.RFM(monetary="mean").assign(shop(*((who, "2024-05-01", 0.1) for who in "abc")), as_of=DAY)
    assert set(got.to_pandas()["layer"]) == {"general_retain"}
    assert {"all_equal:spend", "all_equal:recency_days", "few_customers"} <= {note.code for note in got.notes}


def test_a_trade_of_one_time_buyers_is_noted() -> None:
    data = shop(*((f"c{who}", f"2024-05-{who:02}", who) for who in range(1, 29)))
    assert "bought_once" in {note.code for note in tt.RFM().assign(data, as_of=DAY).notes}


def test_nobody_gives_an_empty_result_with_a_note() -> None:
    got = tt.RFM().assign(orders(), as_of=DAY)
    assert (len(got.to_pandas()), list(got.counts()["share"].unique())) == (0, [0.0])
    assert [note.code for note in got.notes] == ["nobody"]


def test_one_customer_is_low_on_every_statistic() -> None:
    assert layers(shop(("a", "2024-05-01", 5))) == {"a": "general_retain"}


def test_a_fit_can_be_reused() -> None:
    early = tt.RFM().assign(spread(), as_of="2024-03-01")
    late = tt.RFM().assign(spread(), as_of=DAY, fitted=early.fitted)
    assert late.fitted == early.fitted


def test_a_fit_survives_json() -> None:
    fitted = tt.RFM().assign(spread(), as_of=DAY).fitted
    assert tt.Fitted.model_validate_json(fitted.model_dump_json()) == fitted


def test_reasons_name_trait_value_cut_and_distance() -> None:
    got = tt.RFM(recency=30, frequency=2, monetary=100).assign(shop(("a", "2024-05-20", 40)), as_of=DAY)
    recency, frequency, money = got.explain("a")
    assert (recency.trait, recency.value, recency.cut, recency.distance, recency.high) == (
        "recency_days",
        12,
        30,
        18,
        True,
    )
    assert (frequency.distance, money.distance, money.high) == (-1, -60, False)
    assert "优于设定值 30 天" in recency.sentence.zh


def test_the_query_is_readable_and_gives_the_same() -> None:
    data = spread()
    got = tt.RFM().assign(data, as_of=DAY)
    again = data.engine.connection.execute(got.sql()).df()
    pd.testing.assert_frame_equal(
        again.sort_values("customer_id", ignore_index=True),
        got.to_pandas().to_pandas().sort_values("customer_id", ignore_index=True),
        check_dtype=False,
    )


@pytest.mark.parametrize(
    ("parameters", "said"),
    [({"recensy": 3}, "recensy"), ({"recency": "q2"}, "q0.8"), ({"window_days": 0}, "window_days")],
    ids=["unknown parameter", "no cut", "no window"],
)
def test_wrong_parameters_are_named_with_the_valid_ones(parameters: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        tt.RFM(**parameters)
    assert "monetary" in caught.value.hint


def test_an_unknown_layer_lists_the_valid_ones() -> None:
    with pytest.raises(UnknownNameError) as caught:
        tt.RFM().assign(spread(), as_of=DAY).gap("vip")
    assert "important_value" in caught.value.hint


def test_an_unknown_customer_is_said() -> None:
    with pytest.raises(TitianError, match="'nobody'"):
        tt.RFM().assign(spread(), as_of=DAY).explain("nobody")


def test_a_value_equal_to_the_mean_is_low() -> None:
    data = shop(("a", "2024-05-01", 0.1), ("b", "2024-05-01", 0.2), ("c", "2024-05-01", 0.3))
    got = tt.RFM(monetary="mean").assign(data, as_of=DAY)
    assert got.fitted.cut("monetary").value == 0.2
    assert by_customer(got.to_pandas(), "layer")["b"] == "general_retain"
