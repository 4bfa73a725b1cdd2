"""Masking: what of a customer is shown to whom may not see personal data, and what they may not ask for.

Names, contacts, birthdays and notes are personal. Who has no `customers.personal` sees them masked, and neither searches nor
filters, sorts or counts by them: from counts of a question asked often enough, what is masked could be read. So it is with
definitions that others made by them (`resting`, `hiding`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from titian.app.answers.imports import ImportRun
from titian.app.named import Named
from titian.app.permitted import may
from titian.domain.words import Words
from titian.errors import ForbiddenError, MaskedError
from titian.layering.layering import Layering
from titian.traits.catalogue import CATALOGUE
from titian.traits.knowing import BIRTH_DATE
from titian.traits.planner import with_needs
from titian.traits.trait import Trait


def personal(traits: Iterable[Trait]) -> bool:
    """Whether any of these traits tells something personal, or is derived from one that does."""
    return BIRTH_DATE.key in {read.key for read in with_needs(traits)}


PERSONAL_TRAITS = frozenset(key for key, one in CATALOGUE.items() if personal([one]))
"""Traits that tell something personal: the birthday, and what is read from it, as the age, which on every day tells it."""
_PERSONAL = re.compile(rf"({'|'.join(sorted(PERSONAL_TRAITS))})(_\d+d|_between_.+)*")
"""One of them, also over a window or a span: what it reads stays the same."""
HIDDEN = "***"
MASKED = Words(zh="依据个人信息，内容已打码", en="rests on personal data: masked")
"""What is said in place of a rule."""
FAILED = Words(
    zh="导入失败；详情仅对可查看个人信息的成员显示", en="it failed; why is shown to whom may see personal data"
)


def sees_personal() -> bool:
    """Whether who acts may see personal data."""
    return may("customers.personal")


def name_shown(name: str | None) -> str | None:
    """A name as it may be shown: 王**."""
    return name if name is None or sees_personal() else f"{name[:1]}**"


def birth_date_shown(value: str) -> str:
    """A birthday as it may be shown: the year."""
    return value if sees_personal() else f"{value[:4]}-**-**"


def shows(trait: Trait) -> bool:
    """Whether values of a trait may be shown."""
    return sees_personal() or not personal([trait])


def shows_layering(layering: Layering) -> bool:
    """Whether anything of a layering but its name may be shown: where a customer is, and since when, tells what it reads."""
    return sees_personal() or not personal(layering.traits().values())


def run_shown(run: ImportRun) -> ImportRun:
    """An import as it may be told: what was wrong with rows repeats what stands in them.

    The name of a batch ends in a digest of its file, by which somebody could find what stands there by guessing.
    """
    if sees_personal():
        return run
    result = run.result and run.result.model_copy(update={"rejects": (), "notes": ()})
    error = run.error and FAILED
    batch = run.batch_id and run.batch_id.partition("-")[0]
    return run.model_copy(update={"batch_id": batch, "result": result, "error": error, "mend": error and None})


def refuse_personal(parameters: Iterable[tuple[str, str]], body: Any) -> None:
    """Raise ForbiddenError where a call names a personal trait, wherever: in rules, columns, bounds, orders."""
    asked = {part for _, value in parameters for part in value.split(":")}
    found = (_PERSONAL.fullmatch(text.strip()) for text in asked | set(_texts(body)))
    named = sorted({one[1] for one in found if one})
    if named:
        raise refused(named)


def refused(traits: list[str]) -> ForbiddenError:
    """What to say to somebody who asks by personal traits and may not see them."""
    return ForbiddenError(
        f"you may not ask by {', '.join(traits)}: it is personal data",
        "ask by other traits, or ask an admin for a role that sees personal data",
        zh=f"没有权限按 {'、'.join(traits)} 查询：这是个人信息",
        hint_zh="请改用其他指标，或请管理员分配可查看个人信息的角色",
        traits=traits,
    )


_SORTS = {
    "layerings": Words(zh="分层", en="the layering"),
    "audiences": Words(zh="人群", en="the audience"),
    "tags": Words(zh="标签", en="the tag"),
    "population": Words(zh="排除规则", en="the rule of who is left out,"),
}


def masked(place: Named, name: Words) -> MaskedError:
    """What to say of something that rests on personal data, to whom may not see them."""
    sort = _SORTS[place.partition("/")[0]]
    return MaskedError(
        f"{sort.en} {name.en or name.zh} rests on personal data, which you may not see",
        "use one that rests on other traits, or ask an admin for a role that sees personal data",
        zh=f"没有权限查看{sort.zh}“{name.zh or name.en}”：它依据个人信息",
        hint_zh="请改用不依据个人信息的定义，或请管理员分配可查看个人信息的角色",
        masked=place,
        name=name.model_dump(),
    )


def _texts(value: Any) -> Iterator[str]:
    """All texts in a JSON value; without recursion, since it may be of any depth."""
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            left += [*one, *one.values()]
        elif isinstance(one, list):
            left += one
