"""titian.yaml: how a workspace is set, checked when read and written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from titian.app import texts
from titian.app.loopback import is_loopback
from titian.errors import InputError, StorageError
from titian.reach import registry
from titian.warehouse.engines import entry_of
from titian.warehouse.tables import TABLES

FILE_NAME = "titian.yaml"

HEADING = "# A Titian workspace. Settings may be edited here or in the console.\n"


class WarehouseSettings(BaseModel):
    """The warehouse: embedded, or an engine at an address such as spark://host:7077, with that engine's own options."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    address: str | None = None
    options: dict[str, str] = Field(default_factory=dict)
    keep_snapshots_days: int = Field(default=7, ge=0, le=3650)

    @model_validator(mode="before")
    @classmethod
    def _address_alone(cls, given: object) -> object:
        return {"address": given} if isinstance(given, str) else given

    @field_validator("options", mode="before")
    @classmethod
    def _as_text(cls, given: object) -> object:
        """YAML reads 4 and true as what they are; engines take text."""
        if not isinstance(given, dict):
            return given
        return {k: str(v).lower() if isinstance(v, bool) else str(v) for k, v in given.items()}

    @field_validator("address")
    @classmethod
    def _engine_is_known(cls, address: str | None) -> str | None:
        if address is not None:
            try:
                entry_of(address)
            except InputError as error:
                raise ValueError(f"{error.message}; {error.hint}") from error
        return address


class TableSettings(BaseModel):
    """Where a canonical table is found on that engine, and the names of its columns where they differ."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: str = Field(min_length=1)
    columns: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _place_alone(cls, given: object) -> object:
        return {"place": given} if isinstance(given, str) else given


class ProviderSettings(BaseModel):
    """Where people can sign in instead: an OpenID Connect provider, such as the company's own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: str
    client_id: str = Field(min_length=1)
    secret_variable: str = Field(default="TITIAN_OPENID_SECRET", pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    name: str = Field(default="OpenID", min_length=1, max_length=40)
    domains: tuple[str, ...] = ()
    role: Literal["admin", "analyst", "operator", "viewer"] = "viewer"

    @field_validator("issuer")
    @classmethod
    def _over_https(cls, issuer: str) -> str:
        parts = urlsplit(issuer)
        if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
            raise ValueError(f"the issuer {issuer!r} is no https:// address")
        return issuer.rstrip("/")


class ServerSettings(BaseModel):
    """How the console is served."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: int = Field(default=8484, ge=1, le=65535)
    max_upload_mb: int = Field(default=4096, ge=1)
    openid: ProviderSettings | None = None


class WorkspaceSettings(BaseModel):
    """What titian.yaml holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(default="shop", min_length=1, max_length=80)
    timezone: str = "Asia/Shanghai"
    currency: str = Field(default="CNY", pattern=r"^[A-Z]{3}$")
    language: Literal["zh", "en"] = "zh"
    warehouse: WarehouseSettings = WarehouseSettings()
    tables: dict[str, TableSettings] = Field(default_factory=dict)
    store: str | None = None
    server: ServerSettings = ServerSettings()
    channels: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """The ways to reach people, by key; each is what its kind takes, see `reach.registry`."""

    @field_validator("channels")
    @classmethod
    def _channels_could_work(cls, channels: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        for name, given in channels.items():
            try:
                registry.checked(texts.key(name), given)
            except InputError as error:
                raise ValueError(f"{error.message}; {error.hint}") from error
        return channels

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"{name!r} is no time zone; use a name such as Asia/Shanghai or Europe/London") from error
        return name

    @model_validator(mode="after")
    def _tables_are_on_an_engine(self) -> WorkspaceSettings:
        strange = [name for name in self.tables if name not in TABLES]
        if strange:
            raise ValueError(f"there is no table {strange[0]!r}; tables are {', '.join(TABLES)}")
        if self.tables and self.warehouse.address is None:
            raise ValueError("tables are named for an engine elsewhere: set warehouse to its address, or load files")
        return self


def read(path: Path) -> WorkspaceSettings:
    """The settings in the file `path`. Raises InputError with the line or the setting to mend."""
    try:
        held = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" line {mark.line + 1}" if mark else ""
        raise InputError(
            f"{path}{place} is not valid YAML",
            "mend that line, or delete the file and run titian init again; the data stay",
            zh=f"{path}{place.replace(' line ', ' 第 ')}{' 行' if place else ''}不是有效的 YAML",
            hint_zh="修改该行，或删除此文件后重新运行 titian init（数据不受影响）",
            file=str(path),
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not UTF-8 text",
            "save it as UTF-8",
            zh=f"{path} 不是 UTF-8 文本",
            hint_zh="请另存为 UTF-8 编码",
            file=str(path),
        ) from error
    if held is not None and not isinstance(held, dict):
        held = {"titian.yaml": held}
    return checked(held or {}, str(path))


def checked(values: dict[str, Any], origin: str) -> WorkspaceSettings:
    """Settings made of `values`. Raises InputError that names the first wrong one and where it stands."""
    try:
        return WorkspaceSettings.model_validate(values)
    except ValidationError as error:
        found = error.errors()[0]
        name = ".".join(str(part) for part in found["loc"]) or "tables"
        what = found["msg"].removeprefix("Value error, ")
        raise InputError(
            f"{origin}: {name}: {what}",
            f"mend {name}; settings are {', '.join(WorkspaceSettings.model_fields)}",
            zh=f"{origin} 中的设置 {name} 有误：{what}",
            hint_zh=f"请修改 {name}；可用设置：{'、'.join(WorkspaceSettings.model_fields)}",
            setting=name,
        ) from error


def write(path: Path, settings: WorkspaceSettings) -> None:
    """Put `settings` into the file `path`, whole or not at all."""
    text = yaml.safe_dump(settings.model_dump(), allow_unicode=True, sort_keys=False)
    write_whole(path, HEADING + text)


def write_whole(path: Path, text: str) -> None:
    """Write a small text file so that a reader, or a crash, sees the old one or the new one and nothing between."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise refused(path, error) from error


def refused(path: Path, error: OSError) -> StorageError:
    """What to say when the disk refuses to hold `path`."""
    return StorageError(
        f"cannot write {path}: {error.strerror}",
        "check free space and permissions of that folder, then try again",
        zh=f"无法写入 {path}：{error.strerror}",
        hint_zh="请检查该文件夹的剩余空间和权限后重试",
        file=str(path),
    )
