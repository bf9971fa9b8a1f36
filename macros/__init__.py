"""Macros as text."""
