"""Secrets of channels: never in a file of settings, but named there by an environment variable or a file that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from titian.errors import InputError

LONGEST = 64 * 1024


class Secret(BaseModel):
    """Where a secret is: an environment variable, or a file (relative to the workspace) whose only content it is."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    variable: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    file: Path | None = None

    @model_validator(mode="before")
    @classmethod
    def _not_itself(cls, given: object) -> object:
        if isinstance(given, str):
            raise ValueError("a secret does not belong here: name what holds it, as {variable: NAME} or {file: PATH}")
        return given

    @model_validator(mode="after")
    def _in_one_place(self) -> Secret:
        if (self.variable is None) == (self.file is None):
            raise ValueError("name either a variable or a file that holds it")
        return self

    def read(self, environment: Mapping[str, str], folder: Path) -> str:
        """The secret. Raises InputError, without any of it, where there is none."""
        found = environment.get(self.variable) if self.variable is not None else self._in_file(folder)
        if not found:
            raise self._missing()
        return found

    def _in_file(self, folder: Path) -> str | None:
        assert self.file is not None
        try:
            with (folder / self.file).open(encoding="utf-8") as file:
                return file.read(LONGEST).strip()
        except (OSError, UnicodeDecodeError):
            return None

    def _missing(self) -> InputError:
        place = f"the environment variable {self.variable}" if self.variable else f"the file {self.file}"
        place_zh = f"环境变量 {self.variable}" if self.variable else f"文件 {self.file}"
        return InputError(
            f"{place} holds no secret",
            "set it where Titian runs; it is read when a channel is opened",
            zh=f"{place_zh}中没有密钥",
            hint_zh="请在运行 Titian 的环境中设置；打开渠道时会读取",
            variable=self.variable,
            file=self.file and str(self.file),
        )
