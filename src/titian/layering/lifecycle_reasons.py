"""Why a customer is in a stage of the lifecycle, in words."""

from __future__ import annotations

from collections.abc import Mapping

from titian.domain.cut import FittedCut
from titian.domain.reason import Reason
from titian.domain.words import Words
from titian.layering.reasons import amount_words, fact, reason_of
from titian.traits.catalogue import trait
from titian.traits.trait import Trait, Unit


def silence_reason(row: Mapping[str, object], whose: Words) -> Reason:
    """Silence against the time after which it was too long, or would be."""
    column = "churned_after_days" if row["layer"] == "churned" else "dormant_after_days"
    limit = number(row[column])
    cut = FittedCut(field=column, trait="silence_days", rule=limit or 0.0, value=limit, inclusive=True, better="low")
    reason = reason_of(trait("silence_days"), number(row["silence_days"]), cut, "")
    if reason.value is None:
        said = Words(zh="从未活跃，也没有出现日期", en="never active, and no date of first sight")
        return reason.model_copy(update={"sentence": said})
    silent = amount_words(reason.value, Unit.DAYS, "")
    if limit is None:
        said = Words(
            zh=f"已沉默 {silent.zh}，还没有节奏可比", en=f"silent for {silent.en}; there is no rhythm to compare with"
        )
        return reason.model_copy(update={"sentence": said})
    line = amount_words(limit, Unit.DAYS, "")
    side = Words(zh="没有超过", en="within") if reason.high else Words(zh="超过了", en="longer than")
    end = Words(zh="流失线", en="the line of churn, ") if column == "churned_after_days" else Words(zh="", en="")
    said = Words(
        zh=f"已沉默 {silent.zh}，{side.zh} {line.zh}（{whose.zh}{end.zh}）",
        en=f"silent for {silent.en}, {side.en} {line.en} ({end.en}{whose.en})",
    )
    return reason.model_copy(update={"sentence": said})


def fall_reason(of: Trait, name: str, row: Mapping[str, object], window_days: int, fall_to: float) -> Reason | None:
    """Activity in the window against that of the window before; nothing where there was none."""
    now, before = number(row[name]), number(row[f"{name}_before"])
    if now is None or not before:
        return None
    fell = now <= round(before * fall_to, 6)
    have, had = amount_words(now, of.unit, ""), amount_words(before, of.unit, "")
    verdict = Words(zh="降到了", en="down to") if fell else Words(zh="没有降到", en="not down to")
    said = Words(
        zh=f"近 {window_days} 天{of.words.zh} {have.zh}，此前 {window_days} 天为 {had.zh}，{verdict.zh}后者的 {fall_to:.0%} 或以下",
        en=f"{of.words.en} {have.en} in {window_days} days after {had.en} in the {window_days} before: "
        f"{verdict.en} {fall_to:.0%} or less",
    )
    return fact(name, said, high=not fell, value=now)


def purchase_reason(days: object) -> Reason:
    """On how many days the customer bought."""
    count = int(number(days) or 0)
    if not count:
        return fact("bought_days", Words(zh="还没有成交", en="has not bought yet"), high=False, value=0)
    said = Words(zh=f"在 {count:,} 个日子成交过", en=f"bought on {count:,} day{'s' if count > 1 else ''}")
    return fact("bought_days", said, high=count > 1, value=count)


def number(value: object) -> float | None:
    """A number of a result; None for nothing and for what is none."""
    found = float(value) if isinstance(value, int | float) else None
    return found if found == found else None
