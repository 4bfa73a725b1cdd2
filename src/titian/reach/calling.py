"""Calling a service over HTTP: its answer, or the outcome where there is none or none that says more than its status."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from titian.domain.outcome import ErrorClass, Fault, Later, Outcome, Rejected, Uncertain
from titian.reach.web import Answer, AnswerLostError, ForbiddenAddressError, NotSentError, Web

BUSY = frozenset({429, 502, 503, 504})


async def called(web: Web, url: str, headers: Mapping[str, str], body: bytes) -> Answer | Rejected | Later | Uncertain:
    """The answer to a request; what becomes of the message where it did not get there, or its answer was lost."""
    try:
        return await web.post(url, headers, body)
    except ForbiddenAddressError as error:
        return Rejected(Fault("auth_config", "private_address", str(error)))
    except NotSentError as error:
        return Later(Fault("transient", "no_connection", str(error)), peer=True)
    except AnswerLostError as error:
        return Uncertain(Fault("transient", "answer_lost", str(error)))


def said(answer: Answer) -> dict[str, Any]:
    """The JSON object that an answer says; nothing where it says none."""
    try:
        found = json.loads(answer.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def of_status(answer: Answer) -> Outcome:
    """What an answer means by its status alone. A success that does not say what it should leaves it unknown."""
    code, text = str(answer.status), answer.text[:200]
    if answer.status in BUSY:
        kind: ErrorClass = "throttled" if answer.status == 429 else "transient"
        return Later(Fault(kind, code, text), answer.retry_after_seconds(), peer=True)
    if answer.status >= 500:
        return Later(Fault("transient", code, text), answer.retry_after_seconds(), peer=True)
    if answer.status >= 300:
        return Rejected(Fault("auth_config", code, text))
    return Uncertain(Fault("transient", "strange_answer", text))
