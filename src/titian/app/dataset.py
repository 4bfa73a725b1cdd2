"""Dataset as people make it: from frames in memory, or from a workspace on disk."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel

from titian.app import workspace as workspaces
from titian.app.home import home_of
from titian.app.stored import Stored
from titian.domain.condition import InAudience
from titian.domain.meanings import USUAL, Meanings
from titian.rules.reading import Given, read
from titian.warehouse import dataset as warehouse
from titian.warehouse.dataset import Exclusion
from titian.warehouse.frames import Said
from titian.warehouse.handed import Frame
from titian.warehouse.intake import DEFAULT_CURRENCY, DEFAULT_TIMEZONE, MEMORY_LIMIT, dataset_of

EXCLUDED = "excluded"
"""The key of a list that was handed in."""


class Dataset(warehouse.Dataset):
    """Customers, orders and events, ready to be layered.

    Each table is a pandas or Polars frame, a pyarrow table, a DuckDB relation, an Ibis table, or a path (csv, tsv,
    xlsx, parquet, jsonl; .gz and .zip of them). Ibis tables of a Spark session stay on its cluster. Columns have
    canonical names, or `mapping` says which they are (`{"orders": {"ordered_at": "InvoiceDate"}}`, or a whole
    Mapping), or they are guessed when the guess is sure.
    `meanings` says what the team calls an event: `{"view": ["看货"]}` beside the usual names (浏览, product_view …).
    Times without a zone are in `timezone`; money is in `currency`. Frames are trusted unless `validate=True`, which
    checks every row as an import does. `exclude` says who is left out of every fit and count, as if their rows had never
    been handed in: a rule as `tt.select` takes it, over traits and events as of the day asked, or customer_ids;
    `data.of_store("s1")` is the same data of one store. `memory_limit` ("16GB") is what the tables and all that is computed of them may
    take in this process; beyond it files are used. Raises InputError that names what is missing or wrong.
    """

    def __init__(
        self,
        *,
        orders: Frame | None = None,
        events: Frame | None = None,
        customers: Frame | None = None,
        order_items: Frame | None = None,
        customer_changes: Frame | None = None,
        links: Frame | None = None,
        invites: Frame | None = None,
        costs: Frame | None = None,
        answers: Frame | None = None,
        identities: Frame | None = None,
        timezone: str = DEFAULT_TIMEZONE,
        currency: str = DEFAULT_CURRENCY,
        mapping: Mapping[str, Said] | None = None,
        meanings: Mapping[str, str | Sequence[str]] | None = None,
        exclude: Given | Collection[str] | None = None,
        validate: bool = False,
        memory_limit: str = MEMORY_LIMIT,
    ) -> None:
        given = {
            "customers": customers,
            "orders": orders,
            "order_items": order_items,
            "events": events,
            "customer_changes": customer_changes,
            "links": links,
            "invites": invites,
            "costs": costs,
            "answers": answers,
            "identities": identities,
        }
        made = dataset_of(
            {name: frame for name, frame in given.items() if frame is not None},
            timezone=timezone,
            currency=currency,
            mapping=mapping,
            meanings=meanings,
            validate=validate,
            memory_limit=memory_limit,
        )
        self.__dict__.update(made.excluding(_exclusion(exclude)).__dict__)

    @staticmethod
    def open(path: str | Path) -> warehouse.Dataset:
        """The data of the workspace in the folder `path`, without those whom it leaves out.

        The tags and lists by which it does are as they are now. Raises NotFoundError when there is none.
        """
        workspace = workspaces.read(Path(path))
        home, settings = home_of(workspace), workspace.settings
        with Stored(workspace) as stored:
            meanings, exclusion = _meanings(stored), _left_out(stored)
        data = home.dataset(
            home.version(),
            timezone=settings.timezone,
            currency=settings.currency,
            meanings=meanings,
        )
        return data.excluding(exclusion)


def _exclusion(given: Given | Collection[str] | None) -> Exclusion | None:
    if given is None:
        return None
    # Rules know every trait and layering, which nobody waits for who leaves nobody out.
    from titian.audience.excluding import Excluding
    from titian.audience.known import Listed, Named

    if isinstance(given, Mapping | BaseModel):
        return Excluding(read(given), Named())
    return Excluding(InAudience(audience=EXCLUDED), Named(audiences={EXCLUDED: Listed(given)}))


def _left_out(stored: Stored) -> Exclusion | None:
    if stored.there is None:
        return None
    from titian.app.population import Population
    from titian.audience.excluding import Excluding, as_named

    population = Population(stored)
    found = population.exclusion(population.rule())
    return None if found is None else Excluding(found.rule, as_named(found.rule, found.known))


def _meanings(stored: Stored) -> Meanings:
    if stored.there is None:
        return USUAL
    # What comes from the store takes half a second to load, which nobody waits for who hands in frames.
    from titian.app.definitions import Definitions
    from titian.app.event_meanings import EventMeanings

    return EventMeanings(Definitions("events", stored)).said()
