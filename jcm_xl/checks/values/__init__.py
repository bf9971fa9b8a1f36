"""Checks of what was typed: JX3."""
