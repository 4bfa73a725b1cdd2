"""Metrics: how they are said, and what is refused."""

import pytest

from titian.errors import InputError, UnknownNameError
from titian.operate.experiment.metric import columns_of, metrics_of


def test_a_column_is_a_mean():
    (metric,) = metrics_of(["spend"])
    assert (metric.name, metric.columns, metric.outcomes) == ("spend", {"numerator": "spend"}, ["numerator"])


@pytest.mark.parametrize("said", ["spend", ["spend"], ("spend",), {"spend": "spend"}, ["spend", "spend"]])
def test_one_metric_may_be_said_in_many_ways(said):
    assert metrics_of(said) == metrics_of(["spend"])


def test_a_pair_is_a_ratio_and_its_covariate_may_be_one_too():
    (metric,) = metrics_of({"aov": ("spend", "orders")}, {"aov": ("past_spend", "past_orders")})
    assert metric.columns == {
        "numerator": "spend",
        "denominator": "orders",
        "covariate": "past_spend",
        "covariate_denominator": "past_orders",
    }


def test_a_column_that_several_metrics_read_is_read_once():
    metrics = metrics_of({"spend": "spend", "aov": ("spend", "orders")}, {"spend": "history", "aov": "history"})
    assert columns_of(metrics) == ["spend", "history", "orders"]


def test_a_direction_belongs_to_its_metric():
    assert [one.lower_is_better for one in metrics_of(["spend", "complaints"], None, ["complaints"])] == [False, True]


@pytest.mark.parametrize("said", [[], {}, ()])
def test_no_metric_is_refused(said):
    with pytest.raises(InputError, match="no metric"):
        metrics_of(said)


@pytest.mark.parametrize("columns", [("a",), ("a", "b", "c"), ("a", 1), []])
def test_what_is_no_pair_of_columns_is_refused(columns):
    with pytest.raises(InputError, match="neither a column nor a pair"):
        metrics_of({"aov": columns})


def test_a_covariate_or_a_direction_of_no_metric_is_refused():
    with pytest.raises(UnknownNameError, match="'spent' is not known"):
        metrics_of(["spend"], {"spent": "history"})
    with pytest.raises(UnknownNameError, match="'spent' is not known"):
        metrics_of(["spend"], None, ["spent"])
