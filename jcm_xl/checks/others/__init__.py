"""Checks against other books: the registered plan, earlier reports, a folder: JX6."""
