"""Consenting: what customers agree to and refuse, written down with where they said it and what shows it."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from titian.app.acting import acting
from titian.app.answers.outbox import ConsentInfo, Consents
from titian.app.desk import Desk
from titian.app.known import LONGEST_ID
from titian.app.texts import key, text
from titian.domain.consent import EVERY, Consent
from titian.store import consents

LONGEST_SOURCE, LONGEST_PROOF = 40, 1_000


def say(
    desk: Desk,
    customer_id: str,
    given: bool,
    *,
    channel: str = EVERY,
    topic: str = EVERY,
    source: str,
    proof: str = "",
) -> Consents:
    """Write down that a customer agrees or refuses, from now on; all that they said. Raises InputError.

    Also of somebody whom no data show yet: a refusal can come before the order. The log does not tell of whom it was.
    """
    now = datetime.now(UTC)
    said = Consent(
        customer_id=text(customer_id, "customer_id", LONGEST_ID, needed=True),
        given=given,
        at=now,
        source=text(source, "source", LONGEST_SOURCE, needed=True),
        channel=channel and key(channel),
        topic=topic and key(topic),
        proof=text(proof, "proof", LONGEST_PROOF),
        by=acting.get(),
    )
    with desk.trail.of("consent.record", uuid4().hex[:12], given=given, channel=channel, topic=topic) as connection:
        consents.record(connection, [said])
    return of_customer(desk, said.customer_id)


def of_customer(desk: Desk, customer_id: str) -> Consents:
    """All that a customer said, the latest first."""
    with desk.store.reading() as connection:
        found = consents.of_customer(connection, text(customer_id, "customer_id", LONGEST_ID, needed=True))
    return Consents(customer_id=customer_id, consents=tuple(_shown(one, desk) for one in found))


def _shown(one: Consent, desk: Desk) -> ConsentInfo:
    return ConsentInfo(
        given=one.given,
        channel=one.channel,
        topic=one.topic,
        at=one.at.astimezone(desk.workspace.zone),
        source=one.source,
        proof=one.proof,
        by=one.by,
    )
