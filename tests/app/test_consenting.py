"""What a customer agrees to and refuses is noted with its source, and who it was of is not in the log."""

from __future__ import annotations

import pytest

from titian.app import consenting
from titian.app.desk import Desk
from titian.errors import InputError


def test_what_was_said_is_told_the_latest_first(empty: Desk) -> None:
    consenting.say(empty, "c1", True, source="form", proof="page 3")
    found = consenting.say(empty, "c1", False, channel="letters", topic="news", source="reply")
    assert [(one.given, one.channel, one.topic, one.source, one.proof) for one in found.consents] == [
        (False, "letters", "news", "reply", ""),
        (True, "", "", "form", "page 3"),
    ]
    assert consenting.of_customer(empty, "c2").consents == ()


def test_the_log_tells_that_it_was_said_and_not_by_whom(empty: Desk) -> None:
    consenting.say(empty, "canary", True, source="form")
    line = empty.trail.lines("", None, None)[0][0]
    assert (line.action, line.details) == ("consent.record", {"given": True, "channel": "", "topic": ""})
    assert "canary" not in line.model_dump_json()


@pytest.mark.parametrize(
    "wrong",
    [
        {"customer_id": " "},
        {"customer_id": "x" * 501},
        {"source": ""},
        {"channel": "Not A Key"},
        {"proof": "x" * 1_001},
    ],
    ids=str,
)
def test_what_can_not_be_noted_is_said(empty: Desk, wrong: dict[str, str]) -> None:
    given = {"customer_id": "c1", "source": "form"} | wrong
    with pytest.raises(InputError):
        consenting.say(empty, given.pop("customer_id"), True, **given)
