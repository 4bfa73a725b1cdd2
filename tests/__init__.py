"""All tests; `tests.oracle` is the second computation that they compare with."""
