"""Measures: what sets a group apart from everybody."""
