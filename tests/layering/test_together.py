"""Several layerings at once equal each by itself."""

from __future__ import annotations

import pytest

import titian as tt
from tests.layering.own import OWN
from tests.shops import by_customer, community, spread

DAY = "2024-06-01"


def test_together_equals_each_alone() -> None:
    definitions = [tt.RFM(), tt.RFM(key="rfm_all", window_days=None), tt.RFMScore(), tt.ValueLevels(), tt.Matrix()]
    got = tt.assign(definitions, spread(), as_of=DAY)
    for definition in definitions:
        alone = definition.assign(spread(), as_of=DAY).to_pandas()
        assert by_customer(got, definition.key) == by_customer(alone, "layer")


def test_layerings_of_stages_go_together_with_others() -> None:
    data = community()
    definitions = [tt.RFM(), tt.AARRR(), tt.Lifecycle(core_path="view,cart"), tt.AIPL(), tt.Growth(), tt.Staged()]
    got = tt.assign(definitions, data, as_of=DAY)
    for definition in definitions:
        alone = definition.assign(data, as_of=DAY).to_pandas()
        assert by_customer(got, definition.key) == by_customer(alone, "layer")


@pytest.mark.full
def test_layerings_of_their_own_way_stand_beside_plain_ones() -> None:
    definitions = [tt.RFM(), *(one.model_copy(update={"key": f"own_{n}"}) for n, one in enumerate(OWN))]
    got = tt.assign(definitions, spread(), as_of=DAY)
    assert list(got.columns) == ["customer_id", *(definition.key for definition in definitions)]
    for definition in definitions:
        alone = definition.assign(spread(), as_of=DAY).to_pandas()
        assert by_customer(got, definition.key) == by_customer(alone, "layer")


def test_two_layerings_need_two_keys() -> None:
    with pytest.raises(tt.TitianError, match="same key"):
        tt.assign([tt.RFM(), tt.RFM(frequency=2)], spread(), as_of=DAY)


@pytest.mark.parametrize("kind", tt.layerings().values(), ids=list(tt.layerings()))
def test_every_layering_keeps_the_contract(kind: type[tt.Layering]) -> None:
    definition = kind.example()
    got = definition.assign(community(), as_of=DAY)
    keys = [layer.key for layer in got.fitted.layers]
    assert len(set(keys)) == len(keys)
    assert set(got.to_pandas()["layer"]) <= set(keys)
    assert got.explain("c01")
    assert type(definition)(**definition.parameters) == definition
    assert all(layer.play.actions and layer.name.zh and layer.name.en for layer in got.fitted.layers)


def test_before_all_data_there_is_nothing_to_layer() -> None:
    with pytest.raises(tt.TitianError, match="2024-01"):
        tt.RFM().assign(spread(), as_of="2020-01-01")


def test_layerings_that_read_the_same_weighted_sum_share_it() -> None:
    data = community()
    both = [tt.Social(), tt.Social(key="other", creator=2, contributor=1), tt.Cross(first=tt.Social(), second=tt.RFM())]
    found = tt.assign(both, data, as_of="2024-06-01")
    for layering in both:
        assert by_customer(found, layering.key) == by_customer(
            layering.assign(data, as_of="2024-06-01").to_pandas(), "layer"
        )
