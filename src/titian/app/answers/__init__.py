"""What use cases answer: frozen values that the HTTP API, the CLI and Python show alike."""
