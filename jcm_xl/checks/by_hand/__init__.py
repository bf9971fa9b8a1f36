"""Checks of books that were made by hand: what was found in them, and what not."""
