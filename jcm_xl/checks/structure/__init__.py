"""Checks of sheets, locked cells and settings: JX2."""
