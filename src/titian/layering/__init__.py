"""Layerings: rules that put every customer into exactly one layer as of an instant."""
