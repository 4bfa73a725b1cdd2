"""Returning: an earlier version of a definition is put in force again, whether another is or none."""

from __future__ import annotations

from titian.app import excluding, registered, rule_tags, standing
from titian.app.answers.plan import DefinitionVersion, RestoreAsked
from titian.app.audience_definition import audience_of
from titian.app.definition import Definition, Sort, absent, stale
from titian.app.desk import Reading
from titian.app.hiding import Hiding
from titian.app.meant import MEANT
from titian.app.population import rule_of
from titian.errors import ConflictError


def restore(reading: Reading, sort: Sort, key: str, asked: RestoreAsked) -> DefinitionVersion:
    """Put a version in force again: what was removed as it last was, else as the next version; its own changes nothing.

    A tag that was removed comes back without the customers who had it; by rule it is given to whoever meets it.

    Raises NotFoundError for a version that never was, MaskedError for one hidden from who acts, or where the one in force is,
    ConflictError where `base_version` is not in force or where
    something that it names is gone, UnknownNameError and InputError for what it says and can't be meant any more.
    """
    definitions = reading.desk.defined(sort)
    history = {one.definition.version: one.definition for one in definitions.history(key)}
    if not history:
        raise absent(key)
    present = definitions.current().get(key)
    _check_base(key, present, asked.base_version)
    newest = max(history)
    wanted = definitions.version(key, asked.version or newest)
    hiding = Hiding(reading.desk)
    for one in (wanted, *([] if present is None else [present])):
        hiding.need_definition(sort, one)
    meant = MEANT[sort](wanted)
    _check_names(reading, sort, meant)
    with rule_tags.settled(reading):
        if present is None and wanted.version == newest:
            definitions.restore(key, check=standing.together)
        elif present is None:
            definitions.create(meant, restore=wanted.version, check=standing.together)
        elif not meant.same(present):
            definitions.publish(meant, present, restore=wanted.version, check=standing.together)
    if sort == "tags":
        rule_tags.refresh(reading, {key})
    return registered.versions(reading.desk, sort, key)[0]


def _check_base(key: str, present: Definition | None, base: int | None) -> None:
    """Refuse what was asked while another version was in force, or none."""
    if present is None and base is not None:
        raise absent(key)
    if present is not None and base is None:
        raise ConflictError(
            f"{key} is in force again, at version {present.version}",
            "reload the page; to go back to an earlier version, say which one is in force (base_version)",
            zh=f"“{key}”已重新生效，现为第 {present.version} 版",
            hint_zh="请重新载入页面；如要回到更早的版本，请写明现行版本（base_version）",
            key=key,
            version=present.version,
        )
    if present is not None and base is not None and present.version != base:
        raise stale(key, base, present.version)


def _check_names(reading: Reading, sort: Sort, meant: Definition) -> None:
    """Refuse what names what is not there any more, or would rest on itself."""
    if sort == "tags":
        rule_tags.check(reading, meant)
    if sort == "audiences" and (rule := audience_of(meant).rule) is not None:
        rule_tags.check_audience(reading, meant.key, rule)
    if sort == "population":
        excluding.checked(reading, rule_of(meant))
