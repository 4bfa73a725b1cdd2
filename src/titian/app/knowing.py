"""Knowing: the four things to know of a customer, told by the data, filled in by the team, and what is still unknown."""

from __future__ import annotations

from datetime import date

from titian.app.answers.knowing import (
    ChoiceInfo,
    CustomerKnowing,
    SayingAsked,
    SayingInfo,
    ThingKnown,
    ThingSaid,
)
from titian.app.desk import Desk, Reading
from titian.app.known import need
from titian.app.telling import told_of
from titian.app.texts import storable, text, whole
from titian.domain.things import THINGS, Saying, Thing
from titian.domain.words import Words
from titian.errors import UnknownNameError

LONGEST = 500
"""Characters of what is said of a thing."""


def of_customer(reading: Reading, customer_id: str, as_of: date | None = None) -> CustomerKnowing:
    """The four things of a customer: by the data before `as_of`, by the team as it says now.

    Raises NotFoundError for nobody's id.
    """
    need(reading, customer_id)
    desk, day = reading.desk, reading.day(as_of)
    told = told_of(reading, customer_id, reading.instant(day))
    said = desk.sayings.of_customer(customer_id) if desk.stored.there else []
    things = tuple(_thing(desk, key, [one for one in said if one.thing == key], *told[key]) for key in THINGS)
    unknown = tuple(one.key for one in things if not one.known)
    return CustomerKnowing(customer_id=customer_id, as_of=day, things=things, unknown=unknown)


def say(reading: Reading, customer_id: str, thing: str, asked: SayingAsked) -> ThingSaid:
    """Say something of a thing in place of what was said before, which is kept; nothing at all: it is unknown again.

    Raises NotFoundError for nobody's id, UnknownNameError for a thing or a choice that is none, InputError for a text that
    can't be kept, ConflictError where another than `seen` holds.
    """
    key = _known(thing)
    words = text(asked.text, "text", LONGEST)
    if asked.choice is not None and asked.choice not in THINGS[key].choices:
        raise UnknownNameError("choice", "选项", asked.choice[:60], list(THINGS[key].choices))
    need(reading, customer_id)
    said, changed = reading.desk.sayings.say(customer_id, key, asked.choice, words, asked.seen)
    entry = said.id if changed and said is not None else None
    return _said(reading.desk, customer_id, key, said, entry, changed=changed)


def take_back(desk: Desk, saying: str) -> ThingSaid:
    """Undo what was said: what was said before holds again. Twice changes nothing more.

    Raises NotFoundError, and ConflictError where something newer was said.
    """
    undone = desk.sayings.take_back(whole(saying, "saying"))
    went = undone.went
    return _said(desk, went.customer_id, went.thing, undone.holds, None, changed=not undone.repeated)


def _known(thing: str) -> Thing:
    for key in THINGS:
        if key == thing:
            return key
    raise UnknownNameError("thing to know", "要了解的事", thing[:60] if storable(thing) else "", list(THINGS))


def _said(
    desk: Desk, customer_id: str, thing: Thing, said: Saying | None, entry: str | None, *, changed: bool
) -> ThingSaid:
    holds = _info(desk, said) if said is not None and said.tells else None
    return ThingSaid(customer_id=customer_id, thing=thing, said=holds, changed=changed, entry=entry)


def _thing(desk: Desk, key: Thing, said: list[Saying], data: tuple[Words, ...], hints: tuple[Words, ...]) -> ThingKnown:
    thing = THINGS[key]
    holds = next((one for one in said if one.ended_at is None and one.tells), None)
    return ThingKnown(
        key=key,
        name=thing.name,
        question=thing.question,
        choices=tuple(ChoiceInfo(key=choice, name=name) for choice, name in thing.choices.items()),
        known=holds is not None or bool(data),
        said=None if holds is None else _info(desk, holds),
        data=data,
        hints=hints,
        history=tuple(_info(desk, one) for one in said),
    )


def _info(desk: Desk, saying: Saying) -> SayingInfo:
    zone, choices = desk.workspace.zone, THINGS[saying.thing].choices
    key = saying.choice
    return SayingInfo(
        id=saying.id,
        choice=None if key is None else ChoiceInfo(key=key, name=choices.get(key, Words(zh=key, en=key))),
        text=saying.text,
        by=saying.by,
        at=saying.at.astimezone(zone),
        ended_at=saying.ended_at and saying.ended_at.astimezone(zone),
        taken_back_at=saying.taken_back_at and saying.taken_back_at.astimezone(zone),
    )
