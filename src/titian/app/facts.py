"""Facts: what is known of a customer from their profile, and how it changed, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterator

from titian.app.answers.customers import FactInfo
from titian.app.past import Past, Row
from titian.app.personal import BIRTH_DATE, CONTACTS, PLAIN, name_of, shown
from titian.domain.words import Words
from titian.warehouse.tables import CUSTOMERS

FACTS = ("gender", BIRTH_DATE, *PLAIN[1:])
CALLED = {column.name: column.words for column in CUSTOMERS.columns}
VALUES = {
    "gender": {
        **dict.fromkeys(("female", "f", "女"), Words(zh="女", en="female")),
        **dict.fromkeys(("male", "m", "男"), Words(zh="男", en="male")),
    }
}
"""Values that every reader has a word for."""


def name_and_facts(past: Past) -> tuple[str | None, tuple[FactInfo, ...]]:
    """The name and the undated facts; phone and e-mail only as far as one recognises them."""
    for row in past.rows.get("customers", ()):
        return name_of(row), tuple(_facts(row))
    return None, ()


def _facts(row: Row) -> Iterator[FactInfo]:
    for name in (*FACTS, *CONTACTS):
        if row[name] is not None:
            yield FactInfo(key=name, name=CALLED[name], value=value_words(name, str(row[name])))


def value_words(attribute: str, value: str) -> Words:
    """The value of an attribute as it may be shown."""
    value = shown(attribute, value)
    return VALUES.get(attribute, {}).get(value.strip().lower(), Words(zh=value, en=value))


def change_words(attribute: str, value: str | None) -> Words:
    """That an attribute took a value on."""
    called = CALLED.get(attribute, Words(zh=attribute, en=attribute))
    if value is None:
        return Words(zh=f"{called.zh}已清空", en=f"{called.en} removed")
    now = value_words(attribute, value)
    return Words(zh=f"{called.zh}：{now.zh}", en=f"{called.en}: {now.en}")
