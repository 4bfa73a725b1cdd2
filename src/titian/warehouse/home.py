"""Home: where a workspace's canonical tables are read from: the lake in its folder, or a cluster."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from titian.domain.meanings import Meanings
from titian.errors import DamagedError, TitianError
from titian.warehouse.abilities import Ability
from titian.warehouse.dataset import Dataset, state_name
from titian.warehouse.engine import Reader
from titian.warehouse.engines import connect
from titian.warehouse.lake import Lake
from titian.warehouse.pinned import pinned
from titian.warehouse.placed import Place, canonical_on


class Home(ABC):
    """Data that a workspace reads, with a name for each of their states."""

    @property
    def notice(self) -> DamagedError | None:
        """What had to be repaired on opening, if anything."""
        return None

    @property
    @abstractmethod
    def lake(self) -> Lake:
        """Where files are loaded to. Raises InputError, with the reason, where Titian only reads."""

    @property
    def loads(self) -> bool:
        """Whether files are loaded here, and kept in a landing."""
        return True

    @abstractmethod
    def count_days_of(self, zone: str) -> None:
        """What is counted by local days is so by the days of this zone from the next change of the data on."""

    @abstractmethod
    def version(self) -> str:
        """What names the state of the data now."""

    @abstractmethod
    def dataset(
        self, version: str, *, timezone: str, currency: str, meanings: Meanings, before: Dataset | None = None
    ) -> Dataset:
        """The data at `version`; `before` is an earlier state of theirs, whose engine is gone on with."""

    @abstractmethod
    def watched(self) -> AbstractContextManager[None]:
        """Ask questions inside: what goes wrong where the data are comes out in words."""

    @abstractmethod
    def close(self) -> None:
        """Let go of it."""


class LakeHome(Home):
    """The lake in the workspace's folder."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake

    @property
    def lake(self) -> Lake:
        """The lake itself."""
        return self._lake

    @property
    def notice(self) -> DamagedError | None:
        """What the lake had to repair."""
        return self._lake.notice

    def count_days_of(self, zone: str) -> None:
        """What the lake keeps beside its events."""
        self._lake.zone = zone

    def version(self) -> str:
        """The lake's version, which changes with every commit of any process."""
        return self._lake.version()

    def dataset(
        self, version: str, *, timezone: str, currency: str, meanings: Meanings, before: Dataset | None = None
    ) -> Dataset:
        """The lake's tables at one snapshot."""
        return pinned(self._lake, version, timezone=timezone, currency=currency, meanings=meanings, before=before)

    def watched(self) -> AbstractContextManager[None]:
        """Where stored files turn out damaged they are made anew."""
        return self._lake.watched()

    def close(self) -> None:
        """Close the lake's connections."""
        self._lake.close()


class ClusterHome(Home):
    """Tables on a cluster, which others fill; they are looked at when it is opened."""

    def __init__(self, engine: Reader, places: Mapping[str, Place]) -> None:
        self.engine = engine
        self.places = places
        self._version = engine.state({name: found.place for name, found in places.items()})

    @classmethod
    def open(cls, address: str, options: Mapping[str, str], places: Mapping[str, Place]) -> ClusterHome:
        """Connect to the cluster. Raises StorageError when it does not answer, InputError for a table it lacks."""
        return cls(connect(address, options), places)

    @property
    def lake(self) -> Lake:
        """There is none: tables on a cluster belong to those who fill them."""
        raise self.engine.refusal(Ability.LOAD)

    @property
    def loads(self) -> bool:
        """Never: see `lake`."""
        return False

    def count_days_of(self, zone: str) -> None:
        """Nothing is counted by days."""

    def version(self) -> str:
        """The files as they were when it was opened."""
        return self._version

    def dataset(
        self, version: str, *, timezone: str, currency: str, meanings: Meanings, before: Dataset | None = None
    ) -> Dataset:
        """The tables as canonical ones, on the cluster."""
        engine = self.engine if before is None else before.engine.fork()
        tables = {
            name: canonical_on(engine, name, self.engine.read(found.place), found.columns, timezone)
            for name, found in self.places.items()
        }
        named = state_name(version, timezone, meanings)
        return Dataset(engine, tables, timezone=timezone, currency=currency, version=named, meanings=meanings)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """What the cluster says when it fails, in words."""
        try:
            yield
        except TitianError:
            raise
        except Exception as error:
            said = self.engine.explained(error)
            if said is None:
                raise
            raise said from error

    def close(self) -> None:
        """Nothing: the session is the process's."""
