"""Money in words: an amount with the sign of its currency."""

from __future__ import annotations

SIGNS = {
    "CNY": "¥",
    "JPY": "JP¥",
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "HKD": "HK$",
    "TWD": "NT$",
    "KRW": "₩",
    "INR": "₹",
    "VND": "₫",
}


def money_text(value: float, currency: str, places: int = 2) -> str:
    """1,129,758.20 in GBP is £1,129,758.20; a currency without a sign here is named by its code."""
    sign = SIGNS.get(currency, f"{currency} " if currency else "")
    return f"{'−' if value < 0 else ''}{sign}{abs(value):,.{places}f}"
