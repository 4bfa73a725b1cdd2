"""The operator's story, driven in a real browser against the real server."""
