"""Naming: a name that somebody gave to a layer, in one language or both."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from titian.domain.refused import RefusedError
from titian.domain.words import Words


def named(given: Words) -> Words:
    """The name, one language standing in for the other. Raises RefusedError where neither says anything."""
    zh, en = given.zh.strip(), given.en.strip()
    if not zh and not en:
        raise RefusedError(zh="层级需要名称，中英文填一种即可", en="a layer needs a name, in one language at least")
    return Words(zh=zh or en, en=en or zh)


Name = Annotated[Words, AfterValidator(named)]
"""The name of a layer of the team's own."""
