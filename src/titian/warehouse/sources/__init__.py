"""Sources: files of every kind and databases, read as text."""

from titian.warehouse.sources.batch import Malformed, Sample, TextBatch
from titian.warehouse.sources.opening import open_source
from titian.warehouse.sources.source import Source

__all__ = ["Malformed", "Sample", "Source", "TextBatch", "open_source"]
