"""Definitions as YAML files: the version in force, with the older ones, never changed, kept beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from titian.app import texts
from titian.app.settings import write_whole
from titian.domain.words import Words
from titian.errors import BusyError, ConflictError, InputError, NotFoundError

WAIT_SECONDS = 10


class Definition(BaseModel):
    """One definition as its file says it; what the parameters mean is up to its kind."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    key: str
    name: Words | None = None
    """What the team calls it; None: as its kind is called."""
    version: int = Field(default=1, ge=1)
    fit_as_of: date | None = None
    """The local day whose customers the statistic cuts are fitted on; None: those of the day that is looked at."""
    parameters: dict[str, Any] = {}

    def yaml(self) -> str:
        """The definition as text, for a file or a person."""
        unsaid = {"name"} if self.name is None else set()
        return yaml.safe_dump(self.model_dump(mode="json", exclude=unsaid), allow_unicode=True, sort_keys=False)


class Definitions:
    """The definitions of one sort (layerings, mappings …) in a workspace."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> dict[str, Definition]:
        """All definitions in force by key, in the order of their names. Raises InputError for a file that is wrong."""
        found = (_read(path) for path in sorted(self.folder.glob("*.yaml")))
        return {definition.key: definition for definition in found}

    def versions(self, key: str) -> tuple[int, ...]:
        """The published versions of `key`, ascending; empty when it was never published."""
        numbers = {int(path.stem.rpartition(".")[2]) for path in self._older.glob(f"{key}.*.yaml")}
        if (self.folder / f"{key}.yaml").is_file():
            numbers.add(_read(self.folder / f"{key}.yaml").version)
        return tuple(sorted(numbers))

    def version(self, key: str, number: int) -> Definition:
        """One version of `key`. Raises NotFoundError with the versions that there are."""
        kept = self._older / f"{key}.{number}.yaml"
        if kept.is_file():
            return _read(kept)
        present = self.folder / f"{key}.yaml"
        if present.is_file() and (definition := _read(present)).version == number:
            return definition
        there = ", ".join(str(n) for n in self.versions(key)) or "none"
        raise NotFoundError(
            f"{key} has no version {number}",
            f"versions there are: {there}",
            zh=f"{key} 没有第 {number} 版",
            hint_zh=f"现有版本：{there}",
            key=key,
            version=number,
        )

    def publish(self, made: Definition, base: Definition) -> Definition:
        """Put `made`, which was made from `base`, in force as the next version.

        Raises ConflictError when another version came into force meanwhile.
        """
        texts.key(made.key)
        with self._locked():
            present = self.current().get(made.key, base)
            if present.version != base.version:
                raise stale(made.key, base.version, present.version)
            self._keep(present)
            published = made.model_copy(update={"version": present.version + 1})
            self._keep(published)
            write_whole(self.folder / f"{made.key}.yaml", published.yaml())
        return published

    def create(self, made: Definition) -> Definition:
        """Put a definition under a key that is free in force, with the number after those that the key once had.

        Saying the same again changes nothing. Raises ConflictError when the key stands for something else.
        """
        texts.key(made.key)
        with self._locked():
            present = self.current().get(made.key)
            if present is not None:
                if present.model_copy(update={"version": made.version}) == made:
                    return present
                raise taken(made.key)
            number = max(self.versions(made.key), default=0) + 1
            created = made.model_copy(update={"version": number})
            self._keep(created)
            write_whole(self.folder / f"{made.key}.yaml", created.yaml())
        return created

    def remove(self, key: str) -> None:
        """Put a definition out of force; its versions are kept. Raises NotFoundError when it is not in force."""
        with self._locked():
            present = self.current().get(key)
            if present is None:
                raise _absent(key)
            self._keep(present)
            (self.folder / f"{key}.yaml").unlink()

    def restore(self, key: str) -> Definition:
        """Put the last version of a removed definition in force again; one in force stays as it is.

        Raises NotFoundError for a key that never was.
        """
        with self._locked():
            if (present := self.current().get(key)) is not None:
                return present
            numbers = self.versions(key)
            if not numbers:
                raise _absent(key)
            last = self.version(key, numbers[-1])
            write_whole(self.folder / f"{key}.yaml", last.yaml())
        return last

    def save(self, definition: Definition) -> None:
        """Put a definition in force that has no versions worth keeping (a remembered mapping)."""
        texts.key(definition.key)
        write_whole(self.folder / f"{definition.key}.yaml", definition.yaml())

    def _keep(self, definition: Definition) -> None:
        path = self._older / f"{definition.key}.{definition.version}.yaml"
        if not path.exists():
            write_whole(path, definition.yaml())

    @property
    def _older(self) -> Path:
        return self.folder / "versions"

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / ".lock", timeout=WAIT_SECONDS):
                yield
        except Timeout as error:
            raise BusyError(
                "somebody else is publishing a definition",
                "try again in a moment",
                zh="有人正在发布定义",
                hint_zh="请稍后再试",
            ) from error


def taken(key: str) -> ConflictError:
    """What to say when a new definition wants a key that stands for another."""
    return ConflictError(
        f"the key {key} is taken",
        "choose another key, or publish a new version of the one that is there",
        zh=f"标识“{key}”已被使用",
        hint_zh="请换一个标识，或为已有的定义发布新版本",
        field="key",
        key=key,
    )


def _absent(key: str) -> NotFoundError:
    return NotFoundError(
        f"there is no definition {key}",
        "look at the list for those there are",
        zh=f"没有定义“{key}”",
        hint_zh="请在列表中查看现有的定义",
        key=key,
    )


def stale(key: str, base: int, present: int) -> ConflictError:
    """What to say when `key` was changed from an old version."""
    return ConflictError(
        f"{key} is at version {present} now; your change was made from version {base}",
        "reload it, look at what changed, and make your change again",
        zh=f"“{key}”现为第 {present} 版，而您的修改基于第 {base} 版",
        hint_zh="请重新载入，核对变化后再改",
        key=key,
        base_version=base,
        version=present,
    )


def _read(path: Path) -> Definition:
    try:
        return Definition.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "its encoding"
        raise _wrong(path, where, "it is not valid YAML in UTF-8", "不是有效的 UTF-8 YAML") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise _wrong(path, where, first["msg"], first["msg"]) from error


def _wrong(path: Path, where: str, what: str, what_zh: str) -> InputError:
    return InputError(
        f"{path}: {where}: {what}",
        "mend the file, or delete it to get the default back",
        zh=f"{path} 的 {where} 有误：{what_zh}",
        hint_zh="请修改该文件，或删除它以恢复默认",
        file=str(path),
        where=where,
    )
