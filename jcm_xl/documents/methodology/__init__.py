"""Documents about methodologies: one methodology, all of them, skeletons."""
