"""The command line: `titian`."""

from titian.cli.main import main

__all__ = ["main"]
