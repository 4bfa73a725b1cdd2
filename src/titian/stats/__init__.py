"""Statistics: arrays in, values out. scipy and scikit-learn are loaded when first used, for importing titian must stay quick."""
