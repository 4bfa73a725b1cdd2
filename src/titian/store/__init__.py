"""The store: what people and the system decide, in SQLite or PostgreSQL."""
