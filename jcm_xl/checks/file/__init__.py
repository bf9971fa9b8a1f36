"""Checks of the file and its identity: JX1."""
