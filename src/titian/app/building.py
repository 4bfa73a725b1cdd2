"""Building: layerings of the team's own, tried before they are made, made, removed and brought back."""

from __future__ import annotations

from titian.app import masking, usage
from titian.app.answers.base import TraitInfo
from titian.app.answers.layering import (
    KindInfo,
    LayeringPreview,
    LayeringSummary,
    NewLayering,
    PreviewAsked,
    PreviewLayer,
)
from titian.app.definition import Definition, taken
from titian.app.desk import Reading
from titian.app.held import Held, held, made, missing
from titian.app.held import asked as asked_for
from titian.app.hiding import Hiding
from titian.app.layerings import schema_of, summary
from titian.app.showing import layer_info, note_infos, trait_info
from titian.errors import ConflictError, InputError, MissingDataError
from titian.layering.assignment import assign
from titian.layering.registry import LAYERINGS
from titian.traits.catalogue import CATALOGUE

ADDRESSES = frozenset({"new", "compare", "preview"})
"""Pages and routes that stand where a key would."""


def kinds() -> list[KindInfo]:
    """Every kind of layering, with an example of its parameters."""
    return [
        KindInfo(
            kind=kind,
            name=made_by.words,
            meaning=made_by.meaning,
            ordered=made_by.ordered,
            ready=made_by.ready,
            parameters=made_by.example().parameters,
            parameters_schema=schema_of(made_by),
        )
        for kind, made_by in LAYERINGS.items()
    ]


def traits() -> list[TraitInfo]:
    """Every trait that rules, cuts and clusters can name, but for those that who asks may not ask by."""
    return [trait_info(trait.column, trait) for trait in CATALOGUE.values() if masking.shows(trait)]


def preview(reading: Reading, asked: PreviewAsked) -> LayeringPreview:
    """Everyone's layer as it would be. Raises LayeringError with the field that is wrong, MissingDataError."""
    found = asked_for(Definition(kind=asked.kind, key=asked.kind, parameters=asked.parameters))
    day = reading.day(asked.as_of)
    _check_data(reading, found)
    got = assign(found.layering, reading.counted(day), reading.instant(day))
    counted = got.customers_by_layer()
    return LayeringPreview(
        excluded=got.data.excluded,
        as_of=day,
        ordered=found.layering.ordered,
        layers=tuple(
            PreviewLayer(layer=layer_info(layer), customers=counted.get(layer.key, 0)) for layer in got.fitted.layers
        ),
        customers=sum(counted.values()),
        notes=note_infos(got.notes),
    )


def create(reading: Reading, asked: NewLayering) -> LayeringSummary:
    """Make a layering; the same asked again is the same layering. Raises ConflictError for a key that is taken."""
    _check_name(asked)
    if asked.key in ADDRESSES or (asked.key in LAYERINGS and LAYERINGS[asked.key].ready):
        raise taken(asked.key)
    draft = asked_for(Definition(kind=asked.kind, key=asked.key, name=asked.name, parameters=asked.parameters))
    created = reading.desk.definitions.create(draft.whole)
    return summary(reading, made(created), reading.present.end)


def remove(reading: Reading, key: str) -> None:
    """Take one of the team's own layerings away; its versions stay.

    Raises ConflictError for one of the house, and while rules name it, MaskedError for one that is hidden from who acts.
    """
    Hiding(reading.desk).need(f"layerings/{key}")
    found = held(reading.desk).get(key)
    if found is not None and not found.own:
        raise ConflictError(
            f"{key} comes with Titian and stays",
            "only layerings of your own can be removed",
            zh=f"“{found.words.zh}”是自带的分层，不能删除",
            hint_zh="只能删除自己新建的分层",
            key=key,
        )
    if users := usage.users(reading.desk, f"layerings/{key}"):
        raise usage.in_use(key, users)
    reading.desk.definitions.remove(key)


def restore(reading: Reading, key: str) -> LayeringSummary:
    """Bring a removed layering back as it last was.

    Raises NotFoundError for one that never was, MaskedError for one that is hidden from who acts.
    """
    if history := reading.desk.definitions.history(key):
        Hiding(reading.desk).need_definition("layerings", history[-1].definition)
    restored = reading.desk.definitions.restore(key)
    return summary(reading, made(restored), reading.present.end)


def _check_data(reading: Reading, found: Held) -> None:
    absent = missing(reading, found.layering)
    if absent is not None:
        raise MissingDataError(
            f"this layering {absent.en}",
            "load them on the page Data, or choose other traits",
            zh=f"这个分层{absent.zh}",
            hint_zh="请在“数据”页导入，或换用其他指标",
        )


def _check_name(asked: NewLayering) -> None:
    if not asked.name.zh.strip() or not asked.name.en.strip():
        raise InputError(
            "a layering needs a name in both languages",
            "give a name; the same in both will do",
            zh="分层需要中英文名称",
            hint_zh="请填写名称，两种语言可以相同",
            field="name",
        )
