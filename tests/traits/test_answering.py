"""Where customers came from first, and what they answered, against plain walks over the rows."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime

import pytest

from tests.layering.stories import AS_OF, ago, did
from tests.oracle.village import Answer, Event, Invite, Village, handed
from tests.oracle.villages import village
from tests.traits.test_tasting import values


def answered(seed: int) -> tuple[Village, datetime]:
    """A village whose events name channels now and then, and some of whose people answer, several at one instant."""
    seen, end = village(seed)
    drawn = random.Random(seed)
    who = sorted(seen.everyone(end))
    events = tuple(replace(one, channel=drawn.choice([None, None, "app", "web"])) for one in seen.events)
    instants = [one.occurred_at for one in seen.events] or [end]
    answers = tuple(
        Answer(
            drawn.choice(who), drawn.choice(instants), drawn.choice([None, 1.0, 2.5, 5.0]), drawn.choice([None, "fine"])
        )
        for _ in range(40)
    )
    return replace(seen, events=events, answers=answers), end


SEEN = {seed: answered(seed) for seed in (1, 4, 6)}
every_village = pytest.mark.parametrize(("seen", "end"), SEEN.values(), ids=SEEN)


def answers_of(seen: Village, who: str, end: datetime) -> list[Answer]:
    return [one for one in seen.answers if one.customer_id == who and one.answered_at < end]


@every_village
def test_answers_are_counted_and_the_last_score_is_of_the_last_scored_one(seen: Village, end: datetime) -> None:
    data = handed(seen)
    counts, scores = {}, {}
    for who in seen.everyone(end):
        told = [one for one in answers_of(seen, who, end) if one.score is not None or one.text]
        scored = sorted((-one.answered_at.timestamp(), one.score) for one in told if one.score is not None)
        counts[who], scores[who] = len(told), scored[0][1] if scored else None
    assert values(data, "answers_given", end) == counts
    assert values(data, "last_score", end) == scores


@every_village
def test_the_first_channel_is_that_of_the_first_event_with_one(seen: Village, end: datetime) -> None:
    expected = {}
    for who in seen.everyone(end):
        named = sorted((one.occurred_at, one.channel) for one in seen.doings(who, end) if one.channel)
        expected[who] = named[0][1] if named else None
    assert values(handed(seen), "first_channel", end) == expected


@every_village
def test_who_invited_them_is_the_first_inviter_but_themselves(seen: Village, end: datetime) -> None:
    expected = {}
    for who in seen.everyone(end):
        by = [(one.joined_at, one.inviter_id) for one in seen.invites if one.invitee_id == who != one.inviter_id]
        told = sorted(pair for pair in by if pair[0] is not None and pair[0] < end)
        expected[who] = told[0][1] if told else None
    assert values(handed(seen), "invited_by", end) == expected


def test_of_two_scores_at_one_instant_the_lower_counts_and_later_ones_do_not() -> None:
    told = (Answer("a", ago(2), 5.0), Answer("a", ago(2), 3.0), Answer("a", ago(1)), Answer("a", ago(0), 1.0))
    found = handed(Village("UTC", tuple(did("a", (9, "home"))), answers=told))
    assert values(found, "last_score") == {"a": 3.0}
    assert values(found, "answers_given") == {"a": 2}


def test_of_two_inviters_at_one_instant_the_smaller_id_counts() -> None:
    invites = tuple(Invite(who, "a", ago(9), ago(8)) for who in ("c", "b", "a"))
    found = handed(Village("UTC", tuple(did("a", (9, "home"))), invites=invites))
    assert values(found, "invited_by")["a"] == "b"


def test_an_event_on_the_day_of_the_as_of_names_no_channel_yet() -> None:
    events = (Event("a", "home", ago(3)), Event("a", "home", AS_OF, channel="app"))
    assert values(handed(Village("UTC", events)), "first_channel") == {"a": None}
