"""A second, slow and plain computation of what Titian says, written from the domain's words alone."""
