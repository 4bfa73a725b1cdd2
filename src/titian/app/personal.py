"""Personal: the names, phones and e-mails of customers and their ids elsewhere: read, masked and searched in one place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from titian.app import masking
from titian.warehouse.dataset import Dataset

NAME = "name"
BIRTH_DATE = "birth_date"
PLAIN = ("gender", "city", "province", "country", "profession", "channel", "store_id")
"""Of the profile what is no secret."""
CONTACTS = ("phone", "email")
FEWEST_DIGITS = 4
"""Of a phone that is searched by its digits alone: fewer are anybody's."""
_DIALLED = re.compile(r"[+(\d][\d\s().\-–/]*")
_CHINA = re.compile(r"(?:\+|00)86(?=\d)|86(?=1\d{10}$)")
"""What stands before a Chinese number that is called from abroad."""


def name_of(row: Mapping[str, object]) -> str | None:
    """The name of a customer, as it may be shown."""
    value = row[NAME]
    return masking.name_shown(None if value is None else str(value))


def shown(attribute: str, value: str) -> str:
    """A value of the profile as it may be shown: of phone and e-mail only as much as one recognises them by."""
    if attribute in CONTACTS:
        return masked(value)
    if attribute == BIRTH_DATE:
        return masking.birth_date_shown(value)
    # What a team calls its own attributes says nothing of what stands in them.
    return value if attribute in PLAIN or masking.sees_personal() else masking.HIDDEN


def masked(contact: str) -> str:
    """A phone number or an address with its middle hidden: 138****5678, l***@example.com."""
    name, at, domain = contact.rpartition("@")
    if at:
        return f"{name[:1]}***@{domain}"
    return f"{contact[:3]}****{contact[-4:]}" if len(contact) >= 10 else "****"


def matching(data: Dataset, rows: ir.Table, text: str) -> ir.BooleanValue:
    """Whose id, name, phone, e-mail or id elsewhere holds the text, of `rows` with a customer_id.

    For whom may not see the others only the id.
    Case does not count, nor do full-width forms, blanks in names, what is put between the digits of a phone, and +86.
    """
    if not masking.sees_personal():
        return rows.customer_id.lower().contains(text.strip().lower())
    wanted = unicodedata.normalize("NFKC", text).strip().lower()
    matches = rows.customer_id.lower().contains(text.strip().lower())
    if data.has("customers"):
        customers = data.table("customers")
        found = customers.filter(ibis.or_(*_in_profile(customers, wanted)))
        matches = matches | rows.customer_id.isin(found.customer_id)
    if data.has("identities"):
        others = data.table("identities")
        found = others.filter(others.source_id.lower().contains(wanted), others.customer_id.notnull())
        matches = matches | rows.customer_id.isin(found.customer_id)
    return matches


def _in_profile(customers: ir.Table, wanted: str) -> list[ir.BooleanValue]:
    without_blanks = "".join(wanted.split())
    matches = [customers[column].lower().contains(wanted) for column in (NAME, *CONTACTS)]
    matches.append(customers[NAME].lower().re_replace(r"\s+", "").contains(without_blanks))
    digits = _digits(wanted)
    if digits:
        matches.append(customers.phone.re_replace("[^0-9]+", "").contains(digits))
    return [match.fill_null(False) for match in matches]


def _digits(wanted: str) -> str:
    """The digits of what could be a part of a phone, without the country's where it is China; else nothing."""
    if not _DIALLED.fullmatch(wanted):
        return ""
    dialled = "".join(one for one in wanted if one.isdigit() or one == "+")
    digits = _CHINA.sub("", dialled, count=1).replace("+", "")
    return digits if len(digits) >= FEWEST_DIGITS else ""
