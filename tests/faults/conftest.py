"""Stores to break things around: SQLite and PostgreSQL."""

from tests.store.conftest import address, opened, server, store

__all__ = ["address", "opened", "server", "store"]
