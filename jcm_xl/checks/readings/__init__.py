"""Checks of what was read from logs, by the sheet Readings of the book."""
