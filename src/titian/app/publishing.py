"""Publishing: a layering's definition as code, and a new version of it."""

from __future__ import annotations

from titian.app import rule_tags
from titian.app.answers.layering import DefinitionAsked, DefinitionText, LayeringSummary
from titian.app.definition import stale
from titian.app.desk import Reading
from titian.app.held import Held, assigned, made, missing, one, tried
from titian.app.held import asked as asked_for
from titian.app.layerings import summary


def definition(reading: Reading, key: str, version: int | None) -> DefinitionText:
    """A definition as YAML, and as SQL where there are data. Raises NotFoundError for a version that never was."""
    present = one(reading.desk, key)
    versions = reading.desk.definitions.versions(key) or (present.definition.version,)
    asked = present
    if version is not None and version != present.definition.version:
        asked = asked_for(reading.desk.definitions.version(key, version))
    return DefinitionText(
        key=key,
        version=asked.definition.version,
        versions=versions,
        yaml=asked.whole.yaml(),
        sql=_sql(reading, asked),
    )


def publish(reading: Reading, key: str, asked: DefinitionAsked) -> LayeringSummary:
    """Put changed parameters in force with the fit of the day they were tried on, or an earlier version again.

    Raises ConflictError when `base_version` is no longer the one in force, LayeringError for a wrong parameter.
    """
    present = one(reading.desk, key)
    if present.definition.version != asked.base_version:
        raise stale(key, asked.base_version, present.definition.version)
    if asked.restore is not None:
        draft = asked_for(reading.desk.definitions.version(key, asked.restore)).whole
    else:
        day = reading.day(asked.fit_as_of) if asked.fit_as_of else reading.present.end
        draft = tried(present, asked.parameters).whole.model_copy(update={"fit_as_of": day})
    with rule_tags.settled(reading):
        published = reading.desk.definitions.publish(
            draft, present.whole, always=not present.own, restore=asked.restore
        )
    return summary(reading, made(published), reading.present.end)


def _sql(reading: Reading, found: Held) -> str:
    if reading.present.end is None or missing(reading, found.layering):
        return ""
    return assigned(reading, found, reading.present.end).sql()
