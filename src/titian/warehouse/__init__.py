"""Data: canonical tables, engines, landing and importing."""
