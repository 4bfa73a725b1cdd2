"""Telling: the steps from one day of a history to later ones, each kept for those that read it."""

from __future__ import annotations

from collections.abc import Hashable, Set
from functools import partial

import ibis.expr.types as ir

from titian.traits.changes import Days, Write
from titian.warehouse.forms import Form
from titian.warehouse.keeping import KeptRelation

FEW_DAYS = 7
"""Days after which most of those who will change have."""


class Telling:
    """Keeps the steps of telling a history (of `key`) on by some days.

    A few days are told again and again, each day by the same queries: of these, forms are written once, where `waits`
    says after how many days what happened counts (None: no forms).
    """

    def __init__(self, key: str, days: Days, waits: Set[int] | None) -> None:
        self.days = days
        self.short = days.length <= FEW_DAYS
        self.kept: dict[Hashable, KeptRelation] = {}
        self.held: tuple[KeptRelation, ...] = ()
        self._key, self._waits = key, waits

    def keep(self, name: Hashable, write: Write, days: Days, *tables: ir.Table, once: bool = False) -> ir.Table:
        """What `write` makes of the days and the tables, kept (a `Keep`)."""
        if once and not self.short:
            return write(days, *tables)
        engine, key = days.data.engine, (days.data.version, self._key, name, days.first, days.last)
        # What of a part is written down names who is out, who are kept no longer than they are asked for.
        if self.short and self._waits is not None and not days.data.part:
            about = (self._key, name, days.length, days.moment.offsets)
            form = Form(about, lambda blanks, *here: write(days.blank(blanks), *here), tables, days.values(self._waits))
            self.kept[name] = engine.fill(key, form)
        else:
            _, self.kept[name] = engine.keep(key, partial(write, days, *tables))
        return engine.relation(self.kept[name])
