"""Social value, influence and identity, customer by customer, from the domain's words alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from tests.oracle.cuts import Cut, Rule, better, fit_cut
from tests.oracle.known import attribute
from tests.oracle.shop import exact
from tests.oracle.village import Link, Village
from tests.stats.graphs import Edge, solved
from titian.domain.meanings import MEANINGS

WEIGHTS = {"post": 5.0, "answer": 4.0, "comment": 3.0, "share": 3.0, "reply": 2.0, "like": 1.0}


def meaning(name: str | None) -> str | None:
    """What the house calls an event."""
    return next((key for key, one in MEANINGS.items() if name in (key, *one.also)), name)


@dataclass(frozen=True)
class Social:
    """Creators, contributors, participants and lurkers."""

    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    window_days: int | None = 90
    creator: Rule = "q0.9"
    contributor: Rule = "median"

    def activity(self, village: Village, who: str, end: datetime) -> Fraction:
        """Weight by weight, event by event."""
        done = [e for e in village.doings(who, end) if village.within([e.occurred_at], end, self.window_days)]
        return sum((exact(self.weights.get(meaning(e.event) or "", 0)) for e in done), Fraction(0))

    def cuts(self, village: Village, end: datetime) -> tuple[Cut, Cut]:
        """Of creators and of contributors, over those who did anything."""
        everyone = [self.activity(village, who, end) for who in village.everyone(end)]
        did = [value for value in everyone if value > 0]
        return fit_cut(self.creator, list(did)), fit_cut(self.contributor, list(did))

    def assign(self, village: Village, end: datetime) -> dict[str, str]:
        creator, contributor = self.cuts(village, end)
        return {who: self.layer(village, who, end, creator, contributor) for who in village.everyone(end)}

    def layer(self, village: Village, who: str, end: datetime, creator: Cut, contributor: Cut) -> str:
        value = self.activity(village, who, end)
        if value == 0:
            return "lurker"
        if better(value, creator, smaller_is_better=False):
            return "creator"
        return "contributor" if better(value, contributor, smaller_is_better=False) else "participant"


def links_before(village: Village, end: datetime) -> list[Link]:
    """Links to somebody else; without a date from the start."""
    return [link for link in village.known_before(end).links if link.from_id != link.to_id]


def followers(village: Village, who: str, end: datetime) -> int:
    """Different others who follow."""
    return len(
        {link.from_id for link in links_before(village, end) if link.to_id == who and meaning(link.kind) == "follow"}
    )


def belongs(village: Village, end: datetime) -> dict[str, str]:
    """Whom each was brought by: the first inviter, but for the joining that closed a circle."""
    joined = sorted(
        (i.joined_at, i.inviter_id, i.invitee_id)
        for i in village.invites
        if i.joined_at and i.joined_at < end and i.invitee_id and i.invitee_id != i.inviter_id
    )
    found: dict[str, str] = {}
    for _, inviter, invitee in joined:
        above: str | None = inviter
        # In the order of time a circle is closed by the last of its joinings: whoever is already below.
        while above is not None and above != invitee:
            above = found.get(above)
        if invitee not in found:
            found[invitee] = inviter if above is None else ""
    return {who: inviter for who, inviter in found.items() if inviter}


def influences(village: Village, end: datetime) -> dict[str, float]:
    """PageRank by the dense linear system over everyone in a link or a joining, with the average at one."""
    links, tree = links_before(village, end), belongs(village, end)
    joined = [i for i in village.invites if i.joined_at and i.joined_at < end and i.invitee_id]
    people = {link.from_id for link in links} | {link.to_id for link in links}
    people |= {i.inviter_id for i in joined} | {str(i.invitee_id) for i in joined}
    place = {who: number for number, who in enumerate(sorted(people))}
    edges: list[Edge] = [(place[x.from_id], place[x.to_id], x.weight if (x.weight or 0) > 0 else 1.0) for x in links]  # type: ignore[misc]
    edges += [(place[invitee], place[inviter], 1.0) for invitee, inviter in tree.items()]
    if not place:
        return {}
    ranks = solved(len(place), edges) * len(place)
    return {who: round(float(ranks[number]), 9) for who, number in place.items()}


def reach(village: Village, end: datetime) -> dict[str, int]:
    """How many stand below each in the tree of invites."""
    tree, below = belongs(village, end), defaultdict[str, int](int)
    for who in tree:
        above: str | None = tree.get(who)
        while above is not None:
            below[above] += 1
            above = tree.get(above)
    return below


@dataclass(frozen=True)
class Influence:
    """KOL, KOC and ordinary."""

    kol: Rule = "q0.99"
    koc: Rule = "q0.9"

    def assign(self, village: Village, end: datetime) -> dict[str, str]:
        found, everyone = influences(village, end), village.everyone(end)
        linked = [found[who] for who in everyone if who in found]
        kol, koc = fit_cut(self.kol, list(linked)), fit_cut(self.koc, list(linked))
        return {who: self.layer(found.get(who), kol, koc) for who in everyone}

    def layer(self, value: float | None, kol: Cut, koc: Cut) -> str:
        if better(value, kol, smaller_is_better=False):
            return "kol"
        return "koc" if better(value, koc, smaller_is_better=False) else "ordinary"


@dataclass(frozen=True)
class Identity:
    """The pyramid, from the top."""

    celebrity_followers: int = 1_000
    celebrity_influence: float | None = None
    professions: tuple[str, ...] = ()
    contributions: int = 5
    contribution_window_days: int | None = 90
    active_days: int = 8
    active_window_days: int = 30

    def contributed(self, village: Village, who: str, end: datetime) -> int:
        """Posts, answers, comments, shares and praise in the window."""
        given = ("post", "answer", "comment", "share", "praise")
        at = [e.occurred_at for e in village.doings(who, end) if meaning(e.event) in given]
        return len(village.within(at, end, self.contribution_window_days))

    def active(self, village: Village, who: str, end: datetime) -> int:
        """Local days with an event or a purchase in the window."""
        return len(village.days(village.within(village.acts(who, end), end, self.active_window_days)))

    def assign(self, village: Village, end: datetime) -> dict[str, str]:
        moves = influences(village, end) if self.celebrity_influence is not None else {}
        return {who: self.layer(village, who, end, moves.get(who)) for who in village.everyone(end)}

    def layer(self, village: Village, who: str, end: datetime, influence: float | None) -> str:
        moving = (
            self.celebrity_influence is not None and influence is not None and influence >= self.celebrity_influence
        )
        if moving or followers(village, who, end) >= self.celebrity_followers:
            return "celebrity"
        trade = (attribute(village, who, "profession", end) or "").strip()
        if trade and (not self.professions or trade in self.professions):
            return "professional"
        if self.contributed(village, who, end) >= self.contributions:
            return "contributor"
        return "active" if self.active(village, who, end) >= self.active_days else "ordinary"
