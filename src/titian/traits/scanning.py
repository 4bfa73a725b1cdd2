"""Scanning: what a term says of the rows of a source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import ibis
import ibis.expr.types as ir

from titian.domain.meanings import Meanings
from titian.traits.moment import Moment
from titian.traits.spans import span_of
from titian.traits.trait import Did, Fold, Term, Trait


@dataclass(frozen=True)
class Scan:
    """One pass over the rows of a source: what their terms need to know."""

    rows: ir.Table
    at: str
    meanings: Meanings
    moment: Moment

    def fact(self, term: Term) -> ir.BooleanValue | None:
        """Whether a row is one that the term is about; None when all are."""
        if isinstance(term.where, Did):
            return self.rows.event.isin(self.meanings.all_names(term.where.events))
        return None if term.where is None else self.rows[term.where]

    def value(self, term: Term) -> ir.Value:
        """What a row brings to the term."""
        value = ibis.literal(1, "int64") if term.value is None else self.rows[term.value]
        return -value if term.sign < 0 else value

    def counted(self, term: Term, trait: Trait) -> ir.BooleanValue | None:
        """Whether a row counts for the term of a trait as of the moment; None when all do."""
        conditions = [fact for fact in (self.fact(term),) if fact is not None]
        since = _since(trait, self.moment)
        if since is not None:
            conditions.append(self.rows[term.at] >= ibis.literal(since))
        if trait.span is not None:
            until = span_of(trait.span[1], self.moment.as_of, self.moment.timezone)
            # A day belongs to the span as a whole, an instant is where it ends.
            conditions.append(self.rows[term.at] < ibis.literal(until.start if until.is_instant else until.after))
        if term.at != self.at:
            conditions.append(self.rows[term.at] < self.moment.until)
        return ibis.and_(*conditions) if conditions else None


def scanned_since(trait: Trait, at: str, moment: Moment) -> datetime | None:
    """The instant `at` of the first row that can count for a fold; None where each row may."""
    assert isinstance(trait.made, Fold)
    return None if any(term.at != at for term in trait.made.terms) else _since(trait, moment)


def _since(trait: Trait, moment: Moment) -> datetime | None:
    """Where the window or the span of a trait begins."""
    if trait.span is not None:
        return span_of(trait.span[0], moment.as_of, moment.timezone).start
    return None if trait.window_days is None else moment.window_start(trait.window_days)
