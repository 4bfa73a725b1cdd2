"""Saving audiences: made, changed, removed, brought back, and frozen as a list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from titian.app import rule_tags, saved_audiences, standing, texts, usage
from titian.app.answers.audiences import (
    AudienceAsked,
    AudienceChange,
    AudienceInfo,
    ListRead,
    NewAudience,
    SavedAudience,
    SnapshotAsked,
)
from titian.app.audience_definition import PERSONAL, audience_of
from titian.app.audiences import counts, info
from titian.app.definition import Definition, stale
from titian.app.definitions import Beside
from titian.app.desk import Reading
from titian.app.hiding import Hiding, rule_asked
from titian.app.in_workspace import InWorkspace
from titian.app.known import known, sayable
from titian.app.named_customers import Named, in_text, named
from titian.app.saved_audiences import rule_of
from titian.audience.selecting import select
from titian.domain.audience import list_name
from titian.errors import InputError


def create(reading: Reading, asked: NewAudience) -> SavedAudience:
    """Save an audience; the same asked again is the same audience.

    Raises ConflictError for a key that is taken, RuleError, UnknownNameError for what the rule names and is not there,
    InputError for audiences in a circle and where neither a rule nor customers are given.
    """
    saved_audiences.check_key(asked.key)
    made = _made(reading, texts.key(asked.key), asked)
    return _created(reading, made)


def save(reading: Reading, asked: NewAudience) -> SavedAudience:
    """Save an audience, or publish its next version when the key is there. Raises as `create` does."""
    present = reading.desk.audiences.numbers().get(asked.key)
    if present is None:
        return create(reading, asked)
    wanted = AudienceChange(base_version=present, **asked.model_dump(exclude={"key"}))
    return change(reading, asked.key, wanted)


def change(reading: Reading, key: str, asked: AudienceChange) -> SavedAudience:
    """Publish the next version of an audience. Raises ConflictError where `base_version` is in force no longer."""
    _, present = saved_audiences.one(reading.desk, key)
    if present.definition.version != asked.base_version:
        raise stale(key, asked.base_version, present.definition.version)
    made = _made(reading, key, asked)
    if audience_of(present.definition).personal:
        made = made.personal()
    if not made.definition.same(present.definition):
        audiences = reading.desk.audiences
        with rule_tags.settled(reading):
            audiences.publish(made.definition, present.definition, beside=_keeper(made), check=standing.together)
    return SavedAudience(audience=shown(reading, key), read=made.read)


def remove(reading: Reading, key: str) -> None:
    """Take an audience away; its versions stay. Raises ConflictError while rules of others name it."""
    saved_audiences.one(reading.desk, key)
    if users := usage.users(reading.desk, f"audiences/{key}"):
        raise usage.in_use(key, users)
    reading.desk.audiences.remove(key, check=standing.together)


def restore(reading: Reading, key: str) -> AudienceInfo:
    """Bring a removed audience back as it last was.

    Raises NotFoundError for one that never was, ConflictError where an audience that its rule names is gone, MaskedError for
    one that is hidden from who acts.
    """
    if history := reading.desk.audiences.history(key):
        Hiding(reading.desk).need_definition("audiences", history[-1].definition)
    reading.desk.audiences.restore(key, check=standing.together)
    return shown(reading, key)


def snapshot(reading: Reading, key: str, asked: SnapshotAsked) -> SavedAudience:
    """Keep who is in an audience on a day as a list of its own, which stays as it is, and is as personal as it."""
    made, _ = saved_audiences.one(reading.desk, key)
    day = reading.day(asked.as_of)
    found = select(rule_of(made), reading.counted(day), reading.instant(day), InWorkspace(reading))
    ids = [str(one) for one in found.to_arrow().column("customer_id").to_pylist()]
    saved_audiences.check_key(asked.key)
    base = Definition(kind="rule", key=texts.key(asked.key), name=texts.name(asked.name))
    listed = _listed(reading, base, ids)
    return _created(reading, listed.personal() if Hiding(reading.desk).rests(made) else listed)


def shown(reading: Reading, key: str) -> AudienceInfo:
    """An audience with its customers as of the newest day."""
    made, published = saved_audiences.one(reading.desk, key)
    if reading.present.end is None:
        return info(reading, published, None, None)
    counted = counts(reading, {key: rule_of(made)}, reading.present.end)
    return info(reading, published, counted[key], counted.get(""))


@dataclass(frozen=True)
class _Made:
    """The definition that is asked for; of a list, its customers and what was read of them."""

    definition: Definition
    customers: frozenset[str] = frozenset()
    read: ListRead | None = None

    def personal(self) -> _Made:
        """The same, where it is a list, as one that tells personal data."""
        if self.definition.kind != "list":
            return self
        said = {**self.definition.parameters, PERSONAL: True}
        return replace(self, definition=self.definition.model_copy(update={"parameters": said}))


def _made(reading: Reading, key: str, asked: AudienceAsked) -> _Made:
    listed = bool(asked.ids or asked.text)
    if listed == (asked.rule is not None):
        raise InputError(
            "an audience has either a rule or customers",
            "give one of the two",
            zh="人群要么有规则，要么有客户名单",
            hint_zh="请二选一",
            field="rule",
        )
    description = texts.text(asked.description, "description", texts.LONGEST_DESCRIPTION)
    base = Definition(kind="rule", key=key, name=texts.name(asked.name), description=description)
    if asked.rule is not None:
        rule = rule_asked(reading.desk, asked.rule)
        rule_tags.check_audience(reading, key, rule)
        return _Made(base.model_copy(update={"parameters": {"rule": rule.model_dump(mode="json")}}))
    return _listed(reading, base, [*asked.ids, *in_text(asked.text)])


def _created(reading: Reading, made: _Made) -> SavedAudience:
    reading.desk.audiences.create(made.definition, beside=_keeper(made), check=standing.together)
    return SavedAudience(audience=shown(reading, made.definition.key), read=made.read)


def _listed(reading: Reading, base: Definition, ids: list[str]) -> _Made:
    """A list of those of the ids that are in the workspace."""
    wanted = named(ids) if ids else Named((), 0, 0)
    there = known(reading, wanted.ids)
    unknown = [one for one in wanted.ids if one not in there]
    found = ListRead(**wanted.read(unknown), unknown_ids=sayable(unknown), kept=len(there))
    parameters = {"customers": list_name(there)}
    return _Made(base.model_copy(update={"kind": "list", "parameters": parameters}), there, found)


def _keeper(made: _Made) -> Beside:
    """Keeps the list with the definition that names it."""
    from titian.store import lists

    return lambda connection: None if made.read is None else lists.keep(connection, made.customers, datetime.now(UTC))
