"""The steps that bring the tables of a store up to date; `versions` holds one file for each."""
