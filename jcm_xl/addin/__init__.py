"""Live functions: the same Python inside a workbook, in every host that can run it.

`arguments`, `ranges`, `convert`, `trace`, `definitions` and `functions` need the
standard library and the core alone, so that a host can carry them.
"""
