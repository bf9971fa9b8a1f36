"""The short way through plain parts: one pattern that must cover every character.

Excel, LibreOffice and the libraries write cells in a few fixed shapes. A pattern reads
these twice as fast as a parser, but only a parser reads XML. So a part goes this way
only if nothing in it could mean something else (no comment, CDATA section, instruction,
second name space, foreign encoding or control character), if the pattern accounts for
every character among the cells and if every value fits its type; the rest of the part
still goes through the parser. In any other case the answer is None and the parser reads
the whole part. Both ways give the same grid, which the tests hold them to.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, NoReturn

from jcm_xl.text.late import late_pattern
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.cell_values import strict_number
from jcm_xl.xlsx.grid import Cell, CellValue, Position, parse_address
from jcm_xl.xlsx.markup import has_longer_run, is_plain
from jcm_xl.xlsx.odd_facts import OddFacts
from jcm_xl.xlsx.quota import Room
from jcm_xl.xlsx.shared import Book
from jcm_xl.xlsx.sheet_formulas import SheetFormulas
from jcm_xl.xlsx.texts import has_odd_escape, has_plain_fonts, unescaped

_DECLARATION = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml[ \t\r\n]+version=([\"'])1\.0\1"
    rb"(?:[ \t\r\n]+encoding=([\"'])(?i:utf-8)\2)?"
    rb"(?:[ \t\r\n]+standalone=([\"'])(?:yes|no)\3)?[ \t\r\n]*\?>|(?=<[a-z]))"
)
"""Without one a part is in UTF-8, as libraries leave it out."""
_CONTROLS = bytes({*range(32)} - {9, 10})
_NO_CHARACTERS = ("\ufffe", "\uffff")

_TOKEN = re.compile(
    r'<c r="([A-Z]{1,3}+[1-9][0-9]*+)"([^<>/]*+)'
    r"(?:/>|>(?:<f([^<>/]*+)(?:/>|>([^<]*+)</f>))?+(?:<v(>[^<]*+)</v>)?+</c>)"
    # What is no cell and no row ends the part for the pattern: the rest is one piece.
    r"|(</row>|<row r=[^<>]*+>|.++)",
    re.DOTALL,
)
_CELL_TAIL = re.compile(
    r'(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?'
    r'(?: cm="[0-9]+")?(?: ph="[01]")?'
)
_EMPTY_FORMULAS = (b"<f></f>", b"<f/>")
_FLAG = r'="(?:[01]|true|false)"'
_ROW = re.compile(
    r'<row r="([0-9]{1,8})"(?: spans="[0-9: ]*")?(?: s="[0-9]+")?'
    rf'(?: customFormat{_FLAG})?(?: ht="([0-9.]+)")?(?: hidden="([01]|true|false)")?'
    rf'(?: customHeight{_FLAG})?(?: outlineLevel="[0-9]")?(?: collapsed{_FLAG})?'
    rf"(?: thickTop{_FLAG})?(?: thickBot{_FLAG})?(?: ph{_FLAG})?"
    r'(?: x14ac:dyDescent="[0-9.]+")?(/?)>'
)
_NAMED = r' (t|ref|si|ca|aca|bx)="([A-Za-z0-9:]*)"'
_ATTRIBUTE = late_pattern(_NAMED)
_FORMULA_TAIL = late_pattern(
    r'(?: t="[A-Za-z]+"| ref="[A-Z0-9:]*"| si="[0-9]{1,9}"'
    rf"| (?:aca|ca|bx){_FLAG})*"
)
_ROOT_OF_TEXTS = re.compile(rb"<sst[^<>]*>")
_T = r'<t(?: xml:space="preserve")?>([^<]*)</t>'
_FONT_PROPERTY = (
    "<(?:rFont|charset|family|b|i|strike|outline|shadow|condense|extend|color|sz|u"
    '|vertAlign|scheme)(?: [A-Za-z]+="[^"<>&\n\t]*")?/>'
)
_FONT = f"<rPr>(?:{_FONT_PROPERTY})*</rPr>"
_RUN = re.compile(f"<r>(?:{_FONT})?{_T}</r>")
_RUNS = "(?:" + _RUN.pattern.replace("([^<]*)", "[^<]*") + ")++"
_TEXT = re.compile(f"<si>(?:{_T}|({_RUNS}))</si>|(.+)", re.DOTALL)
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos);)?")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_LEAST_POINTS = 2.0
_BLOCK = 100_000
_LONGEST_BLOCK = 4_000_000


Convert = Callable[[str], CellValue]


class _NotPlain(Exception):
    """Something that only the parser may judge."""


class QuickCells(NamedTuple):
    """The cells of a plain part, and the part without them for the parser."""

    cells: dict[Position, Cell]
    hidden_rows: set[int]
    heights: dict[int, float]
    formulas: SheetFormulas
    rest: bytes
    duplicates: tuple[Position, ...] = ()
    rich: tuple[Position, ...] = ()
    """Neither of them is plain."""

    @property
    def arrays(self) -> tuple[str, ...]:
        """The ranges of the array formulas."""
        return self.formulas.arrays

    def finish(self, room: Room) -> None:
        """Complete the formulas, and count the cells."""
        room.take_cells(len(self.cells))
        self.formulas.finish(self.cells)


def height_of(stored: str | None) -> float | None:
    """Return the height of a row in points, None where it has none of its own."""
    try:
        height = float(stored) if stored else -1.0
    except ValueError:
        return None
    return height if 0 <= height < limits.ROWS else None


def is_flat(height: float | None) -> bool:
    """Tell whether a row of this height (in points) cannot be read."""
    return height is not None and height < _LEAST_POINTS


def quick_cells(data: bytes, part: str, book: Book) -> QuickCells | None:
    """Return the cells if the whole part is plain, else None."""
    found = _cut(data, b"<sheetData>", b"</sheetData>") if book.is_quick else None
    if found is None or any(empty in data for empty in _EMPTY_FORMULAS):
        return None
    body, rest = found
    odd, room = OddFacts(), book.room.formula_characters
    reader = _QuickReader(book, SheetFormulas(part, odd, book.room))
    try:
        reader.read(body)
    except (_NotPlain, KeyError, ValueError):
        is_plain_part = False
    else:
        is_plain_part = not (odd.all() or reader.formulas.has_pending)
    if not is_plain_part:
        book.room.formula_characters = room
        return None
    return QuickCells(
        reader.cells, reader.hidden_rows, reader.heights, reader.formulas, rest
    )


def quick_texts(data: bytes) -> tuple[list[str], bytes] | None:
    """Return the shared texts and the part without them, or None if not all plain."""
    root = _ROOT_OF_TEXTS.search(data)
    found = _cut(data, root[0], b"</sst>") if root else None
    if found is None or data.count(b"<si>") > limits.SHARED_TEXTS:
        return None
    body, rest = found
    if "<rPr>" in body and not has_plain_fonts(body.encode()):
        return None  # the parser keeps how such texts look
    texts = []
    try:
        for text, runs, odd in _TEXT.findall(body):
            if odd:
                return None
            stored = "".join(_RUN.findall(runs)) if runs else text
            if has_odd_escape(stored):
                return None
            texts.append(unescaped(_decoded(stored)))
    except _NotPlain:
        return None
    return texts, rest


class _QuickReader:
    """Reads plain cells, row by row; whatever is not plain raises."""

    def __init__(self, book: Book, formulas: SheetFormulas) -> None:
        self.cells: dict[Position, Cell] = {}
        self.hidden_rows: set[int] = set()
        self.heights: dict[int, float] = {}
        self.formulas = formulas
        self._book = book
        self._blanks: dict[str, tuple[Cell, Convert]] = {}
        self._row = 0

    def read(self, body: str) -> None:
        count = sum(self._block(block) for block in _blocks(body))
        if self._row or len(self.cells) != count:
            raise _NotPlain

    def _block(self, block: str) -> int:
        """Keep the cells of some rows and return how many there are."""
        cells, blanks, new_cell = self.cells, self._blanks, tuple.__new__
        tokens = _TOKEN.findall(block)
        others, row = 0, self._row
        for reference, tail, formula_tail, formula, text, other in tokens:
            if other:
                others += 1
                row = 0 if row and other == "</row>" else self._next_row(row, other)
                continue
            position = parse_address(reference)
            if position[0] != row:
                raise _NotPlain
            blank, converted = blanks.get(tail) or self._blank(tail)
            if formula or formula_tail:
                stated = self._formula(position, formula_tail, formula)
                value = _result(converted, text)
                cells[position] = new_cell(Cell, (value, stated, blank[2]))
            elif text:
                cells[position] = new_cell(Cell, (converted(text[1:]), None, blank[2]))
            else:
                cells[position] = blank
        self._row = row
        if len(cells) > limits.CELLS:
            raise _NotPlain
        return len(tokens) - others

    def _blank(self, tail: str) -> tuple[Cell, Convert]:
        """Return what the tail of a tag states: an empty cell of the style, a type."""
        match = _CELL_TAIL.fullmatch(tail)
        if match is None:
            raise _NotPlain
        blank = Cell(None, None, self._book.styles[match[1] or "0"])
        self._blanks[tail] = found = blank, self._converter(match[2] or "n")
        return found

    def _converter(self, kind: str) -> Convert:
        if kind == "n":
            return strict_number
        if kind == "s":
            return self._book.values.texts.__getitem__
        convert = self._book.values.by_type[kind]
        if kind == "str":  # the text that a formula gave, nearly always as it stands
            return lambda text: (
                convert(_decoded(text), _refuse) if "&" in text or "_" in text else text
            )
        return lambda text: convert(_decoded(text), _refuse)

    def _formula(self, position: Position, tail: str, text: str) -> str | None:
        stated = _decoded(text).removeprefix("=")
        if tail:
            stored = _ATTRIBUTE.findall(tail)
            attributes = dict(stored)
            if not _FORMULA_TAIL.fullmatch(tail) or len(attributes) != len(stored):
                raise _NotPlain
            return self.formulas.formula(position, attributes, stated) or None
        return stated or None

    def _next_row(self, row: int, tag: str) -> int:
        """Return the number of the row that a tag opens, or 0 if it closes it too."""
        match = _ROW.fullmatch(tag)
        if match is None or row or not 0 < int(match[1]) <= limits.ROWS:
            raise _NotPlain
        number, height = int(match[1]), height_of(match[2])
        if height is not None:
            self.heights[number] = height
        if match[3] in ("1", "true") or is_flat(height):
            self.hidden_rows.add(number)
            self.heights[number] = 0.0
        return 0 if match[4] else number


def _result(converted: Convert, text: str) -> CellValue:
    """Return a formula's stored result; libraries leave an empty one where none is."""
    if not text or (text == ">" and converted is strict_number):
        return None
    return converted(text[1:])


def _cut(data: bytes, opening: bytes, closing: bytes) -> tuple[str, bytes] | None:
    """Return what stands between two tags, and the part without it."""
    declaration = _DECLARATION.match(data)
    start, end = data.find(opening) + len(opening), data.rfind(closing)
    if declaration is None or not opening or not len(opening) <= start <= end:
        return None
    body, rest = data[start:end], data[:start] + data[end:]
    if (
        rest.count(opening) != 1
        or rest.count(closing) != 1
        or b"<!" in rest
        or rest.find(b"<?", declaration.end()) >= 0
        or not is_plain(data)
        or has_longer_run(data, limits.TEXT_CHARACTERS)
    ):
        return None
    text = _characters(body)
    return None if text is None else (text, rest)


def _characters(body: bytes) -> str | None:
    """Return the text of a stretch of XML if it holds only what XML allows."""
    if len(body.translate(None, _CONTROLS)) != len(body):
        return None
    if b"]" in body and b"]]>" in body:
        return None
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if not text.isascii() and any(character in text for character in _NO_CHARACTERS):
        return None
    return text


def _blocks(body: str) -> Iterator[str]:
    """Cut after whole rows, so that a large sheet needs little memory."""
    at = 0
    while at < len(body):
        end = body.find("</row>", at + _BLOCK)
        end = len(body) if end < 0 else end + len("</row>")
        if end - at > _LONGEST_BLOCK:
            raise _NotPlain
        yield body[at:end]
        at = end


def _decoded(text: str) -> str:
    """Replace the five named entities; leave every other reference to the parser."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    if match[1] is None:
        raise _NotPlain
    return _ENTITIES[match[1]]


def _refuse(*_: object) -> NoReturn:
    raise _NotPlain
