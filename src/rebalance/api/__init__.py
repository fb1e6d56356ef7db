"""The analyst's desk: what the library does, in one call each, as values that show themselves and give tables."""
