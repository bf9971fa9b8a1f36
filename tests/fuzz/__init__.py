"""Damaged and hostile workbooks, made by chance: the same for the same seed.

`fuzzed_books` changes sound books where it hurts: tags, attributes, values, formulas,
relations, the zip directory. `judge` asks of each what no file may prevent: a verdict,
the same by both ways of reading, the input untouched. `python -m tests.fuzz` does it
for thousands, each in a child process with bounded memory and time.
"""

from tests.fuzz.books import Fuzzed, fuzzed_books

__all__ = ["Fuzzed", "fuzzed_books"]
