"""Frozen values of the domain, without any input or output."""
