"""Sources: files of every kind and databases, read as text."""

from titian.warehouse.sources.batch import Malformed, Sample, TextBatch
from titian.warehouse.sources.opening import open_source
from titian.warehouse.sources.source import Progress, Source

__all__ = ["Malformed", "Progress", "Sample", "Source", "TextBatch", "open_source"]
