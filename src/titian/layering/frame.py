"""Frame: a small result as a pandas frame that converts like every other result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa


class Frame(pd.DataFrame):
    """A pandas frame with `.to_pandas()`, `.to_arrow()` and `.to_polars()`."""

    def to_pandas(self) -> pd.DataFrame:
        """A plain pandas frame."""
        return pd.DataFrame(self)

    def to_arrow(self) -> pa.Table:
        """The same as an Arrow table."""
        import pyarrow as pa

        return pa.Table.from_pandas(self.to_pandas(), preserve_index=False)

    def to_polars(self) -> pl.DataFrame:
        """The same as a Polars frame."""
        import polars as pl

        return pl.DataFrame(self.to_arrow())
