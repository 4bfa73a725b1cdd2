"""The catalogue of traits: every declared one by its name, and those that a name makes."""

from __future__ import annotations

import re

from titian.domain.condition import Before, Edge
from titian.domain.trajectory import TRAIT as FUNNEL
from titian.errors import UnknownNameError
from titian.traits.acting import ACTING
from titian.traits.bringing import BRINGING
from titian.traits.buying import BUYING
from titian.traits.doing import days_since_event, event_trait, first_event_at, last_event_at
from titian.traits.going import trait_of_funnel
from titian.traits.knowing import KNOWING
from titian.traits.linking import LINKING
from titian.traits.tasting import TASTING
from titian.traits.trait import Trait

CATALOGUE: dict[str, Trait] = {
    trait.key: trait for trait in (*BUYING, *ACTING, *BRINGING, *LINKING, *KNOWING, *TASTING)
}

_WINDOW = re.compile(r"(?P<key>.+)_(?P<days>[1-9]\d{0,4})d", re.DOTALL)
_BEFORE = re.compile(r"-(?P<days>\d{1,5})d")
_SPAN = re.compile(r"(?P<key>.+)_between_(?P<since>[^_]+)_(?P<until>[^_]+)", re.DOTALL)
_EVENT = re.compile(
    r"days_since_(?P<since>.+)|last_(?P<end>.+)_at|first_(?P<start>.+)_at"
    r"|(?P<event>.+)_(?P<what>count|duration_s|value)",
    re.DOTALL,
)


def trait(name: str) -> Trait:
    """The trait called `name`: one of the catalogue (`spend`), with a window (`spend_365d`), or of an event.

    Event traits are `days_since_<event>`, `first_<event>_at`, `last_<event>_at`, `<event>_count`, `<event>_duration_s` and
    `<event>_value`; `funnel:` with a trajectory as JSON is how far somebody went.
    A window may also be a span: `cart_count_between_2024-06-01_2024-06-18`, `spend_between_-60d_-30d`.
    Raises UnknownNameError with the valid names.
    """
    if name in CATALOGUE:
        return CATALOGUE[name]
    if name.startswith(FUNNEL):
        return trait_of_funnel(name)
    window = _WINDOW.fullmatch(name)
    if window and (window["key"] in CATALOGUE or not _WINDOW.fullmatch(window["key"])):
        return trait(window["key"]).within(int(window["days"]))
    span = _SPAN.fullmatch(name)
    if span:
        return trait(span["key"]).between(_edge(span["since"]), _edge(span["until"]))
    event = _EVENT.fullmatch(name)
    if event is None:
        raise UnknownNameError("trait", "指标", name, [*CATALOGUE, "days_since_<event>", "<event>_count"])
    if event["since"]:
        return days_since_event(event["since"])
    if event["end"]:
        return last_event_at(event["end"])
    if event["start"]:
        return first_event_at(event["start"])
    return event_trait(event["event"], event["what"])


def _edge(text: str) -> Edge:
    before = _BEFORE.fullmatch(text)
    return Before(days_before=int(before["days"])) if before else text
