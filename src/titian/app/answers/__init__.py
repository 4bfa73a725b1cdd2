"""What use cases answer: frozen values that the HTTP API, the CLI and Python show alike."""

from titian.domain.mapping import Mapping
from titian.domain.words import Words

__all__ = ["Mapping", "Words"]
