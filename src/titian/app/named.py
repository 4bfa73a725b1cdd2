"""Named: what rules name: layerings, audiences, tags and staff, each by its sort and key."""

from __future__ import annotations

from titian.domain.condition import InAudience, InCharge, InLayer, Membership, Moved, Tagged
from titian.domain.rule import Rule, memberships

Named = str
"""A sort and a key: audiences/core, layerings/rfm, tags/vip."""


def named_by(rule: Rule) -> frozenset[Named]:
    """What a rule names."""
    return frozenset(_named(member) for member in memberships(rule))


def _named(member: Membership) -> Named:
    match member:
        case InLayer():
            return f"layerings/{member.layering}"
        case Moved():
            return f"layerings/{member.moved}"
        case Tagged():
            return f"tags/{member.tag}"
        case InAudience():
            return f"audiences/{member.audience}"
        case InCharge():
            return f"staff/{member.staff}"
