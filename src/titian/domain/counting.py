"""Counting in words: shares and numbers of things, said the same way everywhere."""

from __future__ import annotations


def share_text(share: float | None, places: int = 1) -> str:
    """0.1234 is 12.3%, in both languages; a share that isn't nothing never reads 0.0%. Nothing known is a dash."""
    if share is None:
        return "–"
    least = 0.5 / 10 ** (places + 2)
    if 0 < abs(share) < least:
        return f"< {1 / 10**places:.{places}f}%"
    return f"{'−' if share < 0 else ''}{abs(share):,.{places}%}"


def change_text(share: float | None) -> str:
    """A relative change with its sign: +12.3%, −4.0%."""
    return f"{'+' if share is not None and share > 0 else ''}{share_text(share)}"


def counted(number: float, one: str, more: str) -> str:
    """An English number of things: 1 customer, 2 customers, 1,000 customers."""
    return f"{number:,} {one if number == 1 else more}"
