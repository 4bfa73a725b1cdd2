"""Titian: customer layers, flows, plays and proof."""
