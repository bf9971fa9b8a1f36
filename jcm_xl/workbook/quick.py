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
from collections.abc import Iterator
from typing import NamedTuple, NoReturn

from jcm_xl.workbook import limits
from jcm_xl.workbook.book import Book
from jcm_xl.workbook.cell_values import number
from jcm_xl.workbook.grid import Cell, Position, Value, parse_address
from jcm_xl.workbook.markup import has_longer_run, is_plain
from jcm_xl.workbook.odd_facts import OddFacts
from jcm_xl.workbook.sheet_formulas import SheetFormulas

_DECLARATION = re.compile(
    rb"""<\?xml version="1\.0" encoding="(?i:utf-8)"(?: standalone="(?:yes|no)")?\s*\?>"""
)
_CONTROLS = bytes({*range(32)} - {9, 10})
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_TOKEN = re.compile(
    r'<c r="([A-Z]{1,3}[1-9][0-9]{0,6})"(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?'
    r'(?: cm="[0-9]+")?(?: vm="[0-9]+")?(?: ph="[01]")?'
    r"(?:/>|>(?:<f((?: [a-z0-9A-Z]+=\"[^\"<&\n\t]*\")*)(?:/>|>([^<]*)</f>))?"
    r"(?:(<v)(?:/>|>([^<]*)</v>))?</c>)"
    r'|<row r="([0-9]{1,8})"(?: spans="[0-9: ]*")?(?: s="[0-9]+")?'
    r'(?: customFormat="(?:[01]|true|false)")?(?: ht="([0-9.]+)")?'
    r'(?: hidden="([01]|true|false)")?(?: customHeight="(?:[01]|true|false)")?'
    r'(?: outlineLevel="[0-9]")?(?: collapsed="(?:[01]|true|false)")?'
    r'(?: thickTop="[01]")?(?: thickBot="[01]")?(?: ph="[01]")?'
    r'(?: x14ac:dyDescent="[0-9.]+")?(/?)>'
    r"|(</row>)|(.)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r' ([a-z0-9A-Z]+)="([^"]*)"')
_TEXT = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>|(.)', re.DOTALL)
_BLOCK = 100_000
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos);)?")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class _NotPlain(Exception):
    """Something that only the parser may judge."""


class QuickCells(NamedTuple):
    """The cells of a plain part, and the part without them for the parser."""

    cells: dict[Position, Cell]
    hidden_rows: set[int]
    formulas: SheetFormulas
    rest: bytes


def quick_cells(data: bytes, part: str, book: Book) -> QuickCells | None:
    """Return the cells if the whole part is plain, else None."""
    found = _cut(data, b"<sheetData>", b"</sheetData>") if book.is_quick else None
    if found is None:
        return None
    body, rest = found
    odd, room = OddFacts(), book.room.formula_characters
    formulas = SheetFormulas(part, odd, book.room)
    try:
        cells, hidden_rows = _cells(body, book, formulas)
        if odd.all():
            raise _NotPlain
    except _NotPlain:
        book.room.formula_characters = room
        return None
    return QuickCells(cells, hidden_rows, formulas, rest)


def quick_texts(data: bytes) -> tuple[list[str], bytes] | None:
    """Return the shared texts and the part without them, or None if not all plain."""
    start = data.find(b"<si>")
    found = _cut(data, data[data.rfind(b"<", 0, start) : start], b"</sst>")
    if found is None or start < 0:
        return None
    body, rest = found
    if body.count("<si>") > limits.SHARED_TEXTS:
        return None
    pairs = _TEXT.findall(body)
    if any(odd for _, odd in pairs):
        return None
    try:
        return [text if "&" not in text else _decoded(text) for text, _ in pairs], rest
    except _NotPlain:
        return None


def _cut(data: bytes, opening: bytes, closing: bytes) -> tuple[str, bytes] | None:
    """Return what stands between two tags, and the part without it."""
    declaration = _DECLARATION.match(data)
    if (
        declaration is None
        or not opening
        or data.count(opening) != 1
        or data.count(closing) != 1
        or not is_plain(data)
        or has_longer_run(data, limits.TEXT_CHARACTERS)
    ):
        return None
    start, end = data.index(opening) + len(opening), data.index(closing)
    body = data[start:end]
    if (
        end < start
        or b"<!" in data
        or data.find(b"<?", declaration.end()) >= 0
        or b"]]>" in body
        or len(body.translate(None, _CONTROLS)) != len(body)
        or any(character in body for character in _NO_CHARACTERS)
    ):
        return None
    try:
        return body.decode("utf-8"), data[:start] + data[end:]
    except UnicodeDecodeError:
        return None


def _cells(
    body: str, book: Book, formulas: SheetFormulas
) -> tuple[dict[Position, Cell], set[int]]:
    cells: dict[Position, Cell] = {}
    hidden: set[int] = set()
    shared, converters = book.values.texts, book.values.by_type
    styles, new_cell = book.styles, tuple.__new__
    row = count = 0
    value: Value
    for (
        reference, stored_style, kind, attributes, formula, has_value, text,
        row_number, height, is_hidden, is_closed, is_end, odd,
    ) in _tokens(body):  # fmt: skip
        if reference:
            position = parse_address(reference)
            if position[0] != row:
                raise _NotPlain
            if not has_value:
                value = None
            elif kind == "s":
                value = shared.get(text)
            elif kind:
                value = converters.get(kind, _no_converter)(_plain(text), _refuse)
            else:
                value = number(text, _refuse)
            style = styles.get(stored_style or "0", -1)
            if style < 0 or (value is None and text):
                raise _NotPlain
            stated: str | None = formula.removeprefix("=") and _plain(formula)
            if attributes:
                named = _attributes(attributes)
                stated = formulas.formula(position, named, stated or "")
            cells[position] = new_cell(Cell, (value, stated or None, style))
            count += 1
        elif is_end:
            row = 0
        elif odd or row:
            raise _NotPlain
        else:
            row = int(row_number)
            if is_hidden in ("1", "true") or height == "0":
                hidden.add(row)
            if not 0 < row <= limits.ROWS:
                raise _NotPlain
            if is_closed:
                row = 0
    if row or len(cells) != count or count > limits.CELLS:
        raise _NotPlain
    return cells, hidden


def _tokens(body: str) -> Iterator[tuple[str, ...]]:
    """Return all tokens; block by block, so that a large sheet needs little memory."""
    at = 0
    while at < len(body):
        end = body.find("</row>", at + _BLOCK)
        end = len(body) if end < 0 else end + len("</row>")
        yield from _TOKEN.findall(body[at:end])
        at = end


def _plain(text: str) -> str:
    return text if "&" not in text else _decoded(text)


def _decoded(text: str) -> str:
    """Replace the five named entities; leave every other reference to the parser."""

    def character(match: re.Match[str]) -> str:
        if match[1] is None:
            raise _NotPlain
        return _ENTITIES[match[1]]

    return _ENTITY.sub(character, text)


def _attributes(stored: str) -> dict[str, str]:
    pairs = _ATTRIBUTE.findall(stored)
    named = dict(pairs)
    if len(named) != len(pairs):
        raise _NotPlain
    return named


def _refuse(*_: object) -> NoReturn:
    raise _NotPlain


def _no_converter(*_: object) -> NoReturn:
    raise _NotPlain
