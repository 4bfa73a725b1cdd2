"""The desk: a workspace that is open for work, with its data, its import worker and its limits."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING

from titian.app import workspace as workspaces
from titian.app.answers.base import Period
from titian.app.asking import Questions
from titian.app.followers import Follower
from titian.app.home import home_of
from titian.app.once import Once
from titian.app.remembered import Remembered
from titian.app.runs import Runs
from titian.app.settings import WorkspaceSettings
from titian.app.stored import Stored
from titian.app.under_way import Watched
from titian.app.uploads import Uploads
from titian.app.worker import Worker
from titian.app.workspace import Workspace
from titian.domain.instants import instant, local_day
from titian.domain.meanings import USUAL, Meanings
from titian.domain.rule import Rule
from titian.errors import BusyError, InputError, MissingDataError
from titian.layering.fitted import Fitted
from titian.traits.counted import counted
from titian.warehouse.dataset import Dataset
from titian.warehouse.home import Home
from titian.warehouse.lake import Lake

if TYPE_CHECKING:
    from titian.app.api_keys import ApiKeys
    from titian.app.charges import Charges
    from titian.app.definition import Sort
    from titian.app.definitions import Definitions
    from titian.app.event_meanings import EventMeanings
    from titian.app.mappings import Mappings
    from titian.app.notes import Notes
    from titian.app.people import People
    from titian.app.population import Population
    from titian.app.sayings import Sayings
    from titian.app.signing_in import SigningIn
    from titian.app.tags import Tags
    from titian.app.trail import Trail
    from titian.store.database import Store

CONCURRENT = 4
"""Questions that are computed at once; more wait in line."""
WAIT_SECONDS = 60
KEPT_FITS = 200
COMPARED_DAYS = 30
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)


def tomorrow(timezone: str) -> date:
    """The local day after the present one: the latest as_of that is offered."""
    return local_day(datetime.now(UTC), timezone) + timedelta(days=1)


@dataclass(frozen=True)
class Present:
    """The data as they are now, and the days they cover: the first, and the one after the last."""

    data: Dataset
    lake_version: str
    first: date | None
    end: date | None
    exclude: Rule | None = None
    """Who is left out; the data leave them out wherever somebody is counted."""


class Desk:
    """An open workspace; nothing on disk is touched before it is needed. Close it, or use it in a `with`."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.worker = Worker()
        self.runs = Runs(workspace.runs)
        self.uploads = Uploads(workspace.uploads, workspace.settings.server.max_upload_mb)
        self.stored = Stored(workspace)
        self.once = Once()
        self.fits: Remembered[Fitted] = Remembered(KEPT_FITS)
        self.questions = Questions()
        self.stores: Remembered[list[str]] = Remembered(1)
        self.followers: list[Follower] = []
        self.erasing = Watched()
        self.slots = threading.BoundedSemaphore(CONCURRENT)
        self._guard = threading.RLock()
        self._home: Home | None = None
        self._present: Present | None = None

    def start(self) -> None:
        """Put in order what an earlier process left."""
        self.runs.settle()
        self.uploads.sweep()

    def close(self) -> None:
        """Stop the worker and close the warehouse and the store."""
        self.worker.stop()
        with self._guard:
            self._present = None
            if self._home is not None:
                self._home.close()
                self._home = None
        self.stored.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.close()

    @property
    def home(self) -> Home:
        """Where the data are, opened when first asked for."""
        with self._guard:
            if self._home is None:
                self._home = home_of(self.workspace)
            return self._home

    @property
    def store(self) -> Store:
        """What people decide, opened when first asked for. Raises StorageError when it can't be."""
        return self.stored.store

    def defined(self, sort: Sort) -> Definitions:
        """What the team defined of a sort."""
        from titian.app.definitions import Definitions

        return Definitions(sort, self.stored)

    @property
    def definitions(self) -> Definitions:
        """The layerings that were published."""
        return self.defined("layerings")

    @property
    def audiences(self) -> Definitions:
        """The audiences that were saved."""
        return self.defined("audiences")

    def listed(self, name: str) -> list[str]:
        """The customers of a fixed list."""
        from titian.store import lists

        with self.store.reading() as connection:
            return lists.customers(connection, name)

    @property
    def mappings(self) -> Mappings:
        """What was confirmed of files with the same columns."""
        from titian.app.mappings import Mappings

        return Mappings(self.defined("mappings"))

    @cached_property
    def event_meanings(self) -> EventMeanings:
        """What the team's own event names mean."""
        from titian.app.event_meanings import EventMeanings

        return EventMeanings(self.defined("events"))

    @cached_property
    def population(self) -> Population:
        """Who is left out of every fit and count."""
        from titian.app.population import Population

        return Population(self.stored)

    @property
    def trail(self) -> Trail:
        """The audit log."""
        from titian.app.trail import Trail

        return Trail(self.store)

    @property
    def tags(self) -> Tags:
        """The tags of customers."""
        from titian.app.tags import Tags

        return Tags(self.store, self.trail)

    @property
    def notes(self) -> Notes:
        """The notes about customers."""
        from titian.app.notes import Notes

        return Notes(self.store, self.trail)

    @property
    def people(self) -> People:
        """Who may sign in."""
        from titian.app.people import People

        return People(self.stored)

    @cached_property
    def signing_in(self) -> SigningIn:
        """Who is signed in where."""
        from titian.app.signing_in import SigningIn

        return SigningIn(self.stored)

    @property
    def api_keys(self) -> ApiKeys:
        """The ways in for programs."""
        from titian.app.api_keys import ApiKeys

        return ApiKeys(self.stored)

    def is_open(self) -> bool:
        """Whether nobody has to sign in yet, so that only this machine is served; where no store is, nobody has."""
        return self.stored.there is None or not self.signing_in.needed()

    @property
    def sayings(self) -> Sayings:
        """What the team says of the things to know of customers."""
        from titian.app.sayings import Sayings

        return Sayings(self.store, self.trail)

    @property
    def charges(self) -> Charges:
        """Who of the team is in charge of customers."""
        from titian.app.charges import Charges

        return Charges(self.store, self.trail)

    @property
    def lake(self) -> Lake:
        """Where files are loaded to. Raises InputError where data are only read."""
        return self.home.lake

    def present(self) -> Present:
        """The data as they are now.

        Another process may have loaded more, given events meanings, or said who is left out, since the last call.
        """
        version = self.home.version()
        decided = self.stored.there is not None
        meanings = self.event_meanings.said() if decided else USUAL
        rule = self.population.rule() if decided else None
        with self._guard:
            seen = self._present
            if seen is None or (seen.lake_version, seen.data.meanings) != (version, meanings):
                seen = self._present = self._look(version, meanings)
            if seen.exclude != rule:
                data = seen.data.excluding(self.population.exclusion(rule))
                seen = self._present = replace(seen, data=data, exclude=rule)
            return seen

    def data_version(self) -> str:
        """What names the state of the data."""
        return self.home.version()

    def imports_by_state(self) -> dict[str, int]:
        """How many imports are in each state."""
        return self.runs.by_state()

    def reading(self, store_id: str | None = None) -> Reading:
        """A question's own view of the data, of one store where it names one; use it in a `with`."""
        return Reading(self, store_id)

    def set(self, settings: WorkspaceSettings) -> None:
        """Put other settings in force."""
        with self._guard:
            self.workspace = workspaces.changed(self.workspace, settings)
            self._present = None
            if self._home is not None:
                self._home.count_days_of(settings.timezone)

    def _look(self, version: str, meanings: Meanings) -> Present:
        settings = self.workspace.settings
        before = self._present.data if self._present else None
        data = self.home.dataset(
            version, timezone=settings.timezone, currency=settings.currency, meanings=meanings, before=before
        )
        # One order of 2098 must not make every page look back from 2098, nor from today.
        end = data.newest_day_end(instant(tomorrow(data.timezone), data.timezone))
        return Present(
            data,
            version,
            None if end is None else local_day(data.earliest, data.timezone),
            None if end is None else local_day(end, data.timezone),
        )


class Reading:
    """One question at a desk: the data of one moment on a connection of its own, that can be interrupted."""

    def __init__(self, desk: Desk, store_id: str | None = None) -> None:
        self.desk = desk
        self.store_id = store_id
        self.interrupted = False
        self._present: Present | None = None
        self._counted: dict[date, Dataset] = {}
        self._watched: AbstractContextManager[None] | None = None

    def __enter__(self) -> Reading:
        if not self.desk.slots.acquire(timeout=WAIT_SECONDS):
            raise BusyError(
                "too many questions are being computed at once",
                "try again in a moment",
                zh="同时计算的请求太多",
                hint_zh="请稍后再试",
            )
        try:
            present = self.desk.present()
            self._watched = self.desk.home.watched()
            self._watched.__enter__()
            self._present = replace(present, data=present.data.fork().of_store(self.store_id))
        except BaseException:
            self.desk.slots.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._watched is not None
        try:
            said = None if error is None else self.data.engine.explained(error)
            self.data.engine.close()
            if said is not None:
                raise said from error
            self._watched.__exit__(kind, error, trace)
        finally:
            self.desk.slots.release()

    def interrupt(self) -> None:
        """Stop the query that runs, from another thread."""
        self.interrupted = True
        if self._present is not None:
            self._present.data.engine.interrupt()

    @property
    def present(self) -> Present:
        assert self._present is not None, "a reading is used in a with"
        return self._present

    @property
    def data(self) -> Dataset:
        """The data of this question, with the rows of all customers; who is counted is for `counted` to say."""
        return self.present.data

    def counted(self, day: date) -> Dataset:
        """The data of those who count as of a day: of its store if it has one, and of nobody who is left out."""
        if day not in self._counted:
            self._counted[day] = counted(self.data, self.instant(day))
        return self._counted[day]

    def day(self, as_of: date | None) -> date:
        """The day that is looked at: the asked one, else the day after the newest order.

        Raises MissingDataError without data, InputError for a day before all of it.
        """
        first, end = self.present.first, self.present.end
        if first is None or end is None:
            raise MissingDataError(
                "this needs orders, and there are none yet",
                "load some: titian load FILE --table orders, or the console's page Data",
                zh="这里需要订单数据，目前还没有",
                hint_zh="请先导入：titian load 文件 --table orders，或在控制台“数据”页上传",
                table="orders",
            )
        day = end if as_of is None else as_of
        if not first < day <= LAST_DAY:
            raise InputError(
                f"as of {day} there are no data: they begin on {first}",
                f"choose a day from {first + timedelta(days=1)} on; the newest is {end}",
                zh=f"截至 {day} 还没有数据：数据从 {first} 开始",
                hint_zh=f"请选择 {first + timedelta(days=1)} 及以后的日期，最新为 {end}",
                as_of=day,
                first=first,
                newest=end,
            )
        return day

    def compared(self, compare: date | None, day: date) -> date | None:
        """The day it is compared with: the asked one, else 30 days before; None where the data do not reach so far.

        Raises InputError unless it is earlier than `day`.
        """
        if compare is None:
            return default_compare(self.present.first, day)
        if not FIRST_DAY <= compare < day:
            raise InputError(
                f"the comparison day {compare} must be before {day}",
                "choose an earlier day to compare with",
                zh=f"对比日 {compare} 必须早于 {day}",
                hint_zh="请选择更早的对比日",
                compare=compare,
                as_of=day,
            )
        first = self.present.first
        return compare if first is not None and first < compare else None

    def period(self, day: date, compare: date | None = None) -> Period:
        """A day that is looked at, and how many are left out of all that is counted as of it."""
        return Period(as_of=day, compare=compare, excluded=self.counted(day).excluded)

    def instant(self, day: date) -> datetime:
        """The local midnight at which `day` begins."""
        return instant(day, self.data.timezone)


def default_compare(first: date | None, day: date) -> date | None:
    """Thirty days before `day`, if the data reach back so far."""
    compare = day - timedelta(days=COMPARED_DAYS)
    return compare if first is not None and first < compare else None
