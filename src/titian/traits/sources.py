"""Sources: the row sets that traits fold, each with the facts a fold may name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from titian.traits.moment import Moment
from titian.warehouse.dataset import Dataset

LONGEST_S = 10**9
"""Over thirty years in seconds: no event lasts longer."""

Needs = frozenset[frozenset[str]]
"""Canonical tables: of each group at least one must have been handed in."""
Rows = Callable[[Dataset, Moment], ir.Table]


@dataclass(frozen=True)
class Source:
    """A set of rows, one scan: those of known customers strictly before the as_of, with their facts as columns.

    `name` says all that makes its rows, parameters included: sources of one name are the same.
    """

    name: str
    tables: tuple[str, ...]
    """The canonical tables it reads."""
    at: str
    """The instant of a row, before the as_of in every row."""
    rows: Rows = field(compare=False)
    either: bool = False
    """Whether one of its tables is enough."""
    ever: Callable[[ir.Table], ir.Table] | None = field(default=None, compare=False)
    """The same of rows of its one table whatever the as_of; each fact holds from the instant on, or until `lost_at` says."""
    lost_at: tuple[tuple[str, str], ...] = ()
    """Facts that a row can lose, each with the column of the instant from which it is lost."""
    dated: tuple[str, ...] = ()
    """Canonical columns of instants: each instant that anything counts from or is lost at is what one of them says."""

    @property
    def needs(self) -> Needs:
        """The tables that must be there for its rows to mean anything."""
        return frozenset({frozenset(self.tables)} if self.either else {frozenset({name}) for name in self.tables})


def _before(data: Dataset, table: str, at: str, moment: Moment) -> ir.Table:
    rows = data.table(table)
    return rows.filter(rows.customer_id.notnull(), rows[at] < moment.until)


def orders_ever(rows: ir.Table) -> ir.Table:
    """Orders of known customers with `is_paid`, `is_refund`, `is_refunded`, `refund_at`, `is_purchase` and `gone_at`.

    A purchase is a paid order until it is fully refunded: it is none from `gone_at` on. An undated refund counts at
    its order's time.
    """
    rows = rows.filter(rows.customer_id.notnull()).mutate(
        is_paid=rows.status == "paid",
        is_refund=rows.status == "refund",
        is_refunded=(rows.status == "paid") & (rows.refunded_amount != 0),
        is_purchase=rows.status == "paid",
        refund_at=rows.refunded_at.coalesce(rows.ordered_at),
        refunded=rows.refunded_amount.coalesce(ibis.literal(0).cast("decimal(18, 4)")),
    )
    fully = (rows.refunded > 0) & (rows.refunded >= rows.amount)
    return rows.mutate(gone_at=ibis.cases((fully, rows.refund_at)))


def order_rows(data: Dataset, moment: Moment) -> ir.Table:
    """Orders before the as_of; a purchase was not fully refunded by then."""
    rows = orders_ever(data.table("orders"))
    rows = rows.filter(rows.ordered_at < moment.until)
    return rows.mutate(is_purchase=rows.is_paid & ~(rows.gone_at < moment.until).fill_null(False))


def purchase_day_rows(data: Dataset, moment: Moment) -> ir.Table:
    """One row per customer and local day with a purchase: `day`, the `gap_days` since the one before, and `at`."""
    orders = order_rows(data, moment)
    orders = orders.filter(orders.is_purchase)
    orders = orders.mutate(day=moment.local_day_number(orders.ordered_at))
    return _with_gaps(orders.group_by("customer_id", "day").aggregate(at=orders.ordered_at.max()))


def _with_gaps(days: ir.Table) -> ir.Table:
    before = days.day.lag().over(group_by=days.customer_id, order_by=days.day)
    return days.mutate(gap_days=days.day - before, has_gap=before.notnull())


def events_ever(rows: ir.Table) -> ir.Table:
    """Events of known customers."""
    return rows.filter(rows.customer_id.notnull())


def event_rows(data: Dataset, moment: Moment) -> ir.Table:
    """Events of known customers before the as_of, with their local `day` and `spent_s`, the seconds they say they took.

    Seconds as decimals add up to the same in any order; a time that nobody can have spent counts as unknown.
    """
    rows = _before(data, "events", "occurred_at", moment)
    sane = rows.duration_s.between(0, LONGEST_S)
    return rows.mutate(
        day=moment.local_day_number(rows.occurred_at),
        spent_s=ibis.cases((sane, rows.duration_s)).cast("decimal(18, 3)"),
    )


def bought_day_rows(data: Dataset, moment: Moment) -> ir.Table:
    """One row per customer and local day with a purchase by what the data know of it: `day`, and `at`, its last.

    Orders are the book of purchases. Events that mean purchase stand for them only before the very first order known,
    of whomever: what counted once goes on to count, and a shop that logs both counts each purchase by its order.
    """
    orders, events = order_rows(data, moment), event_rows(data, moment)
    first = data.table("orders").ordered_at.min().as_scalar()
    told = events.event.isin(data.meanings.names("purchase")) & (events.occurred_at < first.coalesce(moment.until))
    parts = {
        "orders": orders.filter(orders.is_purchase).select("customer_id", at=orders.ordered_at),
        "events": events.filter(told).select("customer_id", at=events.occurred_at),
    }
    bought = ibis.union(*([part for name, part in parts.items() if data.has(name)] or parts.values()))
    bought = bought.mutate(day=moment.local_day_number(bought.at))
    return bought.group_by("customer_id", "day").aggregate(at=bought.at.max())


def activity_day_rows(data: Dataset, moment: Moment) -> ir.Table:
    """One row per customer and local day with an event or a purchase.

    Columns: `day`, `at` and `first_at` (its last and first instant), `gap_days` since the active day before, `has_gap`.
    """
    events, orders = event_rows(data, moment), order_rows(data, moment)
    parts = {
        "events": events.select("customer_id", at=events.occurred_at),
        "orders": orders.filter(orders.is_purchase).select("customer_id", at=orders.ordered_at),
    }
    acts = ibis.union(*([part for name, part in parts.items() if data.has(name)] or parts.values()))
    acts = acts.mutate(day=moment.local_day_number(acts.at))
    return _with_gaps(acts.group_by("customer_id", "day").aggregate(at=acts.at.max(), first_at=acts.at.min()))


def joined_rows(data: Dataset, moment: Moment) -> ir.Table:
    """Who joined on whose invitation: `customer_id` (the inviter), `invitee_id`, `joined_at`; nobody invites themselves."""
    rows = data.table("invites")
    rows = rows.filter(rows.inviter_id.notnull(), rows.invitee_id != rows.inviter_id, rows.joined_at < moment.until)
    return rows.select("invitee_id", "joined_at", customer_id=rows.inviter_id)


def invite_rows(data: Dataset, moment: Moment) -> ir.Table:
    """Invitations by who sent them: `customer_id`, `sent_at` (else the joining, else always); none to oneself."""
    rows = data.table("invites")
    rows = rows.mutate(sent_at=ibis.coalesce(rows.invited_at, rows.joined_at, moment.beginning))
    to_another = rows.invitee_id.isnull() | (rows.invitee_id != rows.inviter_id)
    rows = rows.filter(rows.inviter_id.notnull(), to_another, rows.sent_at < moment.until)
    return rows.select("sent_at", customer_id=rows.inviter_id)


def first_inviter_rows(data: Dataset, moment: Moment) -> ir.Table:
    """Whose invitation each joined on first: `customer_id` (who joined), `inviter_id`, `joined_at`.

    Of two at one instant the inviter whose id is smaller counts.
    """
    rows = joined_rows(data, moment)
    rows = rows.select("joined_at", inviter_id=rows.customer_id, customer_id=rows.invitee_id)
    return earliest_of(rows.filter(rows.customer_id.notnull()), ["joined_at", "inviter_id"])


def first_channel_rows(data: Dataset, moment: Moment) -> ir.Table:
    """The channel of the first order or event of each that names one: `customer_id`, `channel`, `at`."""
    orders, events = _before(data, "orders", "ordered_at", moment), _before(data, "events", "occurred_at", moment)
    parts = {
        "orders": orders.select("customer_id", "channel", at=orders.ordered_at),
        "events": events.select("customer_id", "channel", at=events.occurred_at),
    }
    rows = ibis.union(*([part for name, part in parts.items() if data.has(name)] or parts.values()))
    return earliest_of(rows.filter(rows.channel.notnull()), ["at", "channel"])


def answer_rows(data: Dataset, moment: Moment) -> ir.Table:
    """Answers to surveys of known customers before the as_of that say something: a score, a text, or both."""
    rows = _before(data, "answers", "answered_at", moment)
    return rows.filter(rows.score.notnull() | rows.text.notnull())


def last_score_rows(data: Dataset, moment: Moment) -> ir.Table:
    """The last answer of each that has a score: `customer_id`, `score`, `answered_at`; at one instant the lowest."""
    rows = answer_rows(data, moment)
    rows = rows.filter(rows.score.notnull()).select("customer_id", "answered_at", "score")
    return earliest_of(rows, [ibis.desc("answered_at"), "score"])


def earliest_of(rows: ir.Table, order: list[str | ir.Value]) -> ir.Table:
    """The first row of each customer in an order."""
    place = ibis.row_number().over(ibis.window(group_by="customer_id", order_by=order))
    placed = rows.mutate(place=place)
    return placed.filter(placed.place == 0).drop("place")


def customer_rows(data: Dataset, moment: Moment) -> ir.Table:
    """What is known of each customer, one row each; `dated_at` is the first sight, `seen_at` the same or else 1970.

    An attribute whose changes are dated has the value of the last change before the as_of, and none before the first.
    """
    rows = data.table("customers")
    seen = rows.first_seen_at.coalesce(rows.registered_at)
    rows = rows.mutate(dated_at=seen, seen_at=seen.coalesce(moment.beginning))
    rows = rows.filter(rows.customer_id.notnull(), rows.seen_at < moment.until)
    return _as_changed(rows, data, moment) if data.has("customer_changes") else rows


CHANGING = ("gender", "city", "province", "country", "profession", "channel", "store_id", "name", "email", "phone")


def _as_changed(rows: ir.Table, data: Dataset, moment: Moment) -> ir.Table:
    changes = data.table("customer_changes")
    changes = changes.filter(changes.attribute.isin(CHANGING))
    # Of two values said for one instant the greater counts, so that the order of rows does not.
    changes = changes.group_by("customer_id", "attribute", "changed_at").aggregate(value=changes.value.max())
    known = changes.changed_at < moment.until
    latest = changes.group_by("customer_id").aggregate(
        **{
            f"{name}_{what}": value
            for name in CHANGING
            for what, value in (
                ("dated", (changes.attribute == name).any()),
                ("then", changes.value.argmax(changes.changed_at, where=known & (changes.attribute == name))),
            )
        }
    )
    joined = rows.left_join(latest, "customer_id").drop("customer_id_right")
    values = {
        name: ibis.ifelse(joined[f"{name}_dated"].fill_null(False), joined[f"{name}_then"], joined[name])
        for name in CHANGING
    }
    return joined.mutate(**values).select(*rows.columns)


ORDERS = Source(
    "orders",
    ("orders",),
    "ordered_at",
    order_rows,
    ever=orders_ever,
    lost_at=(("is_purchase", "gone_at"),),
    dated=("ordered_at", "refunded_at"),
)
PURCHASE_DAYS = Source("purchase_days", ("orders",), "at", purchase_day_rows)
EVENTS = Source("events", ("events",), "occurred_at", event_rows, ever=events_ever, dated=("occurred_at",))
ACTIVITY_DAYS = Source("activity_days", ("events", "orders"), "at", activity_day_rows, either=True)
BOUGHT_DAYS = Source("bought_days", ("orders", "events"), "at", bought_day_rows, either=True)
JOINED = Source("joined", ("invites",), "joined_at", joined_rows)
INVITES = Source("invites sent", ("invites",), "sent_at", invite_rows)
FIRST_INVITERS = Source("first inviters", ("invites",), "joined_at", first_inviter_rows)
FIRST_CHANNELS = Source("first channels", ("orders", "events"), "at", first_channel_rows, either=True)
ANSWERS = Source("answers", ("answers",), "answered_at", answer_rows)
LAST_SCORES = Source("last scores", ("answers",), "answered_at", last_score_rows)
CUSTOMERS = Source("customers", ("customers",), "seen_at", customer_rows)
