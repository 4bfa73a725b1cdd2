"""Stores to dispatch from: every test that asks for one runs on SQLite and on PostgreSQL."""

from tests.store.conftest import address, opened, server, store

__all__ = ["address", "opened", "server", "store"]
