"""The version of the program, which everything may read."""

__version__ = "0.1.0"
