"""The page of a layering adds up, and says what it can't tell."""

from datetime import date, datetime, timedelta

import pytest

import titian as tt
from tests.app import market
from titian.app import layerings, spreads
from titian.app.desk import Desk, Reading
from titian.errors import InputError, MissingDataError, UnknownNameError

BEFORE = date(2024, 11, 1)


def test_every_layering_that_orders_are_enough_for_counts_everyone_and_the_rest_say_what_they_miss(
    reading: Reading,
) -> None:
    found = {summary.key: summary for summary in layerings.summaries(reading, None)}
    assert list(found) == [key for key, kind in tt.layerings().items() if kind.ready]
    enough = {key: summary for key, summary in found.items() if summary.missing is None}
    assert {"rfm", "rfm_score", "value_levels", "matrix", "lifecycle", "aipl", "growth"} <= set(enough)
    assert {sum(summary.customers or ()) for summary in enough.values()} == {len(market.customers())}
    assert {summary.customers for key, summary in found.items() if key not in enough} <= {None}


def test_money_is_paid_less_refunds_in_the_window(reading: Reading) -> None:
    page = layerings.now(reading, "rfm", None, None)
    midnight = datetime.combine(market.END, datetime.min.time())
    by_the_book = sum(market.paid_spend(list(market.orders()), midnight, 365).values())
    assert (page.money, page.money_days) == (pytest.approx(by_the_book), 365)
    assert sum(layer.money for layer in page.layers) == pytest.approx(by_the_book)
    assert sum(layer.share for layer in page.layers) == pytest.approx(1)


def test_money_is_of_all_time_where_a_layering_has_no_window_for_it(reading: Reading) -> None:
    page = layerings.now(reading, "lifecycle", None, None)
    midnight = datetime.combine(market.END, datetime.min.time())
    everything = sum(market.paid_spend(list(market.orders()), midnight, 100_000).values())
    assert (page.money, page.money_days) == (pytest.approx(everything), None)


def test_who_came_and_went_accounts_for_the_change_of_every_layer(reading: Reading) -> None:
    page = layerings.now(reading, "rfm", market.END, BEFORE)
    earlier = layerings.now(reading, "rfm", BEFORE, None)
    came, went = (sum(getattr(layer, name) or 0 for layer in page.layers) for name in ("came", "went"))
    assert came - went == page.customers - earlier.customers
    frozen = {cut.field: cut.value for cut in page.cuts}
    then = layerings.now(reading, "rfm", BEFORE, None, frozen)
    was = {layer.layer.key: layer.customers for layer in then.layers}
    assert set(was) == {layer.layer.key for layer in page.layers}


def test_tried_parameters_are_for_that_call_only(reading: Reading) -> None:
    tried = layerings.now(reading, "rfm", None, None, {"recency": 1})
    assert tried.parameters["recency"] == 1
    assert layerings.now(reading, "rfm", None, None).parameters["recency"] == "median"


@pytest.mark.parametrize("day", [date(1899, 1, 1), market.FIRST.date(), date.max])
def test_a_day_without_data_names_the_days_that_have(reading: Reading, day: date) -> None:
    with pytest.raises(InputError) as refused:
        layerings.now(reading, "rfm", day, None)
    assert refused.value.details["first"] == market.FIRST.date()


def test_the_comparison_day_must_be_earlier(reading: Reading) -> None:
    with pytest.raises(InputError, match="must be before"):
        layerings.now(reading, "rfm", market.END, market.END)


def test_a_comparison_before_all_data_is_none(reading: Reading) -> None:
    page = layerings.now(reading, "rfm", market.END, market.FIRST.date() - timedelta(days=5))
    assert (page.period.compare, page.up, page.layers[0].came) == (None, None, None)


def test_an_unknown_layering_lists_those_there_are(reading: Reading) -> None:
    with pytest.raises(UnknownNameError) as refused:
        layerings.now(reading, "rmf", None, None)
    assert "rfm" in refused.value.details["valid"]


def test_without_data_every_layering_says_what_it_needs(empty: Desk) -> None:
    with empty.reading() as reading:
        found = layerings.summaries(reading, None)
        said = {summary.key: summary.missing.en for summary in found if summary.missing}
        assert set(said) == {summary.key for summary in found}
        assert (said["rfm"], said["aarrr"]) == ("needs orders", "needs events")
        assert said["lifecycle"] == said["aipl"] == "needs events or orders"
        with pytest.raises(MissingDataError):
            layerings.now(reading, "rfm", None, None)


def test_spreads_count_every_ranked_customer_once_per_trait(reading: Reading) -> None:
    page = layerings.now(reading, "rfm", None, None)
    ranked = sum(layer.customers for layer in page.layers if layer.layer.key != "none")
    for spread in spreads.traits(reading, "rfm", None).traits:
        if spread.trait.key in ("spend", "recency_days", "order_count"):
            assert sum(spread.everyone.histogram) == ranked
            assert len(spread.edges) == len(spread.everyone.histogram) + 1


def test_the_histogram_of_a_cut_holds_everyone_and_the_cut_itself(reading: Reading) -> None:
    for histogram in spreads.cuts(reading, "rfm", None).cuts:
        assert histogram.low <= (histogram.cut.value or 0) <= histogram.high
        assert histogram.suggestions["median"] == histogram.cut.value


def test_the_map_holds_every_buyer_once(reading: Reading) -> None:
    page = layerings.now(reading, "rfm", None, None)
    ranked = sum(layer.customers for layer in page.layers if layer.layer.key != "none")
    found = spreads.recency_frequency(reading, "rfm", None)
    assert sum(cell.customers for cell in found.cells) == ranked
    assert sum(cell.money for cell in found.cells) == pytest.approx(page.money, rel=0.05)
    with pytest.raises(InputError):
        spreads.recency_frequency(reading, "matrix", None)
