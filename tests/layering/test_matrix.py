"""Matrix: any traits, and the presets."""

from __future__ import annotations

import pytest

import titian as tt
from tests.shops import by_customer, orders, shop, spread
from titian.errors import InputError

DAY = "2024-06-01"


def test_keys_join_high_and_low_in_rank_order() -> None:
    got = tt.Matrix(dimensions=["order_count", "spend"]).assign(spread(), as_of=DAY)
    assert list(got.counts()["layer"]) == ["high_high", "high_low", "low_high", "low_low", "none"]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_n_dimensions_make_two_to_the_n_layers(count: int) -> None:
    names = ["spend", "recency_days", "order_count", "tenure_days", "active_days"][:count]
    got = tt.Matrix(dimensions=names).assign(spread(), as_of=DAY)
    assert len(got.fitted.layers) == 2**count + 1
    assert got.counts()["customers"].sum() == 12


@pytest.mark.parametrize("dimensions", [[], ["spend"] * 6, ["spend", "spend"]], ids=["none", "six", "one twice"])
def test_one_to_five_different_dimensions(dimensions: list[str]) -> None:
    with pytest.raises(InputError):
        tt.Matrix(dimensions=dimensions)


def test_the_same_trait_over_two_windows() -> None:
    dimensions = [tt.MatrixDimension(trait="spend", window_days=days, cut=20) for days in (30, 365)]
    got = tt.Matrix(dimensions=dimensions).assign(shop(("a", "2024-01-01", 50)), as_of=DAY)
    assert list(got.to_pandas().columns) == ["customer_id", "layer", "spend_30d", "spend_365d"]
    assert by_customer(got.to_pandas(), "layer") == {"a": "low_high"}


def test_a_direction_can_be_turned() -> None:
    newest_first = tt.MatrixDimension(trait="tenure_days", cut=100, better="low")
    got = tt.Matrix(dimensions=[newest_first]).assign(shop(("a", "2024-05-01", 1)), as_of=DAY)
    assert by_customer(got.to_pandas(), "layer") == {"a": "high"}


def test_layers_can_be_named() -> None:
    names = {"high": tt.Words(zh="大客户", en="big")}
    got = tt.Matrix(dimensions=["spend"], names=names).assign(spread(), as_of=DAY)
    assert got.counts()["name_zh"][0] == "大客户"


def test_names_for_layers_that_do_not_exist_are_refused() -> None:
    with pytest.raises(InputError, match="high, low"):
        tt.Matrix(dimensions=["spend"], names={"middle": tt.Words(zh="中", en="middle")})


def test_rfm_is_the_matrix_of_its_three_traits() -> None:
    data = spread()
    rfm = by_customer(tt.RFM(window_days=None).assign(data, as_of=DAY).to_pandas(), "layer")
    matrix = tt.Matrix(dimensions=["spend", "recency_days", "order_count"]).assign(data, as_of=DAY)
    pairs = {(rfm[who], layer) for who, layer in by_customer(matrix.to_pandas(), "layer").items()}
    assert len(pairs) == len({left for left, _ in pairs}) == len({right for _, right in pairs})


@pytest.mark.parametrize("key", [key for key, preset in tt.PRESETS.items() if isinstance(preset, tt.Matrix)])
def test_presets_read_events(key: str) -> None:
    happened = ["watch", "tip", "comment", "liked", "login", "post"]
    events = orders(*((who, "2024-05-01", 3) for who in "ab" for _ in happened)).drop(columns="status")
    events = events.rename(columns={"order_id": "event_id", "ordered_at": "occurred_at", "amount": "value"})
    data = tt.Dataset(events=events.assign(event=happened * 2, duration_s=60.0))
    counts = tt.PRESETS[key].assign(data, as_of=DAY).counts()
    assert counts.set_index("layer")["customers"]["none"] == 0


def test_a_missing_table_is_said() -> None:
    with pytest.raises(tt.TitianError, match="events"):
        tt.PRESETS["website"].assign(spread(), as_of=DAY)


def test_a_quantile_that_is_one_of_the_values_is_exactly_that_value() -> None:
    data = shop(*((f"c{number}", "2024-05-01", number) for number in range(101)))
    got = tt.Matrix(dimensions=[tt.MatrixDimension(trait="spend", cut="q0.29")]).assign(data, as_of=DAY)
    assert got.fitted.cuts[0].value == 29
    assert by_customer(got.to_pandas(), "layer")["c29"] == "low"


def test_who_did_one_of_two_events_is_ranked() -> None:
    events = orders(("a", "2024-05-01", 1), ("b", "2024-05-01", 1)).drop(columns=["status", "amount"])
    events = events.rename(columns={"order_id": "event_id", "ordered_at": "occurred_at"})
    data = tt.Dataset(events=events.assign(event=["login", "browse"]))
    got = tt.Matrix(dimensions=["login_count", "post_count"]).assign(data, as_of=DAY)
    assert by_customer(got.to_pandas(), "layer") == {"a": "low_low", "b": "none"}
