"""Resting: whether something that people define rests on personal data, by what it reads or by what it names, and so on."""

from __future__ import annotations

from collections.abc import Callable

from titian.app import masking
from titian.app.named import Named, named_by
from titian.domain.audience import Audience
from titian.domain.rule import Rule, conditions
from titian.errors import TitianError
from titian.layering.layering import Layering
from titian.traits.catalogue import trait

Meaning = Rule | Layering | Audience
"""What a definition or a tag by rule says."""
Look = Callable[[Named], Meaning | None]
"""Finds what a rule names; None for what says nothing, as staff and tags by hand, and for what is not there."""


def rests_on_personal(meant: Meaning, look: Look) -> bool:
    """Whether who is in it tells something personal: it reads personal traits, or names something that does.

    So is a list personal that was taken from such an audience. Layerings name nothing: those within others are part of them.
    """
    seen: set[Named] = set()
    waiting: list[Meaning] = [meant]
    while waiting:
        match waiting.pop():
            case Layering() as layering:
                if masking.personal(layering.traits().values()):
                    return True
            case Audience() as audience:
                if audience.personal:
                    return True
                waiting += [] if audience.rule is None else [audience.rule]
            case rule:
                if personal_traits(rule):
                    return True
                names = named_by(rule) - seen
                seen |= names
                waiting += [found for name in names if (found := look(name)) is not None]
    return False


def personal_traits(rule: Rule) -> list[str]:
    """The personal traits that a rule itself reads, as it names them."""
    return sorted({condition.trait for condition in conditions(rule) if _tells(condition.trait)})


def _tells(name: str) -> bool:
    try:
        return masking.personal([trait(name)])
    except TitianError:
        return False  # nobody can be asked by it
