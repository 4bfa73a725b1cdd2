"""Tests of the house itself: its measures, its cleanliness, its documents, its wheel."""
