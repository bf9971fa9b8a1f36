"""Changes of sheets, shared texts and styles that stay well-formed."""

from __future__ import annotations

import random
import re

from tests.fuzz.nasty import (
    ADDRESSES,
    ANYTHING,
    FORMATS,
    FORMULAS,
    NUMBERS,
    Parts,
    pick_part,
    replace_one,
)

_SHEET = r"worksheets/"
_CELL = rb"<c (?:[^<>]*/>|[^<>]*[^/<>]>.*?</c>)"
_ROW = rb"<row [^<>]*[^/<>]>.*?</row>"
_TYPES = (b"n", b"s", b"str", b"inlineStr", b"b", b"e", b"d", b"x", b"")


def _in_sheet(
    parts: Parts, chance: random.Random, pattern: bytes, new: bytes, group: int = 0
) -> bool:
    """Replace one match of a pattern in some sheet, or only a group of it."""

    def write(match: re.Match[bytes]) -> bytes:
        start, end = (place - match.start() for place in match.span(group))
        return match[0][:start] + new + match[0][end:]

    return replace_one(parts, pick_part(parts, chance, _SHEET), chance, pattern, write)


def double_a_cell(parts: Parts, chance: random.Random) -> bool:
    """Store a cell twice, the second time with another value."""
    return replace_one(
        parts, pick_part(parts, chance, _SHEET), chance, _CELL,
        lambda m: m[0] + re.sub(rb"<v>.*?</v>", b"<v>7</v>", m[0]),
    )  # fmt: skip


def double_a_row(parts: Parts, chance: random.Random) -> bool:
    """Store a row twice."""
    name = pick_part(parts, chance, _SHEET)
    return replace_one(parts, name, chance, _ROW, lambda m: m[0] * 2)


def reorder_rows(parts: Parts, chance: random.Random) -> bool:
    """Store the rows in another order."""
    name = pick_part(parts, chance, _SHEET)
    rows = re.findall(_ROW, parts.get(name, b""), re.DOTALL)
    if len(rows) < 2:
        return False
    whole = b"".join(rows)
    chance.shuffle(rows)
    parts[name] = parts[name].replace(whole, b"".join(rows))
    return True


def move_a_cell(parts: Parts, chance: random.Random) -> bool:
    """Give a cell another address."""
    return _in_sheet(
        parts, chance, rb'<c r="([^"]*)"', chance.choice(ADDRESSES), group=1
    )


def renumber_a_row(parts: Parts, chance: random.Random) -> bool:
    """Give a row another number."""
    return _in_sheet(
        parts, chance, rb'<row r="([^"]*)"', chance.choice(NUMBERS), group=1
    )


def retype_a_cell(parts: Parts, chance: random.Random) -> bool:
    """Say that a cell is of another type."""
    new = b' t="' + chance.choice(_TYPES) + b'"'
    return _in_sheet(parts, chance, rb'<c [^<>]*?( t="[^"]*")', new, group=1)


def restyle_a_cell(parts: Parts, chance: random.Random) -> bool:
    """Give a cell another style."""
    return _in_sheet(
        parts, chance, rb'<c [^<>]*?s="([^"]*)"', chance.choice(NUMBERS), group=1
    )


def change_a_value(parts: Parts, chance: random.Random) -> bool:
    """Store something else as a value."""
    new = chance.choice((*NUMBERS, *ANYTHING))
    return _in_sheet(parts, chance, rb"<v>([^<>]*)</v>", new, group=1)


def change_a_formula(parts: Parts, chance: random.Random) -> bool:
    """Store something else as a formula."""
    new = chance.choice(FORMULAS)
    return _in_sheet(parts, chance, rb"<f[^<>]*[^/<>]>([^<>]*)</f>", new, group=1)


def reform_a_formula(parts: Parts, chance: random.Random) -> bool:
    """Say that a formula is a shared one, an array or a data table."""
    kind = chance.choice((b"shared", b"array", b"dataTable", b"normal", b"x"))
    new = b'<f t="%b" ref="%b" si="%b">' % (
        kind, chance.choice(ADDRESSES), chance.choice(NUMBERS)
    )  # fmt: skip
    return _in_sheet(parts, chance, rb"<f(?: [^<>]*[^/<>])?>", new)


def share_a_formula_widely(parts: Parts, chance: random.Random) -> bool:
    """Let a great many cells name one long shared formula."""
    name = pick_part(parts, chance, _SHEET)
    length, count = chance.choice(((8_000, 500), (100, 5_000), (8_000, 8_000)))
    long = b"+".join([b"A1"] * (length // 3))
    rows = b'<row r="1"><c r="A1"><f t="shared" ref="A1:A9" si="9">%b</f></c></row>'
    more = b"".join(
        b'<row r="%d"><c r="A%d"><f t="shared" si="9"/></c></row>' % (n, n)
        for n in range(2, count)
    )
    return replace_one(
        parts, name, chance, rb"<sheetData>.*</sheetData>",
        lambda _: b"<sheetData>" + rows % long + more + b"</sheetData>",
    )  # fmt: skip


def far_cells(parts: Parts, chance: random.Random) -> bool:
    """Add cells at the far ends of the sheet."""
    rows = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return _in_sheet(parts, chance, b"</sheetData>", rows)


def merge_oddly(parts: Parts, chance: random.Random) -> bool:
    """Change a merged range."""
    return _in_sheet(
        parts, chance, rb'<mergeCell ref="([^"]*)"', chance.choice(ADDRESSES), group=1
    )


def odd_columns(parts: Parts, chance: random.Random) -> bool:
    """Change the first or last number of a stretch of columns, and hide it."""
    new = b'<col min="%b" max="%b" hidden="1"/>' % (
        chance.choice(NUMBERS), chance.choice(NUMBERS)
    )  # fmt: skip
    return _in_sheet(parts, chance, rb"<col [^<>]*/>", new)


def odd_validation(parts: Parts, chance: random.Random) -> bool:
    """Change the range or the list of a data validation."""
    if chance.random() < 0.5:
        pattern, new = rb'<dataValidation [^<>]*sqref="([^"]*)"', ADDRESSES
    else:
        pattern, new = rb"<formula1>([^<>]*)</formula1>", FORMULAS
    return _in_sheet(parts, chance, pattern, chance.choice(new), group=1)


def odd_format(parts: Parts, chance: random.Random) -> bool:
    """Change a number format, or the number of one."""
    if chance.random() < 0.5:
        pattern, new = (
            rb'formatCode="[^"]*"',
            b'formatCode="%b"' % chance.choice(FORMATS),
        )
    else:
        pattern, new = rb'numFmtId="[^"]*"', b'numFmtId="%b"' % chance.choice(NUMBERS)
    return replace_one(parts, pick_part(parts, chance, "styles"), chance, pattern,
                       lambda _: new)  # fmt: skip


def drop_the_texts(parts: Parts, chance: random.Random) -> bool:
    """Leave out some of the shared texts, so that cells point at nothing."""
    name = pick_part(parts, chance, "sharedStrings")
    return replace_one(parts, name, chance, rb"<si>.*?</si>", lambda _: b"")


def odd_text(parts: Parts, chance: random.Random) -> bool:
    """Change a shared text."""
    name = pick_part(parts, chance, "sharedStrings")
    return replace_one(
        parts, name, chance, rb"<t(?: [^<>]*)?>([^<>]*)</t>",
        lambda _: b"<t>" + chance.choice(ANYTHING) + b"</t>",
    )  # fmt: skip


CHANGES = (
    double_a_cell, double_a_row, reorder_rows, move_a_cell, renumber_a_row,
    retype_a_cell, restyle_a_cell, change_a_value, change_a_formula, reform_a_formula,
    share_a_formula_widely, far_cells, merge_oddly, odd_columns, odd_validation,
    odd_format, drop_the_texts, odd_text,
)  # fmt: skip
