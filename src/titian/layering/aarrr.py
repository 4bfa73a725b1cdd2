"""AARRR: how far a customer has come, from acquisition to referral."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
from pydantic import Field, NonNegativeInt, PositiveInt, model_validator

from titian.domain.cut import FittedCut
from titian.domain.note import Note
from titian.domain.reason import Reason
from titian.domain.refused import RefusedError
from titian.domain.words import Words
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.layering.plays_aarrr import AARRR_STAGES
from titian.layering.reasons import amount_words, fact, instant_text, reason_of
from titian.layering.remarks import with_sizes
from titian.layering.steps import Steps, notes_on_steps, path_reason
from titian.traits.acting import LAST_ACTIVE_AT, LAST_EVENT_AT, REGISTERED_AT
from titian.traits.bringing import BOUGHT_DAYS_COUNT, INVITATIONS_SENT
from titian.traits.catalogue import trait
from titian.traits.core_path import core_path_done_at
from titian.traits.declaring import days_between, words
from titian.traits.doing import first_event_at, times_any
from titian.traits.planner import TraitTable
from titian.traits.sources import Needs
from titian.traits.trait import Trait, Unit


class AARRR(Layering):
    """Five stages, the first match wins: referral, revenue, retention, activation, acquisition.

    referral: the core path done, and active on at least `referral_active_days` local days of the last
    `referral_window_days`; revenue: the last active local day lies at least `keep_days` after that of the completion;
    retention: the core path done; activation: registered, and an event later than that; acquisition: everybody else,
    seen or registered and nothing since. `revenue_needs_payment` asks for a purchase as well, `referral_needs_invite`
    for an invitation sent (a row of invites, or an event of inviting or referring).

    The core path is a list of events in order, from any start, with others between; `path_limit_days` of 24 hours run
    from its first step (None: no limit). A day is active with an event or a purchase. Registered is who has a
    registration in the profile or did the event of it; where nobody has either, nobody is in activation. AARRR knows no
    churn: the days of silence stand beside it.

    Needs: events; uses customers, orders and invites where they are. Source: McClure, *Startup Metrics for Pirates*
    (2007); the order of the last two, and the stages' terms, are the trade's.
    """

    kind = "aarrr"
    words = Words(zh="用户阶段 AARRR", en="Stage (AARRR)")
    meaning = Words(
        zh="获取、激活、留存、收入、传播，看客户走到了哪一步",
        en="acquisition, activation, retention, revenue, referral: how far a customer has come",
    )

    core_path: Steps = Field(default=("view", "cart", "purchase"), min_length=1)
    path_limit_days: PositiveInt | None = Field(default=7, le=36_500)
    keep_days: NonNegativeInt = 30
    referral_active_days: PositiveInt = 8
    referral_window_days: PositiveInt = 30
    revenue_needs_payment: bool = False
    referral_needs_invite: bool = False

    @model_validator(mode="after")
    def _active_days_fit_the_window(self) -> AARRR:
        if self.referral_active_days > self.referral_window_days + 1:
            raise RefusedError(
                zh=f"{self.referral_window_days} 天里不可能有 {self.referral_active_days} 个活跃日",
                en=f"{self.referral_window_days} days do not hold {self.referral_active_days} active days",
            )
        return self

    def needs(self) -> Needs:
        """Events alone are enough."""
        return frozenset({frozenset({"events"})})

    @property
    def movable(self) -> bool:
        """Not where it looks at invitations, or at purchases: these depend on the first order of anybody."""
        return not (self.revenue_needs_payment or self.referral_needs_invite)

    def traits(self) -> Mapping[str, Trait]:
        """The completion, what came after it, the registration, and silence."""
        done = core_path_done_at(self.core_path, self.path_limit_days)
        found = {
            "core_path_done_at": done,
            "kept_days": _kept_days(done),
            "active_days": trait("active_days").within(self.referral_window_days),
            "registered_at": REGISTERED_AT,
            "first_register_at": first_event_at("register"),
            "last_event_at": LAST_EVENT_AT,
            "silence_days": trait("silence_days"),
        }
        if self.revenue_needs_payment:
            found["bought_days"] = BOUGHT_DAYS_COUNT
        if self.referral_needs_invite:
            found |= {"invitations_sent": INVITATIONS_SENT, "invite_events": times_any(("invite", "refer"))}
        return found

    def fit(self, traits: TraitTable) -> Fitted:
        """The stages; nothing is taken from the customers but what to remark on."""
        cuts = (
            _least("keep_days", "kept_days", self.keep_days),
            _least("referral_active_days", "active_days", self.referral_active_days),
        )
        fitted = Fitted(
            kind=self.kind,
            as_of=traits.as_of,
            currency=traits.data.currency,
            layers=tuple(stage.model_copy(update={"rank": rank}) for rank, stage in enumerate(AARRR_STAGES, 1)),
            cuts=cuts,
            customers=0,
            found={"timezone": traits.data.timezone},
        )
        rows = traits.view(self.traits())
        sized = with_sizes(fitted, rows.select(layer=self.layer(rows, fitted)), traits.data)
        notes = (*sized.notes, *notes_on_steps(traits, self.core_path), *_notes_on_registration(traits, rows))
        return sized.model_copy(update={"notes": notes})

    def layer(self, rows: ir.Table, fitted: Fitted) -> ir.StringValue:  # noqa: ARG002
        """The first stage that matches, from the top."""
        done = rows.core_path_done_at.notnull()
        often = done & (rows.active_days >= self.referral_active_days)
        if self.referral_needs_invite:
            often = often & ((rows.invitations_sent > 0) | (rows.invite_events > 0))
        kept = done & (rows.kept_days >= self.keep_days)
        if self.revenue_needs_payment:
            kept = kept & (rows.bought_days > 0)
        return ibis.cases(
            (often, "referral"),
            (kept, "revenue"),
            (done, "retention"),
            (_did_something_since(rows), "activation"),
            else_="acquisition",
        )

    def reasons(self, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        """The core path, then what was done after it, or the registration where it was not done; and silence."""
        timezone = str(fitted.found["timezone"])
        done_at = row["core_path_done_at"]
        path = path_reason("core_path_done_at", done_at, self.core_path, self.path_limit_days, timezone)
        rest = self._after(row, fitted) if path.high else [_registration(row, timezone)]
        return [path, *rest, self._silence(row)]

    def _after(self, row: Mapping[str, object], fitted: Fitted) -> list[Reason]:
        traits = self.traits()
        found = [reason_of(traits[cut.trait], row[cut.trait], cut, fitted.currency) for cut in reversed(fitted.cuts)]
        if self.referral_needs_invite:
            sent = bool(row["invitations_sent"] or row["invite_events"])
            said = (
                words("邀请过别人", "has invited others") if sent else words("还没有邀请过别人", "has invited nobody")
            )
            found.insert(1, fact("invitations_sent", said, high=sent, value=row["invitations_sent"]))
        if self.revenue_needs_payment:
            paid = bool(row["bought_days"])
            said = words("付过款", "has paid") if paid else words("还没有付过款", "has not paid yet")
            found.append(fact("bought_days", said, high=paid, value=row["bought_days"]))
        return found

    def _silence(self, row: Mapping[str, object]) -> Reason:
        days = row["silence_days"]
        if not isinstance(days, int | float) or days != days:
            return fact("silence_days", words("从未活跃，也没有出现日期", "never active, and no date of first sight"))
        silent = amount_words(days, Unit.DAYS, "")
        return fact("silence_days", words(f"已沉默 {silent.zh}", f"silent for {silent.en}"), value=days)


def _kept_days(done: Trait) -> Trait:
    return Trait(
        f"{done.column}_kept_days",
        words("完成后留存天数", "days kept on"),
        words("从走完核心路径到最近一次活跃的本地天数", "local days from the completion to the last activity"),
        Unit.DAYS,
        days_between(done, LAST_ACTIVE_AT),
    )


def _least(field: str, column: str, days: int) -> FittedCut:
    return FittedCut(field=field, trait=column, rule=days, value=days, inclusive=True, better="high")


def _did_something_since(rows: ir.Table) -> ir.BooleanValue:
    """An event later than the registration, and than the event of it: that one is no activity yet."""
    later = rows.last_event_at > rows.registered_at
    return later & (rows.first_register_at.isnull() | (rows.last_event_at > rows.first_register_at))


def _registration(row: Mapping[str, object], timezone: str) -> Reason:
    at = instant_text(row["registered_at"], timezone)
    if not at:
        return fact("registered_at", words("没有注册记录", "no registration known"), high=False)
    if row["layer"] == "activation":
        last = instant_text(row["last_event_at"], timezone)
        said = words(
            f"{at} 注册，之后还有行为，最近一次在 {last}",
            f"registered on {at} and has done things since, last on {last}",
        )
        return fact("registered_at", said, high=True)
    return fact(
        "registered_at", words(f"{at} 注册，之后再没有行为", f"registered on {at} and nothing since"), high=False
    )


def _notes_on_registration(traits: TraitTable, rows: ir.Table) -> tuple[Note, ...]:
    (found,) = traits.data.execute(rows.aggregate(customers=rows.count(), registered=rows.registered_at.count()))
    if found["registered"] or not found["customers"]:
        return ()
    text = Words(
        zh="没有任何客户的注册记录，因此“激活”层不会有人。请导入带注册时间的客户表，或说明注册行为在你们那里叫什么。",
        en="Nobody's registration is known, so nobody can be in activation. Load customers with registered_at, or say "
        "what the event of registering is called here.",
    )
    return (Note(code="nobody_registered", text=text),)
