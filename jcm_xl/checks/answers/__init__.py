"""Checks of the answers that were given to findings."""
