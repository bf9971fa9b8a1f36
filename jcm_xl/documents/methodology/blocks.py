"""The parts of a methodology document; a page and a Word file both show them."""

from __future__ import annotations

from typing import TypeAlias

from jcm_xl.dataclass import dataclass
from jcm_xl.expr.typeset import Box


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text.

    style: empty, `strong`, `weak` (no official document behind it), `open` (a number
    nobody has), `sure` or `dim`. address: where a link leads. tag: the name by which a
    figure is found again in a file of Word: letters, digits and `_`, at most 40.
    """

    text: str
    style: str = ""
    address: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class InlineFormula:
    """A symbol or condition within a line; `plain` for readers without equations."""

    box: Box
    plain: str


Inline: TypeAlias = Span | InlineFormula
InlineText: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text."""

    text: InlineText


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part of a section, such as F.1."""

    text: str


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table with a heading row; `widths` are shares of the page, in hundredths."""

    headings: tuple[str, ...]
    rows: tuple[tuple[InlineText, ...], ...]
    widths: tuple[int, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Equation:
    """A numbered equation with what it calculates and what its symbols mean."""

    number: int
    box: Box
    plain: str
    label: str
    unit: str
    note: str
    trust: InlineText
    where: PrintedTable | None


DocumentBlock: TypeAlias = Paragraph | Heading | PrintedTable | Equation


@dataclass(frozen=True, slots=True)
class Section:
    """A lettered section; the history has no letter."""

    letter: str
    title: str
    blocks: tuple[DocumentBlock, ...]

    @property
    def anchor(self) -> str:
        """Return the name by which links find it."""
        return f"section-{(self.letter or self.title.split()[0]).lower()}"


@dataclass(frozen=True, slots=True)
class Document:
    """A methodology as it is printed.

    facts:       the rows of the cover.
    unconfirmed: what no official document confirms, by name, with the reason.
    made:        one line on how the document was made.
    """

    key: str
    spreadsheet_id: str
    title: str
    facts: tuple[tuple[str, InlineText], ...]
    unconfirmed: tuple[tuple[str, str], ...]
    notice: InlineText
    sections: tuple[Section, ...]
    made: str

    @property
    def is_draft(self) -> bool:
        """Tell whether anything in it lacks an official document."""
        return bool(self.unconfirmed)
