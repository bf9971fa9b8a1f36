"""Excel for Windows: add-in, working copy, macros, functions for xlwings."""
