"""Checks of the results: JX4."""
