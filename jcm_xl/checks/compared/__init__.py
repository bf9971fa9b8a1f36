"""Checks of the report against the plan of the same book: JX6."""
