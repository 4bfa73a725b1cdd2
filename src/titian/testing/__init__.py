"""Testing: what tests of layerings and plug-ins stand on, for users of the library too.

`tea_house(customers=2_000, seed=1)` makes a shop with a community whose truth is known.
"""

from titian.samples.tea import TeaHouse, tea_house

__all__ = ["TeaHouse", "tea_house"]
