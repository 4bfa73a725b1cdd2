"""The HTTP server: parse, call a use case, show."""
