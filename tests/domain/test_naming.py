"""Names of layers of the team's own: one language stands in for the other, and none at all is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import titian as tt
from titian.domain.naming import named
from titian.domain.words import Words
from titian.errors import InputError


@pytest.mark.parametrize(
    ("zh", "en", "said"),
    [
        ("贵宾", "VIP", ("贵宾", "VIP")),
        (" 贵宾 ", "", ("贵宾", "贵宾")),
        ("", "VIP", ("VIP", "VIP")),
        ("　", "x", ("x", "x")),
    ],
)
def test_one_language_stands_in_for_the_other(zh: str, en: str, said: tuple[str, str]) -> None:
    found = named(Words(zh=zh, en=en))
    assert (found.zh, found.en) == said


NOTHING = {"zh": "", "en": " "}
MADE: dict[str, Callable[[], object]] = {
    "rules": lambda: tt.Rules(layers=[{"key": "all", "name": NOTHING}]),  # type: ignore[list-item]
    "tiers": lambda: tt.Tiers(tiers=[{"key": "all", "name": NOTHING}]),  # type: ignore[list-item]
    "staged": lambda: tt.Staged(stages=[{"key": "a", "name": NOTHING, "signals": [{"events": ["view"]}]}]),  # type: ignore[list-item]
    "quantiles": lambda: tt.Quantiles(trait="spend", shares=(0.5, 0.5), names=(NOTHING, NOTHING)),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("kind", MADE)
def test_a_layer_without_a_name_is_refused_in_both_languages(kind: str) -> None:
    with pytest.raises(InputError, match="a layer needs a name") as refused:
        MADE[kind]()
    assert "层级需要名称" in refused.value.zh
