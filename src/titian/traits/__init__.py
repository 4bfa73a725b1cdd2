"""Traits: one value per customer as of an instant, declared and computed together."""
