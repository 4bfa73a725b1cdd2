"""The catalogue of traits: every declared one by its name, and those that a name makes."""

from __future__ import annotations

import re

from titian.errors import UnknownNameError
from titian.traits.acting import ACTING
from titian.traits.bringing import BRINGING
from titian.traits.buying import BUYING
from titian.traits.doing import days_since_event, event_trait
from titian.traits.knowing import KNOWING
from titian.traits.linking import LINKING
from titian.traits.tasting import TASTING
from titian.traits.trait import Trait

CATALOGUE: dict[str, Trait] = {
    trait.key: trait for trait in (*BUYING, *ACTING, *BRINGING, *LINKING, *KNOWING, *TASTING)
}

_WINDOW = re.compile(r"(?P<key>.+)_(?P<days>[1-9]\d{0,4})d")
_EVENT = re.compile(r"days_since_(?P<since>.+)|(?P<event>.+)_(?P<what>count|duration_s|value)")


def trait(name: str) -> Trait:
    """The trait called `name`: one of the catalogue (`spend`), with a window (`spend_365d`), or of an event.

    Event traits are `days_since_<event>`, `<event>_count`, `<event>_duration_s` and `<event>_value`.
    Raises UnknownNameError with the valid names.
    """
    if name in CATALOGUE:
        return CATALOGUE[name]
    window = _WINDOW.fullmatch(name)
    if window and (window["key"] in CATALOGUE or not _WINDOW.fullmatch(window["key"])):
        return trait(window["key"]).within(int(window["days"]))
    event = _EVENT.fullmatch(name)
    if event is None:
        raise UnknownNameError("trait", "指标", name, [*CATALOGUE, "days_since_<event>", "<event>_count"])
    if event["since"]:
        return days_since_event(event["since"])
    return event_trait(event["event"], event["what"])
