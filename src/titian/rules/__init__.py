"""Rules: trees of conditions checked against the traits, compiled to predicates, and judged for one customer."""
