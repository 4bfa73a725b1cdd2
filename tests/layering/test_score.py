"""RFMScore: bins, weights and grades."""

from __future__ import annotations

import pytest

import titian as tt
from tests.shops import shop, spread
from titian.errors import InputError

DAY = "2024-06-01"


def scored(definition: tt.RFMScore, data: tt.Dataset) -> dict[str, dict[str, object]]:
    return definition.assign(data, as_of=DAY).to_pandas().set_index("customer_id").sort_index().to_dict("index")


def test_five_spread_customers_score_one_to_five() -> None:
    data = shop(*((f"c{n}", f"2024-05-{n * 5:02}", n) for n in range(1, 6)))
    got = scored(tt.RFMScore(), data)
    assert [(row["r_score"], row["f_score"], row["m_score"]) for row in got.values()] == [
        (n, 1, n) for n in range(1, 6)
    ]


def test_ties_share_a_bin() -> None:
    got = scored(tt.RFMScore(), shop(*((f"c{n}", "2024-05-01", 7) for n in range(6))))
    assert {(row["r_score"], row["m_score"], row["layer"]) for row in got.values()} == {(1, 1, "s1")}


def test_half_a_point_rounds_up() -> None:
    weights = {"recency_weight": 0.5, "frequency_weight": 0.0, "monetary_weight": 0.5}
    bounds = {"recency_bounds": (40, 30, 20, 10), "monetary_bounds": (10, 20, 30, 40)}
    got = scored(tt.RFMScore(**weights, **bounds), shop(("a", "2024-05-20", 25)))
    assert (got["a"]["r_score"], got["a"]["m_score"], got["a"]["total"], got["a"]["layer"]) == (4, 3, 3.5, "s4")


def test_thirds_are_exact() -> None:
    got = scored(tt.RFMScore(), spread())
    assert all(row["total"] == (row["r_score"] + row["f_score"] + row["m_score"]) / 3 for row in got.values())


def test_who_never_bought_has_no_score() -> None:
    got = scored(tt.RFMScore(), shop(("a", "2024-05-01", 1), ("b", "2024-05-01", 1), status=["paid", "unpaid"]))
    assert got["b"]["layer"] == "none"
    assert got["b"]["total"] != got["b"]["total"]


@pytest.mark.parametrize(
    "parameters",
    [{"recency_weight": 0.9}, {"monetary_bounds": (4, 3, 2, 1)}, {"recency_weight": -1, "monetary_weight": 1.666667}],
    ids=["weights that do not sum to 1", "bounds from best to worst", "a negative weight"],
)
def test_wrong_parameters_are_refused(parameters: dict[str, object]) -> None:
    with pytest.raises(InputError):
        tt.RFMScore(**parameters)


def test_each_reason_says_its_points() -> None:
    got = tt.RFMScore().assign(spread(), as_of=DAY)
    assert all("5 分" in reason.sentence.zh for reason in got.explain("c03"))


def test_a_reason_is_high_from_four_points_on_whichever_end_is_good() -> None:
    got = tt.RFMScore().assign(spread(), as_of=DAY)
    high = {1: False, 2: False, 3: None, 4: True, 5: True}
    for row in got.to_pandas().to_dict("records"):
        scores = [row["r_score"], row["f_score"], row["m_score"]]
        assert [reason.high for reason in got.explain(row["customer_id"])] == [high[score] for score in scores]


def test_the_bound_of_a_reason_gives_the_next_point() -> None:
    got = tt.RFMScore(recency_bounds=(40, 30, 20, 10)).assign(shop(("a", "2024-05-07", 1)), as_of=DAY)
    assert (got.explain("a")[0].value, got.explain("a")[0].cut) == (25, 20)
