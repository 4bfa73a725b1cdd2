"""Frame: a small result as a pandas frame that converts like every other result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import polars
    import pyarrow


class Frame(pd.DataFrame):
    """A pandas frame with `.to_pandas()`, `.to_arrow()` and `.to_polars()`."""

    def to_pandas(self) -> pd.DataFrame:
        """A plain pandas frame."""
        return pd.DataFrame(self)

    def to_arrow(self) -> pyarrow.Table:
        """The same as an Arrow table."""
        import pyarrow

        return pyarrow.Table.from_pandas(self.to_pandas(), preserve_index=False)

    def to_polars(self) -> polars.DataFrame:
        """The same as a Polars frame."""
        import polars

        return polars.from_arrow(self.to_arrow())
