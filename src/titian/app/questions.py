"""The questions that Python asks: assign, cross, flows, funnel, history, impact, portrait, select, split_test, traits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from titian.audience import selecting
from titian.audience.known import Listed, Named
from titian.domain.instants import Moment, instant, not_after
from titian.domain.rule import Rule
from titian.layering import crossing
from titian.layering import flows as flowing
from titian.layering import history as remembering
from titian.layering import impact as changing
from titian.layering import split_test as testing
from titian.layering.assignment import assign as assigned
from titian.layering.chronicle import Every
from titian.layering.fitted import Fitted
from titian.layering.frame import Frame
from titian.layering.layering import Layering
from titian.layering.registry import LAYERINGS
from titian.layering.together import assign_together
from titian.measure import funnel as funnels
from titian.measure import portrait as portraying
from titian.measure.groups import in_layers
from titian.rules.compiling import needed
from titian.rules.reading import Given, read
from titian.rules.trajectories import GivenStep, trajectory
from titian.stats.effects import LEVEL
from titian.traits.catalogue import trait
from titian.traits.counted import counted
from titian.traits.planner import trait_table
from titian.warehouse.dataset import EPOCH
from titian.warehouse.intake import Tabular, as_dataset


def assign(definitions: Sequence[Layering], data: Tabular, *, as_of: Moment) -> Frame:
    """Several layerings at once: customer_id and one column of layer keys per layering key; one scan per table."""
    return assign_together(definitions, counted(as_dataset(data), as_of), as_of)


def flows(
    definition: Layering,
    data: Tabular,
    *,
    start: Moment,
    end: Moment,
    refit: bool = False,
    fitted: Fitted | None = None,
) -> flowing.Flows:
    """Who moved from which layer to which between two instants, with cuts fitted at the start.

    start = stayed + up + down + across + left; end = stayed + up + down + across + entered. `refit` fits at each end
    and splits the moves into `by_customer` and `by_cut`.
    """
    return flowing.flows(definition, counted(as_dataset(data), end), start, end, refit=refit, fitted=fitted)


def impact(
    old: Layering, new: Layering, data: Tabular, *, as_of: Moment, old_fitted: Fitted | None = None
) -> changing.Impact:
    """Who would be in another layer as of an instant if `new` replaced `old`."""
    return changing.impact(old, new, counted(as_dataset(data), as_of), as_of, old_fitted=old_fitted)


def history(
    definition: Layering,
    data: Tabular,
    *,
    start: Moment,
    end: Moment,
    every: Every = "day",
    refit: bool = False,
    fitted: Fitted | None = None,
) -> remembering.History:
    """Who was in which layer on each day from `start` to `end`: customer_id, layer, valid_from, valid_to, reason.

    Cuts are fitted once, at the start, unless `fitted` gives them or `refit` fits them on every day anew.
    """
    dataset = counted(as_dataset(data), end)
    return remembering.history(definition, dataset, start, end, every=every, refit=refit, fitted=fitted)


def cross(first: Layering, second: Layering, data: Tabular, *, as_of: Moment) -> crossing.CrossTable:
    """Two layerings laid over each other: counts, shares, spend and TGI for each pair of layers, and Cramér's V."""
    return crossing.cross(first, second, counted(as_dataset(data), as_of), as_of)


def split_test(
    definition: Layering,
    data: Tabular,
    *,
    as_of: Moment,
    outcome: str = testing.OUTCOME,
    outcome_at: Moment | None = None,
    fitted: Fitted | None = None,
    level: float = LEVEL,
) -> testing.SplitTest:
    """How much of an outcome (any trait but an instant) the layers explain: an effect size with its interval, in words.

    The layers are as of `as_of`. The outcome is of `outcome_at`, by default when the outcome's window that begins at
    `as_of` is over (`spend_90d`: ninety days later) if the data reach so far, else `as_of`.
    """
    dataset = counted(as_dataset(data), as_of)
    return testing.split_test(
        definition, dataset, as_of, outcome=outcome, outcome_at=outcome_at, fitted=fitted, level=level
    )


def traits(names: Sequence[str], data: Tabular, *, as_of: Moment) -> Frame:
    """The trait table: customer_id and a column per trait (`spend`, `spend_90d`, `days_since_login` …).

    Raises UnknownNameError with the valid names.
    """
    dataset = counted(as_dataset(data), as_of)
    table = trait_table([trait(name) for name in names], dataset, instant(as_of, dataset.timezone))
    rows = table.rows.select("customer_id", *dict.fromkeys(names))
    return Frame(dataset.arrow(rows).to_pandas())


def select(
    rule: Given,
    data: Tabular,
    *,
    as_of: Moment,
    layerings: Sequence[Layering] = (),
    tags: Mapping[str, Collection[str]] | None = None,
    audiences: Mapping[str, Given | Collection[str]] | None = None,
    staff: Mapping[str, Collection[str]] | None = None,
) -> selecting.Selection:
    """Who meets a rule as of an instant: a mapping such as `{"all": [{"trait": "spend", "op": ">=", "value": 100}, …]}`.

    A rule may ask of layerings by their keys, those of the house as they come and `layerings` of one's own; of `tags`
    (key: the customer_ids that hold it), of `audiences` (key: a rule, or customer_ids) and of `staff` (name: the customer_ids that
    they are in charge of). Raises RuleError for what can't be
    asked, and UnknownNameError for what is not there.
    """
    known = _known(layerings, tags, audiences, staff)
    return selecting.select(read(rule), counted(as_dataset(data), as_of), as_of, known)


def portrait(
    group: Given | tuple[Layering, str | Collection[str]],
    data: Tabular,
    *,
    as_of: Moment,
    traits: Sequence[str] | None = None,
    layerings: Sequence[Layering] = (),
    tags: Mapping[str, Collection[str]] | None = None,
    audiences: Mapping[str, Given | Collection[str]] | None = None,
    staff: Mapping[str, Collection[str]] | None = None,
    level: float = LEVEL,
) -> portraying.Portrait:
    """What sets a group apart from everybody: every trait's distribution in both, and the TGI with its interval.

    The group is a rule as `select` takes it, with what it names, or `(layering, key)` with the key of a layer or several.
    `traits` are names; left out, some thirty usual ones of which there are data. Raises as `select` does.
    """
    dataset = counted(as_dataset(data), as_of)
    at = instant(as_of, dataset.timezone)
    if isinstance(group, tuple):
        definition, layers = group
        got = assigned(definition, dataset, at)
        keys = [layers] if isinstance(layers, str) else list(layers)
        rows, drawing = in_layers(got, keys), list(definition.traits().values())
        return portraying.portrait(rows, dataset, at, traits, drawing=drawing, level=level)
    found = select(group, dataset, as_of=at, layerings=layerings, tags=tags, audiences=audiences, staff=staff)
    rows, drawing = found.table.select("customer_id", inside="held"), list(needed([found.rule]).values())
    return portraying.portrait(rows, dataset, at, traits, drawing=drawing, level=level)


def funnel(
    data: Tabular,
    *,
    steps: Sequence[GivenStep],
    start: Moment | None = None,
    end: Moment | None = None,
    within_days: int | None = None,
    by: Layering | None = None,
    audience: Given | None = None,
    exclude: Sequence[GivenStep] = (),
    as_of: Moment | None = None,
    placed_at: Moment | None = None,
    layerings: Sequence[Layering] = (),
    tags: Mapping[str, Collection[str]] | None = None,
    audiences: Mapping[str, Given | Collection[str]] | None = None,
    staff: Mapping[str, Collection[str]] | None = None,
    level: float = LEVEL,
) -> funnels.Funnel:
    """Who of those who took the first step in [start, end) got how far, each customer counted once by their best try.

    A step is an event (`"view"`), one with conditions (`{"event": "view", "channel": ["app"]}`), or a paid order
    (`{"orders": "paid"}`); `within_days` of 24 hours run from the first step to the last; who does something of `exclude` in
    between is taken out. Only data before `as_of` count, by default all. `by` splits by a layering, `audience` keeps those who
    meet a rule as `select` takes it, both as of `placed_at`, by default the start. Raises InputError for steps that can't be
    asked, MissingDataError, and as `select` and `assign` do.
    """
    dataset = as_dataset(data)
    at = dataset.newest_day_end() or EPOCH if as_of is None else instant(as_of, dataset.timezone)
    begin, until = (None if given is None else instant(given, dataset.timezone) for given in (start, end))
    if begin is not None and until is not None and until <= begin:
        raise not_after(start, end)
    dataset = counted(dataset, at)
    asked = funnels.Asked(trajectory(steps, within_days, exclude), begin, until, level)
    if by is None and audience is None:
        return funnels.funnel(asked, dataset, at)
    then = funnels.placed_at(begin if placed_at is None else instant(placed_at, dataset.timezone))
    named: dict[str, Any] = {"layerings": layerings, "tags": tags, "audiences": audiences, "staff": staff}
    chosen = None if audience is None else select(audience, dataset, as_of=then, **named)
    return funnels.funnel(
        asked,
        dataset,
        at,
        layers=None if by is None else assigned(by, dataset, then),
        among=None if chosen is None else chosen.table.select("customer_id", inside="held"),
    )


def _known(
    layerings: Sequence[Layering],
    tags: Mapping[str, Collection[str]] | None,
    audiences: Mapping[str, Given | Collection[str]] | None,
    staff: Mapping[str, Collection[str]] | None,
) -> Named:
    house = {key: kind() for key, kind in LAYERINGS.items() if kind.ready}
    return Named(
        layerings=house | {one.key: one for one in layerings},
        tags={key: Listed(customers) for key, customers in (tags or {}).items()},
        audiences={key: _audience(given) for key, given in (audiences or {}).items()},
        staff={name: Listed(customers) for name, customers in (staff or {}).items()},
    )


def _audience(given: Given | Collection[str]) -> Rule | Listed:
    return read(given) if isinstance(given, Mapping | BaseModel) else Listed(given)
