"""What Titian promises, through its public API only, against the oracle and for every customer."""
