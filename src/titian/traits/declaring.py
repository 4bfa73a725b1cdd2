"""Declaring: what several declarations of traits say alike."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from titian.domain.words import Words
from titian.traits.moment import Moment
from titian.traits.trait import Derived, Trait


def words(zh: str, en: str) -> Words:
    """A name or a meaning in both languages."""
    return Words(zh=zh, en=en)


def ratio(over: Trait, under: Trait) -> Derived:
    """One trait divided by another; no value where that is zero."""

    def compute(values: Mapping[str, ir.Value], _moment: Moment) -> ir.Value:
        return share_of(values[over.key], values[under.key])

    return Derived((over, under), compute)


def share_of(over: ir.Value, under: ir.Value) -> ir.Value:
    """One number divided by another; null where that is zero."""
    return over.cast("float64") / under.cast("float64").nullif(0)


def days_between(start: Trait, end: Trait) -> Derived:
    """Local days from one instant to another; no value where one of them is not known."""

    def compute(values: Mapping[str, ir.Value], moment: Moment) -> ir.Value:
        days = moment.local_day_number(values[end.key]) - moment.local_day_number(values[start.key])
        return days.cast("int64")

    return Derived((start, end), compute)


def latest(*traits: Trait) -> Derived:
    """The latest of several instants, of those that there are."""
    return Derived(
        traits, lambda values, _: ibis.greatest(*_filled([values[trait.key] for trait in traits])), either=True
    )


def earliest(*traits: Trait) -> Derived:
    """The earliest of several instants, of those that there are."""
    return Derived(traits, lambda values, _: ibis.least(*_filled([values[trait.key] for trait in traits])), either=True)


def _filled(values: list[ir.Value]) -> list[ir.Value]:
    """Each value, or another where it is null: engines differ in what the greatest of a null is."""
    return [ibis.coalesce(value, *(other for other in values if other is not value)) for value in values]
