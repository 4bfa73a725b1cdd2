"""Columns: how the cells of one target become typed values, plainly or with care, as SQL expressions."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field

from titian.domain.mapping import DateOrder
from titian.warehouse import sql
from titian.warehouse.parsing.cells import Temporal
from titian.warehouse.parsing.profile import PLAIN_ID, PLAIN_MONEY, PLAIN_NUMBER, Look
from titian.warehouse.parsing.targets import Target
from titian.warehouse.tables import Kind

PLAIN_INTEGER = r"-?\d{1,18}"


@dataclass(frozen=True)
class Reading:
    """A typed value, why there is none (a fault's key, or NULL), and what must be computed before, in layers."""

    value: str
    fault: str = "NULL"
    layers: tuple[dict[str, str], ...] = ()
    rounded: str | None = None
    """True on rows whose amount had more than four decimals."""


@dataclass(frozen=True)
class Manner:
    """What a person or the whole column says about how to read its cells."""

    decimal_comma: bool = False
    spreadsheet: bool = False
    """Numbers may be Excel's serial days."""
    day_orders: ReadOnly[str, DateOrder] = field(default_factory=dict)
    statuses: ReadOnly[str, str] = field(default_factory=dict)
    """Every status word of the source (lower case) → its status."""
    temporal: ReadOnly[str, Temporal] = field(default_factory=dict)
    """Columns that are timestamps already."""


def reading(target: Target, look: Look, manner: Manner) -> Reading:
    """How to read the target's column, given a look at all of it."""
    name = target.column.name
    cell = sql.name(name)
    if name in manner.temporal:
        return _given(cell, target.column.kind, manner.temporal[name])
    match target.column.kind:
        case "id":
            return _plain(cell) if look.all_plain else _id(cell, name, look)
        case "instant":
            return _plain(f"utc_of(CAST({cell} AS TIMESTAMP))") if _simple_time(look) else _time(name, manner)
        case "date":
            return _date(name, manner)
        case "money":
            simple = look.all_plain and not manner.decimal_comma
            return _plain(f"CAST({cell} AS DECIMAL(18, 4))") if simple else _money(name, manner)
        case "number":
            simple = look.all_plain and not manner.decimal_comma
            return _plain(f"CAST({cell} AS DOUBLE)") if simple else _number(name, manner, "DOUBLE")
        case "integer":
            return _number(name, manner, "BIGINT")
        case "status":
            return _status(cell, manner)
        case "json":
            return Reading(f"trimmed({cell})", f"CASE WHEN NOT json_valid({cell}) THEN 'not_json' END")
        case _:
            return _plain(f"trimmed({cell})")


def _given(cell: str, kind: Kind, meant: Temporal) -> Reading:
    """A timestamp as it is."""
    if kind == "date":
        fault = f"CASE WHEN year({cell}) NOT BETWEEN 1900 AND 2099 THEN 'date_implausible' END"
        return Reading(f"CAST({cell} AS DATE)", fault)
    value = cell if meant == "utc" else f"utc_of({cell})"
    return Reading(value, f"CASE WHEN year({cell}) NOT BETWEEN 1970 AND 2099 THEN 'time_implausible' END")


def _plain(value: str) -> Reading:
    return Reading(value)


def _simple_time(look: Look) -> bool:
    """Every cell is ISO and the profile has seen that none is implausible; a fault needs the careful way."""
    return look.all_plain and str(look.low or "1970") >= "1970" and str(look.high or "1970") < "2100"


def _id(cell: str, name: str, look: Look) -> Reading:
    odd, text = sql.name(f"{name} odd"), sql.name(f"{name} text")
    value = f"CASE WHEN {odd} IS NULL THEN {cell} ELSE {text} END"
    layers = (
        {
            f"{name} odd": f"CASE WHEN NOT regexp_full_match({cell}, '{PLAIN_ID}') THEN coalesce(trimmed({cell}), '') END"
        },
        {f"{name} text": f"nullif(id_text({odd}, {'true' if look.whole_floats else 'false'}), '')"},
    )
    return Reading(value, f"id_fault({odd})", layers)


def _time(name: str, manner: Manner) -> Reading:
    plain, text, dated, counted, clock, parts, wall, zone, utc = (
        sql.name(f"{name} {part}")
        for part in ("plain", "text", "dated", "counted", "clock", "parts", "wall", "zone", "utc")
    )
    serial = f"serial({text})" if manner.spreadsheet else "NULL::TIMESTAMP"
    order = sql.literal(manner.day_orders.get(name, ""))
    read = f"coalesce({plain}, wall({dated}, {clock}, {parts}), {serial})"
    layers = (
        {f"{name} plain": f"iso({sql.name(name)})"},
        {f"{name} text": f"CASE WHEN {plain} IS NULL THEN time_text({sql.name(name)}) END"},
        {f"{name} dated": f"dated({text}, {order})", f"{name} counted": f"counted({text})"},
        {f"{name} clock": f"clock_text({dated})"},
        {f"{name} parts": f"clock({clock})"},
        {f"{name} wall": read, f"{name} zone": f"zone_seconds({parts}.zone)"},
        {
            f"{name} utc": f"CASE WHEN {counted} IS NOT NULL THEN {counted} "
            f"WHEN {zone} IS NOT NULL THEN {wall} - to_seconds({zone}) ELSE utc_of({wall}) END"
        },
    )
    return Reading(utc, f"time_fault({text}, {utc}, coalesce({counted}, {wall}))", layers)


def _date(name: str, manner: Manner) -> Reading:
    """A calendar day, the same in every zone."""
    as_time = _time(name, manner)
    wall = sql.name(f"{name} wall")
    text = sql.name(f"{name} text")
    missing = f"CASE WHEN {wall} IS NULL THEN time_fault({text}, NULL::TIMESTAMP, NULL::TIMESTAMP)"
    implausible = f"WHEN year({wall}) NOT BETWEEN 1900 AND 2099 THEN 'date_implausible' END"
    return Reading(f"CAST({wall} AS DATE)", f"{missing} {implausible}", as_time.layers)


def _money(name: str, manner: Manner) -> Reading:
    fast, text, bare, plain, exact, slow = (
        sql.name(f"{name} {part}") for part in ("fast", "text", "bare", "plain", "exact", "slow")
    )
    comma = "true" if manner.decimal_comma else "false"
    layers = (
        {f"{name} fast": _fast(name, PLAIN_MONEY, "DECIMAL(18, 4)", manner)},
        {f"{name} text": f"CASE WHEN {fast} IS NULL THEN narrow({sql.name(name)}) END"},
        {f"{name} bare": f"money_bare({text})"},
        {f"{name} plain": f"money_plain({bare}, {comma})"},
        {f"{name} exact": f"money_exact({plain})"},
        {f"{name} slow": f"money_rounded({exact})"},
    )
    not_money = f"CASE WHEN {text} IS NOT NULL AND {plain} IS NULL THEN 'not_money'"
    fault = f"{not_money} WHEN {plain} IS NOT NULL AND {slow} IS NULL THEN 'money_range' END"
    return Reading(f"coalesce({fast}, {slow})", fault, layers, rounded=f"{exact} <> {slow}")


def _fast(name: str, plain: str, stored: str, manner: Manner) -> str:
    """What most cells are; with decimal commas 1.234 would be read wrongly, so nothing is taken as plain."""
    if manner.decimal_comma:
        return f"NULL::{stored}"
    cell = sql.name(name)
    return f"CASE WHEN regexp_full_match({cell}, '{plain}') THEN TRY_CAST({cell} AS {stored}) END"


def _number(name: str, manner: Manner, stored: str) -> Reading:
    fast, text, plain, slow = (sql.name(f"{name} {part}") for part in ("fast", "text", "plain", "slow"))
    comma = "true" if manner.decimal_comma else "false"
    whole = stored == "BIGINT"
    cast = f"regexp_replace({plain}, '\\.0*$', '')" if whole else plain
    layers = (
        {f"{name} fast": _fast(name, PLAIN_INTEGER if whole else PLAIN_NUMBER, stored, manner)},
        {f"{name} text": f"CASE WHEN {fast} IS NULL THEN narrow({sql.name(name)}) END"},
        {f"{name} plain": f"money_plain({text}, {comma})"},
        {f"{name} slow": f"TRY_CAST({cast} AS {stored})"},
    )
    wrong = f"{slow} IS NULL" if whole else f"{slow} IS NULL OR NOT isfinite({slow})"
    fault = f"CASE WHEN {text} IS NOT NULL AND ({wrong}) THEN '{'not_integer' if whole else 'not_number'}' END"
    return Reading(f"coalesce({fast}, {slow})", fault, layers)


def _status(cell: str, manner: Manner) -> Reading:
    if not manner.statuses:
        return Reading("NULL::VARCHAR", f"CASE WHEN trimmed({cell}) IS NOT NULL THEN 'unknown_status' END")
    whens = " ".join(f"WHEN {sql.literal(word)} THEN {sql.literal(to)}" for word, to in manner.statuses.items())
    value = f"CASE trimmed({cell}) {whens} END"
    return Reading(value, f"CASE WHEN trimmed({cell}) IS NOT NULL AND {value} IS NULL THEN 'unknown_status' END")
