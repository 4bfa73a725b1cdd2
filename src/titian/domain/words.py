"""Words: one text in Chinese and English."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Words(BaseModel):
    """The same text in both languages of the console."""

    model_config = ConfigDict(frozen=True)

    zh: str
    en: str

    def said(self, language: str) -> str:
        """The text in `language` ("zh" or "en")."""
        return self.zh if language == "zh" else self.en

    def format(self, **values: object) -> Words:
        """Both texts with `{name}` places filled in."""
        return Words(zh=self.zh.format(**values), en=self.en.format(**values))
