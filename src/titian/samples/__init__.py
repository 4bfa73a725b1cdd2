"""Real data to try Titian with: Online Retail and CDNOW, shipped inside the package."""

from titian.samples.catalogue import CDNOW, CDNOW_SAMPLE, ONLINE_RETAIL, SAMPLES, Sample, sample

__all__ = ["CDNOW", "CDNOW_SAMPLE", "ONLINE_RETAIL", "SAMPLES", "Sample", "sample"]
