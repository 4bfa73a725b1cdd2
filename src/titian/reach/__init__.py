"""Reach: the dispatcher that empties the outbox, and channels, an adapter each."""
