"""Laws: properties that hold for anything, tried without a clock, for the first try may load scipy."""

from hypothesis import settings

law = settings(deadline=None, max_examples=40)
