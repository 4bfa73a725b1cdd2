"""How long sessions, and what browsers show for them, hold."""

from __future__ import annotations

from datetime import timedelta

IDLE = timedelta(days=7)
"""A session that nobody used for so long is over."""
LONGEST = timedelta(days=30)
"""Every session is over after this."""
ROTATED = timedelta(hours=1)
"""How long a browser shows the same."""
GRACE = timedelta(minutes=1)
"""How long what it showed before still holds: several calls are on their way at once."""
NOTED = timedelta(minutes=5)
"""How often it is noted that a session is used."""

SESSION_SECONDS = int(LONGEST.total_seconds())
BROWSER_SECONDS = int(timedelta(days=365).total_seconds())
