"""Guessing: what the columns of an unknown file mean, from their names and their values."""
