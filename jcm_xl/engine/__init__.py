"""Methodology and inputs to a result with every intermediate. Standard library only."""
