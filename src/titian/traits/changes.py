"""Changes: how folded traits change from day to day, from the rows that come into effect or go out of it.

A row counts for the as_of of a local day once it happened before that day, until it leaves the window or loses the
fact that it counts for. So the traits of every day follow from those of the first day and from what changed since,
without folding all rows again for each day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Concatenate, Protocol

import ibis
import ibis.expr.types as ir

from titian.domain.instants import zone
from titian.traits.moment import Moment
from titian.traits.planner import moment_of
from titian.traits.population import seen_in, sightings
from titian.traits.scanning import Scan
from titian.traits.sources import Source
from titian.traits.trait import Did, Fold, Term, Trait, Unit
from titian.warehouse.dataset import Dataset

EPOCH_DAY = date(1970, 1, 1)
ADDED = ("sum", "count")
EXTREME = ("min", "max")
FAR = 10**7
"""A day after all others."""
Write = Callable[Concatenate["Days", ...], ir.Table]
"""Makes a query of days and tables."""


class Keep(Protocol):
    """Computes a step of the work that later ones read, and keeps it as long as the work lasts."""

    def __call__(self, name: Hashable, write: Write, days: Days, *tables: ir.Table, once: bool = False) -> ir.Table:
        """What `write` makes of the days and the tables; `name` tells all else that its query depends on.

        What is read `once` may be computed there.
        """


def day_number(day: date) -> int:
    """A local day as days since 1970-01-01."""
    return (day - EPOCH_DAY).days


def day_of(number: int) -> date:
    """The local day of a number."""
    return EPOCH_DAY + timedelta(days=number)


Span = tuple[int, int]
"""(since, until): what happened so many days before the first of the days that are followed, and before the last."""


@dataclass(frozen=True)
class Days:
    """The as_ofs that are followed: local midnights after `first` up to and including `last`."""

    first: date
    last: date
    data: Dataset
    blanks: Mapping[str, ir.Scalar] | None = None
    """Stand for the days where a query is written once and asked again on other days."""

    def blank(self, blanks: Mapping[str, ir.Scalar]) -> Days:
        """The same as long, of days that are said later, by `values`."""
        return replace(self, blanks=blanks)

    def values(self, later: Iterable[int]) -> dict[str, datetime | int]:
        """What the blanks stand for, for windows and waits of so many days."""
        found: dict[str, datetime | int] = {"first": day_number(self.first), "last": day_number(self.last)}
        for days in {0, *later}:
            found |= {f"since_{days}": self._before(self.first, days), f"until_{days}": self._before(self.last, days)}
        return found

    @property
    def length(self) -> int:
        """How many as_ofs they are."""
        return (self.last - self.first).days

    @property
    def first_number(self) -> ir.IntegerValue:
        """The first day as a number."""
        return self._said("first", day_number(self.first)).cast("int64")

    @property
    def last_number(self) -> ir.IntegerValue:
        """The last day as a number."""
        return self._said("last", day_number(self.last)).cast("int64")

    @property
    def moment(self) -> Moment:
        """The last of them."""
        last = datetime.combine(self.last, time(), zone(self.data.timezone)).astimezone(UTC)
        return moment_of(self.data, last)

    def within(self, at: ir.TimestampValue, later: int = 0) -> ir.BooleanValue:
        """Whether what happens `later` whole days after `at` first shows in one of these as_ofs."""
        return self.between(at, (later, later))

    def between(self, at: ir.TimestampValue, span: Span) -> ir.BooleanValue:
        """Whether `at` lies in a span of instants."""
        since, until = span
        begin = self._said(f"since_{since}", self._before(self.first, since))
        end = self._said(f"until_{until}", self._before(self.last, until))
        return (at >= begin) & (at < end)

    def spans(self, later: Iterable[int]) -> list[Span]:
        """The instants at which something `later` days after them first shows in one of these as_ofs: spans apart."""
        found: list[Span] = []
        for days in sorted(later, reverse=True):
            if found and found[-1][1] - days <= self.length:
                found[-1] = (found[-1][0], days)
            else:
                found.append((days, days))
        return found

    def _before(self, day: date, days: int) -> datetime:
        """A local midnight as the warehouse stores instants."""
        at = datetime.combine(day - timedelta(days=days), time(), zone(self.data.timezone))
        return at.astimezone(UTC).replace(tzinfo=None)

    def _said(self, name: str, value: datetime | int) -> ir.Scalar:
        return ibis.literal(value) if self.blanks is None else self.blanks[name]


def followed(trait: Trait) -> bool:
    """Whether the trait's changes can be told from rows that come and go."""
    if not isinstance(trait.made, Fold):
        return all(followed(need) for need in trait.needed())
    known = trait.made.source.ever is not None and trait.span is None
    if trait.made.how in EXTREME:
        return known and trait.unit is Unit.INSTANT and trait.window_days is None and len(trait.made.terms) == 1
    # Only what adds up exactly can be added and taken away again.
    exact = trait.made.how == "count" or (trait.made.how == "sum" and trait.unit is Unit.MONEY)
    return known and exact and trait.empty == 0


def changes(folds: Sequence[Trait], days: Days, keep: Keep) -> ir.Table:
    """customer_id, day (a number), and per fold what is added on that as_of, or the extreme that comes with it.

    One line per customer and day. `shaken` marks that a row lost a fact, so that an extreme before it may be one no
    longer. Who is first seen has a line, even one that adds nothing.
    """
    by_source: dict[Source, list[Trait]] = {}
    for fold in folds:
        assert isinstance(fold.made, Fold)
        by_source.setdefault(fold.made.source, []).append(fold)
    version = days.data.version
    near = [
        keep(("near", source.name, version), partial(_near, source, _pieces(source, group)), days)
        for source, group in by_source.items()
    ]
    return keep(("lines", version), partial(_lines, by_source, folds), days, *near, once=True)


def _lines(by_source: Mapping[Source, list[Trait]], folds: Sequence[Trait], days: Days, *near: ir.Table) -> ir.Table:
    """What the near rows of each source add, and who is first seen."""
    parts: list[ir.Table] = []
    for (source, group), rows in zip(by_source.items(), near, strict=True):
        parts += _of_source(source, _pieces(source, group), rows, folds, days)
    told = {source.name for source in by_source}
    parts += [part for table in seen_in(days.data) if table not in told for part in _first_seen(table, folds, days)]
    lines = ibis.union(*parts)
    summed = {fold.column: _of_day(fold, lines[fold.column]) for fold in folds}
    return lines.group_by("customer_id", "day").aggregate(shaken=lines.shaken.max(), **summed)


def _of_day(fold: Trait, column: ir.Column) -> ir.Value:
    assert isinstance(fold.made, Fold)
    if fold.made.how in EXTREME:
        return column.max() if fold.made.how == "max" else column.min()
    # Of a day on which nobody says how much, nothing is added.
    return column.sum().cast(kept_type(fold)).fill_null(nothing(fold))


def extremes(folds: Sequence[Trait], points: ir.Table, days: Days) -> ir.Table:
    """customer_id, day and the folds, each a single extreme, for given customers and days, from all of their rows."""
    found = points
    asked = points.select("customer_id").distinct()
    for fold in folds:
        assert isinstance(fold.made, Fold)
        assert fold.made.source.ever is not None
        (term,) = fold.made.terms
        rows = fold.made.source.ever(days.data.table(fold.made.source.name))
        scan = Scan(rows, fold.made.source.at, days.data.meanings, days.moment)
        fact = scan.fact(term)
        lost = _lost(fold.made.source, term)
        rows = (scan.rows if fact is None else scan.rows.filter(fact)).semi_join(asked, "customer_id")
        number = days.moment.local_day_number
        held = rows.select(
            "customer_id",
            came=number(rows[term.at]).cast("int64"),
            lost=ibis.literal(FAR) if lost is None else number(rows[lost]).cast("int64").fill_null(FAR),
            value=rows[term.value or term.at],
        )
        met = points.inner_join(held, "customer_id")
        met = met.filter(met.came < met.day, met.lost >= met.day)
        best = met.value.max() if fold.made.how == "max" else met.value.min()
        true = met.group_by("customer_id", "day").aggregate(**{fold.column: best})
        found = found.left_join(true, ["customer_id", "day"]).drop("customer_id_right", "day_right")
    return found


def nothing(fold: Trait) -> ir.Value:
    """What a fold is before any row."""
    assert isinstance(fold.made, Fold)
    if fold.made.how in EXTREME:
        return ibis.null(kept_type(fold))
    return ibis.literal(0).cast(kept_type(fold))


def kept_type(fold: Trait) -> str:
    """The type in which a fold is followed: changes add up exactly, and instants are the same on every engine."""
    assert isinstance(fold.made, Fold)
    if fold.made.how in EXTREME:
        return "timestamp(6)"
    return "decimal(18, 4)" if fold.unit is Unit.MONEY else "decimal(18, 0)"


def _pieces(source: Source, group: Sequence[Trait]) -> list[_Piece]:
    return [_Piece(trait, term, _lost(source, term)) for trait in group for term in _terms(trait)]


def _of_source(
    source: Source, pieces: Sequence[_Piece], near: ir.Table, folds: Sequence[Trait], days: Days
) -> Iterable[ir.Table]:
    """The lines of one source: rows that come in, leave a window or lose a fact, by the instant that says when."""
    for at in dict.fromkeys(piece.term.at for piece in pieces):
        here = [piece for piece in pieces if piece.term.at == at]
        scan = _Rows(source, near, at, days)
        yield scan.coming(here, folds)
        for window in sorted({piece.window for piece in here if piece.window is not None}):
            yield scan.leaving([piece for piece in here if piece.window == window], window, folds)
        for gone in sorted({piece.lost for piece in here if piece.lost is not None}):
            yield scan.losing([piece for piece in here if piece.lost == gone], gone, folds)


def _near(source: Source, pieces: Sequence[_Piece], days: Days) -> ir.Table:
    """The rows of a source of which a part may come or go in these days, with all that the pieces read.

    Each instant is asked for span by span, so that an engine passes over the blocks of rows that lie elsewhere in time.
    """
    assert source.ever is not None
    rows = days.data.table(source.name)
    spans = days.spans({0, *(piece.window for piece in pieces if piece.window is not None)})
    found: list[ir.Table] = []
    for number, at in enumerate(source.dated):
        earlier = [days.between(rows[name], span) for name in source.dated[:number] for span in spans]
        found_already = [ibis.or_(*earlier).fill_null(False)] if earlier else []
        found += [rows.filter(days.between(rows[at], span), *(~known for known in found_already)) for span in spans]
    near = source.ever(ibis.union(*found) if len(found) > 1 else found[0])
    read = {"customer_id", source.at}.union(*(piece.columns for piece in pieces))
    return _dated(near.select(*sorted(read)), source, pieces, days)


def _dated(near: ir.Table, source: Source, pieces: Sequence[_Piece], days: Days) -> ir.Table:
    """The same with the local days of its instants, and of when its parts came in, so that they are told once."""
    number = days.moment.local_day_number
    instants = dict.fromkeys(name for piece in pieces for name in (piece.term.at, piece.lost) if name is not None)
    on = {_ON + name: number(near[name]).cast("int64") for name in instants}
    came = {_CAME_ON + piece.term.at: number(_came(near, source, piece.term.at)).cast("int64") for piece in pieces}
    return near.mutate(**on, **came)


_ON, _CAME_ON = "on_", "came_on_"
"""Before the name of an instant: its local day, and that of when a part dated so came in."""


def _came(rows: ir.Table, source: Source, at: str) -> ir.TimestampValue:
    """When a part dated `at` came in: not before its row."""
    return rows[at] if at == source.at else ibis.greatest(rows[at], rows[source.at])


def _terms(trait: Trait) -> tuple[Term, ...]:
    assert isinstance(trait.made, Fold)
    return trait.made.terms


def _lost(source: Source, term: Term) -> str | None:
    return dict(source.lost_at).get(term.where) if isinstance(term.where, str) else None


@dataclass(frozen=True)
class _Piece:
    """One term of one fold."""

    fold: Trait
    term: Term
    lost: str | None
    """The column of the instant from which a row no longer counts."""

    @property
    def window(self) -> int | None:
        return self.fold.window_days

    @property
    def columns(self) -> set[str]:
        """The columns of the source that it reads."""
        fact = "event" if isinstance(self.term.where, Did) else self.term.where
        return {name for name in (self.term.at, self.term.value, fact, self.lost) if name is not None}

    @property
    def adds(self) -> bool:
        assert isinstance(self.fold.made, Fold)
        return self.fold.made.how in ADDED


class _Rows:
    """The rows of a source by the instant `at`, with the local days on which their parts come and go.

    A part shows from the day after it came until the day after it was lost, or `window` days and one after `at`.
    """

    def __init__(self, source: Source, rows: ir.Table, at: str, days: Days) -> None:
        self.days = days
        self.came = _came(rows, source, at)
        self.dated_before = at != source.at
        self.at = rows[at]
        self.scan = Scan(rows, source.at, days.data.meanings, days.moment)
        self._came_on, self._on = rows[_CAME_ON + at], rows[_ON + at]

    def coming(self, pieces: Sequence[_Piece], folds: Sequence[Trait]) -> ir.Table:
        """Rows whose instant passes."""
        values = {}
        for piece in pieces:
            counts = [*self._fact(piece), *self._in_window(piece)]
            if piece.lost is not None:
                counts.append(self._lost_on(piece.lost) > self._came_on)
            values[piece] = (counts, 1)
        shows = self.days.within(self.came)
        # Who comes in is seen by it, whatever the row is; of rows that come a second time only their fact tells.
        shows = shows & self._told(pieces) if self.dated_before else shows
        return self._lines(shows, self._came_on + 1, values, folds)

    def leaving(self, pieces: Sequence[_Piece], window: int, folds: Sequence[Trait]) -> ir.Table:
        """Rows that the window leaves behind, unless they were lost before."""
        out = self._on + window
        values = {}
        for piece in pieces:
            counts = [*self._fact(piece), *self._in_window(piece)]
            if piece.lost is not None:
                counts.append(self._lost_on(piece.lost) >= out)
            values[piece] = (counts, -1)
        return self._lines(self.days.within(self.at, window) & self._told(pieces), out + 1, values, folds)

    def losing(self, pieces: Sequence[_Piece], gone: str, folds: Sequence[Trait]) -> ir.Table:
        """Rows that lose a fact after they came and before the window left them behind."""
        lost = self.scan.rows[_ON + gone]
        values = {}
        for piece in pieces:
            counts = [*self._fact(piece), lost > self._came_on]
            if piece.window is not None:
                counts.append(lost < self._on + piece.window)
            values[piece] = (counts, -1)
        return self._lines(self.days.within(self.scan.rows[gone]), lost + 1, values, folds, shaken=lost > self._came_on)

    def _told(self, pieces: Sequence[_Piece]) -> ir.BooleanValue:
        """Whether a row is one that some piece is about."""
        facts = [self._fact(piece) for piece in pieces]
        return ibis.or_(*(fact for (fact,) in facts)) if all(facts) else ibis.literal(True)

    def _fact(self, piece: _Piece) -> list[ir.BooleanValue]:
        fact = self.scan.fact(piece.term)
        return [] if fact is None else [fact]

    def _in_window(self, piece: _Piece) -> list[ir.BooleanValue]:
        """What is dated before it came may have left the window before it came."""
        if piece.window is None or not self.dated_before:
            return []
        return [self._came_on < self._on + piece.window]

    def _lost_on(self, lost: str) -> ir.IntegerValue:
        return self.scan.rows[_ON + lost].fill_null(FAR)

    def _lines(
        self,
        shows: ir.BooleanValue,
        day: ir.IntegerValue,
        values: Mapping[_Piece, tuple[list[ir.BooleanValue], int]],
        folds: Sequence[Trait],
        shaken: ir.BooleanValue | None = None,
    ) -> ir.Table:
        columns: dict[str, ir.Value] = {}
        for piece, (counts, sign) in values.items():
            if not piece.adds and sign < 0:
                continue
            value = self.scan.value(piece.term)
            if piece.adds and sign < 0:
                value = -value
            value = value.cast(kept_type(piece.fold))
            part = ibis.ifelse(ibis.and_(*counts), value, nothing(piece.fold)) if counts else value
            name = piece.fold.column
            columns[name] = columns[name] + part if name in columns else part
        marked = self.scan.rows.filter(shows)
        return marked.select(
            "customer_id",
            day=day,
            shaken=ibis.literal(False) if shaken is None else shaken.fill_null(False),
            **{fold.column: columns.get(fold.column, nothing(fold)) for fold in folds},
        )


def _first_seen(table: str, folds: Sequence[Trait], days: Days) -> Iterable[ir.Table]:
    """Lines that add nothing, on the day after a customer was seen in a table of the population."""
    for rows in sightings(days.data, table):
        yield rows.filter(days.within(rows.at)).select(
            "customer_id",
            day=days.moment.local_day_number(rows.at).cast("int64") + 1,
            shaken=ibis.literal(False),
            **{fold.column: nothing(fold) for fold in folds},
        )
