"""The base of every answer, and the small values that several answers share."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict

from titian.domain.words import Words


class Answer(BaseModel):
    """A frozen value that a use case returns."""

    model_config = ConfigDict(frozen=True)


class TraitInfo(Answer):
    """What a trait is, for headings and hovers."""

    key: str
    """The column's name in results."""
    trait: str
    """The key in the catalogue, with its window: `spend_365d`."""
    name: Words
    meaning: Words
    unit: str
    """days, orders, money, share, date, times, seconds, text or none."""
    better: str
    """high or low: which end of the trait is the good one."""
    window_days: int | None
    windowed: bool
    """Whether days can be put behind its name: spend, spend_365d."""


class LayerInfo(Answer):
    """A layer as a definition names it."""

    key: str
    rank: int | None
    """1 is the highest; None stands outside the ranking."""
    name: Words
    meaning: Words
    play: PlayInfo


class PlayInfo(Answer):
    """The default play of a layer."""

    aim: Words
    actions: tuple[Words, ...]
    channels: tuple[str, ...]
    """e-mail, sms, push, wecom, staff …"""
    cadence: Words


class NoteInfo(Answer):
    """A remark on what the numbers rest on: few customers, everyone bought once, an undated refund."""

    code: str
    text: Words


class Counted(Answer):
    """An answer that counts customers."""

    excluded: int
    """Customers whom the rule of the workspace leaves out, of the store where one is looked at; they are in no figure."""


class Period(Counted):
    """The date that is looked at and the one it is compared with, both local days of the workspace."""

    as_of: date
    compare: date | None


LayerInfo.model_rebuild()
