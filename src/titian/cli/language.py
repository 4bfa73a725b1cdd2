"""Which language the command line speaks: TITIAN_LANG, else that of the locale."""

from __future__ import annotations

import os
from collections.abc import Mapping

from titian.app.answers import Words


def language(environment: Mapping[str, str] = os.environ) -> str:
    """zh when the first variable that is set begins with zh, else en."""
    for name in ("TITIAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "zh" if environment[name].lower().startswith("zh") else "en"
    return "en"


def say(zh: str, en: str) -> str:
    """The text in the language of this call."""
    return zh if language() == "zh" else en


def said(words: Words) -> str:
    """The words in the language of this call."""
    return words.said(language())
