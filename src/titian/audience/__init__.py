"""Audiences: the customers whom a rule over traits, events, layers, tags and other audiences selects."""
