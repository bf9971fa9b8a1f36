"""Lines of a text document, with a style each; a terminal may colour them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from jcm_xl.text.visible import visible
from jcm_xl.text.width import width

if TYPE_CHECKING:
    from jcm_xl.model.methodology import Methodology


class Line(NamedTuple):
    """A line; `style` is one of the words that `cli.screen` has a colour for."""

    text: str
    style: str = ""
    indent: int = 0

    def __str__(self) -> str:
        """Return the line as it is printed without colours."""
        return " " * self.indent + self.text if self.text else ""


def line(text: str, style: str = "", indent: int = 0) -> Line:
    """Return a line in which nothing steers the terminal."""
    return Line(visible(text), style, indent)


BLANK = Line("")


def as_text(lines: Iterable[Line]) -> str:
    """Return lines as plain text."""
    return "".join(f"{item}\n" for item in lines)


def table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], indent: int = 0
) -> Iterator[Line]:
    """Yield a table in columns two blanks apart."""
    cells = [[visible(cell) for cell in row] for row in rows]
    every = [list(headings), *cells]
    widths = [max(map(width, column)) for column in zip(*every, strict=True)]
    for number, row in enumerate(every):
        padded = (
            cell + " " * (size - width(cell))
            for cell, size in zip(row, widths, strict=True)
        )
        style = "head" if number == 0 else ""
        yield Line("  ".join(padded).rstrip(), style, indent)


def number(value: float | str | None) -> str:
    """Return a value as documents print it: 15 digits, as a spreadsheet keeps."""
    if value is None:
        return "-"
    return f"{value:.15g}" if isinstance(value, float | int) else value


def counters(m: Methodology) -> str:
    """Return what is not official: `numbers 2 of 3, formulas 1 of 6, texts 9 of 9`."""
    return ", ".join(f"{part}s {tally}" for part, tally in m.tallies.items())


def counted(count: int, noun: str) -> str:
    """Return `1 error` or `3 errors`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
