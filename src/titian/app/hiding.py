"""Hiding: what a workspace defines that rests on personal data, from whom may not see them.

Who is in a layer of ages, or in an audience of birthdays, and since which day, tells the birthday. So whoever may not see that
is told that there is such a thing, and what it is called; not what it says, whom it holds, nor how many: which customers are
counted is for them to choose, by stores, days and rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Protocol

from titian.app import masking, tag_definition
from titian.app.audience_definition import audience_of
from titian.app.definition import Definition, Sort
from titian.app.desk import Desk
from titian.app.held import Held, held, made
from titian.app.named import Named, named_by
from titian.app.population import rule_of
from titian.app.resting import Meaning, personal_traits, rests_on_personal
from titian.domain.rule import Rule
from titian.domain.words import Words
from titian.errors import TitianError
from titian.rules.reading import Given, read


class Then(Protocol):
    """What would be in force, by key."""

    @property
    def layerings(self) -> Mapping[str, Held]:
        """All layerings."""

    @property
    def audiences(self) -> Mapping[str, Definition]:
        """All audiences."""

    @property
    def tags(self) -> Mapping[str, Definition]:
        """All tags."""


class Hiding:
    """What of a workspace is hidden from who acts; nothing is looked up for whom may see personal data.

    It is by what is in force, unless `then` says what would be.
    """

    def __init__(self, desk: Desk, then: Then | None = None) -> None:
        self._desk = desk
        self._then = then

    def hides(self, sort: Sort, definition: Definition) -> bool:
        """Whether a definition, in force or not, is hidden; so is one that can't be read any more."""
        if masking.sees_personal():
            return False
        try:
            meant = _meant(sort, definition)
        except TitianError:
            return True
        return meant is not None and rests_on_personal(meant, self._look)

    def rests(self, meant: Meaning) -> bool:
        """Whether something rests on personal data, whoever acts."""
        return rests_on_personal(meant, self._look)

    def hides_rule(self, rule: Rule | None) -> bool:
        """Whether who meets a rule is hidden."""
        return rule is not None and not masking.sees_personal() and rests_on_personal(rule, self._look)

    def need(self, place: Named) -> None:
        """Raise MaskedError for a layering, audience or tag that is hidden."""
        if masking.sees_personal():
            return
        meant = self._look(place)
        if meant is not None and rests_on_personal(meant, self._look):
            raise masking.masked(place, self._called(place))

    def need_definition(self, sort: Sort, definition: Definition) -> None:
        """Raise MaskedError for a definition, in force or not, that is hidden."""
        if self.hides(sort, definition):
            raise masking.masked(f"{sort}/{definition.key}", _name(definition))

    def need_rule(self, rule: Rule) -> None:
        """Raise MaskedError for a rule that names what is hidden, ForbiddenError for one that reads what is personal."""
        if self.hides_rule(rule):
            for place in sorted(named_by(rule)):
                self.need(place)
            raise masking.refused(personal_traits(rule))

    def _look(self, place: Named) -> Meaning | None:
        sort, _, key = place.partition("/")
        match sort:
            case "layerings":
                return self._layerings[key].layering if key in self._layerings else None
            case "audiences":
                return audience_of(self._audiences[key]) if key in self._audiences else None
            case "tags":
                return tag_definition.rule_of(self._tags[key]) if key in self._tags else None
        return None

    def _called(self, place: Named) -> Words:
        sort, _, key = place.partition("/")
        if sort == "layerings":
            return self._layerings[key].words
        return _name(self._tags[key] if sort == "tags" else self._audiences[key])

    @cached_property
    def _layerings(self) -> Mapping[str, Held]:
        return held(self._desk) if self._then is None else self._then.layerings

    @cached_property
    def _audiences(self) -> Mapping[str, Definition]:
        return self._desk.audiences.current() if self._then is None else self._then.audiences

    @cached_property
    def _tags(self) -> Mapping[str, Definition]:
        return self._desk.defined("tags").current() if self._then is None else self._then.tags


def rule_asked(desk: Desk, given: Given) -> Rule:
    """A rule that somebody asks by. Raises RuleError, and ForbiddenError where they may not see what it rests on."""
    rule = read(given)
    Hiding(desk).need_rule(rule)
    return rule


def _meant(sort: Sort, definition: Definition) -> Meaning | None:
    match sort:
        case "layerings":
            return made(definition).layering
        case "audiences":
            return audience_of(definition)
        case "tags":
            return tag_definition.rule_of(definition)
        case "population":
            return rule_of(definition)
    return None


def _name(definition: Definition) -> Words:
    return definition.name or Words(zh=definition.key, en=definition.key)
