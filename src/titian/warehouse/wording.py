"""Wording: names and words compared without case, width, blanks, joints and remarks."""

from __future__ import annotations

import re
import unicodedata

_BRACKETS = re.compile(r"[(\[{【].*?[)\]}】]")
_JOINTS = re.compile(r"[\s_\-./:#*]+")


def normalised(name: str) -> str:
    """A column name without case, width, blanks, joints and remarks in brackets."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return _JOINTS.sub("", _BRACKETS.sub("", plain)) or _JOINTS.sub("", plain)
