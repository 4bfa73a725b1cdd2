"""Use cases: the only room that puts data, layerings and people together."""
