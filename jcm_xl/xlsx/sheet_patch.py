"""Single cells of a sheet's XML replaced; everything else stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from jcm_xl.xlsx.grid import (
    CellError,
    CellValue,
    Position,
    address,
    parse_address,
    parse_range,
)

_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_ATTRIBUTE = rb"""\s%s\s*=\s*(?:"[^"]*"|'[^']*')"""
_LITERAL = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_KEPT = ("s", "ph")
"""What a cell keeps when its content changes: its style, its phonetic guide."""


class NotPatched(Exception):
    """Why a cell is not written: its address, and an English clause about it."""

    def __init__(self, cell: str, why: str) -> None:
        """Keep both."""
        super().__init__(why)
        self.cell = cell


class NewContent(NamedTuple):
    """What a cell is to hold; with a formula `value` is its stored result.

    keeps_formula: the formula that stands there stays, its stored result alone is new.
    """

    value: CellValue
    formula: str | None = None
    keeps_formula: bool = False


class _Span(NamedTuple):
    """A piece of the part: from `start` to `end`; its own tag ends at `inner`."""

    start: int
    inner: int
    end: int
    facts: Mapping[str, str]


class _Row(NamedTuple):
    number: int
    span: _Span
    cells: dict[int, _Span]
    formulas: dict[int, _Span]


class SheetPatch:
    """The part of a sheet, and which of its bytes are which cell."""

    def __init__(self, part: bytes) -> None:
        """Find rows and cells; the part is well-formed, as the reader has read it."""
        self.part = _as_utf8(part)
        self._rows: dict[int, _Row] = {}
        self._columns: list[tuple[int, int, str]] = []
        self._data = self._dimension = _Span(0, 0, 0, {})
        self._merges: list[tuple[int, int, int, int]] = []
        self._twice: set[Position] = set()
        self.prefix = b""
        _Finder(self).parse()

    def formula_at(self, place: Position) -> bool:
        """Tell whether a formula stands at a place."""
        row = self._rows.get(place[0])
        return row is not None and place[1] in row.formulas

    def patched(self, contents: Mapping[Position, NewContent]) -> bytes:
        """Return the part with new contents; raise `NotPatched`."""
        changes: list[tuple[int, int, bytes]] = []
        by_row: dict[int, dict[int, NewContent]] = {}
        for (row, column), content in contents.items():
            self._refuse(row, column, content, contents)
            by_row.setdefault(row, {})[column] = content
        new_rows: dict[int, bytes] = {}
        for number, cells in by_row.items():
            row_ = self._rows.get(number)
            if row_ is None:
                made = self._new_row(number, cells)
                if made:
                    new_rows[number] = made
            else:
                changes += self._in_row(row_, cells)
        changes += self._placed(new_rows)
        changes += self._widened([at for at, c in contents.items() if _holds(c)])
        out, at = bytearray(), 0
        for start, end, text in sorted(changes, key=lambda c: (c[0], c[1])):
            out += self.part[at:start] + text
            at = end
        return bytes(out + self.part[at:])

    def _refuse(
        self, row: int, column: int, content: NewContent,
        contents: Mapping[Position, NewContent],
    ) -> None:  # fmt: skip
        if (row, column) in self._twice:
            raise NotPatched(
                address(row, column),
                "it is stored twice, and programs differ in which one they take",
            )
        for top, left, bottom, right in self._merges:
            is_inside = top <= row <= bottom and left <= column <= right
            if is_inside and (row, column) != (top, left) and not content.keeps_formula:
                raise NotPatched(
                    address(row, column),
                    "it lies under merged cells; what is seen there is "
                    f"{address(top, left)}",
                )
        if content.keeps_formula:
            return
        there = self._rows.get(row)
        formula = there.formulas.get(column) if there else None
        kind = formula.facts.get("t", "") if formula else ""
        if kind in ("array", "dataTable"):
            raise NotPatched(
                address(row, column), "an array formula or data table begins there"
            )
        if formula and kind == "shared" and "ref" in formula.facts:
            key = formula.facts.get("si")
            for other in self._rows.values():
                for at, found in other.formulas.items():
                    place = (other.number, at)
                    if found.facts.get("si") == key and place not in contents:
                        raise NotPatched(
                            address(row, column),
                            f"the formula of {address(*place)} is told by the one "
                            "that stands there",
                        )

    # -- rows ------------------------------------------------------------------------

    def _in_row(
        self, row: _Row, cells: Mapping[int, NewContent]
    ) -> Iterator[tuple[int, int, bytes]]:
        added: list[tuple[int, bytes]] = []
        for column, content in sorted(cells.items()):
            span = row.cells.get(column)
            if span is not None:
                text = self._replaced(row, column, span, content)
                if text != self.part[span.start : span.end]:
                    yield span.start, span.end, text
            elif not content.keeps_formula and _holds(content):
                style = self._style(row.span.facts, column)
                made = self._cell((row.number, column), content, {"s": style})
                added.append((column, made))
        if not added:
            return
        yield from self._added(row, added)

    def _added(
        self, row: _Row, added: list[tuple[int, bytes]]
    ) -> Iterator[tuple[int, int, bytes]]:
        span, part = row.span, self.part
        head = part[span.start : span.inner]
        spans = row.span.facts.get("spans")
        if spans:  # a hint of the writer that would be wrong now
            head = re.sub(_ATTRIBUTE % b"spans", b"", head, count=1)
        if span.inner == span.end:
            name = _name_of(head)
            body = b"".join(text for _, text in added)
            yield (
                span.start, span.end,
                head[: head.rindex(b"/")].rstrip() + b">" + body + b"</" + name + b">",
            )  # fmt: skip
            return
        if spans:
            yield span.start, span.inner, head
        end = part.rindex(b"<", span.inner, span.end)
        by_place: dict[int, bytes] = {}
        for column, text in added:
            later = [s.start for c, s in row.cells.items() if c > column]
            at = min(later, default=end)
            by_place[at] = by_place.get(at, b"") + text
        for at, text in by_place.items():
            yield at, at, text

    def _new_row(self, number: int, cells: Mapping[int, NewContent]) -> bytes:
        p = self.prefix
        body = b"".join(
            self._cell((number, column), content, {"s": self._style({}, column)})
            for column, content in sorted(cells.items())
            if not content.keeps_formula and _holds(content)
        )
        if not body:
            return b""
        return b'<%srow r="%d">%s</%srow>' % (p, number, body, p)

    def _placed(
        self, new_rows: Mapping[int, bytes]
    ) -> Iterator[tuple[int, int, bytes]]:
        if not new_rows:
            return
        data = self._data
        text_of = [new_rows[number] for number in sorted(new_rows)]
        if data.inner == data.end:
            head = self.part[data.start : data.end]
            name = _name_of(head)
            opened = head[: head.rindex(b"/")].rstrip() + b">"
            yield data.start, data.end, opened + b"".join(text_of) + b"</" + name + b">"
            return
        end = self.part.rindex(b"<", data.inner, data.end)
        by_place: dict[int, bytes] = {}
        for number in sorted(new_rows):
            later = [r.span.start for n, r in self._rows.items() if n > number]
            at = min(later, default=end)
            by_place[at] = by_place.get(at, b"") + new_rows[number]
        for at, text in by_place.items():
            yield at, at, text

    def _style(self, row: Mapping[str, str], column: int) -> str:
        """Return the style that a new cell takes: that of its row, else its column."""
        if row.get("customFormat") in ("1", "true") and row.get("s"):
            return row["s"]
        for first, last, style in self._columns:
            if first <= column <= last:
                return style
        return ""

    def _widened(
        self, contents: Collection[Position]
    ) -> Iterator[tuple[int, int, bytes]]:
        """Yield the range that the sheet says it uses, if cells lie outside of it."""
        stated = self._dimension.facts.get("ref", "")
        try:
            top, left, bottom, right = parse_range(stated)
        except ValueError:
            return
        rows = [row for row, _ in contents]
        columns = [column for _, column in contents]
        wide = (
            min(top, *rows), min(left, *columns), max(bottom, *rows),
            max(right, *columns),
        ) if rows else (top, left, bottom, right)  # fmt: skip
        if wide == (top, left, bottom, right):
            return
        span = self._dimension
        text = f'ref="{address(*wide[:2])}:{address(*wide[2:])}"'.encode()
        head = self.part[span.start : span.inner]
        new = re.sub(_ATTRIBUTE % b"ref", b" " + text, head, count=1)
        yield span.start, span.inner, new

    # -- cells -----------------------------------------------------------------------

    def _replaced(
        self, row: _Row, column: int, span: _Span, content: NewContent
    ) -> bytes:
        facts = {key: span.facts[key] for key in _KEPT if key in span.facts}
        formula = row.formulas.get(column)
        if content.keeps_formula:
            if formula is None:
                return self.part[span.start : span.end]
            for key in ("cm", "vm"):
                if key in span.facts:
                    facts[key] = span.facts[key]
            kept = self.part[formula.start : formula.end]
            return self._cell((row.number, column), content, facts, kept)
        return self._cell((row.number, column), content, facts)

    def _cell(
        self, place: Position, content: NewContent, facts: Mapping[str, str],
        formula: bytes = b"",
    ) -> bytes:  # fmt: skip
        p = self.prefix.decode()
        if content.formula is not None:
            formula = f"<{p}f>{xml_text(content.formula)}</{p}f>".encode()
        kind, inner = _content(content.value, p, is_result=bool(formula))
        named = {"r": address(*place), **facts, "t": kind}
        stated = "".join(f" {k}={quoteattr(v)}" for k, v in named.items() if v)
        body = formula + inner.encode("utf-8")
        if not body:
            return f"<{p}c{stated}/>".encode()
        return f"<{p}c{stated}>".encode() + body + f"</{p}c>".encode()


def _holds(content: NewContent) -> bool:
    return content.formula is not None or content.value not in (None, "")


def _content(value: CellValue, p: str, *, is_result: bool) -> tuple[str, str]:
    """Return the type of a cell and the XML of its value."""
    if value is None or (value == "" and not is_result):
        return "", ""
    if isinstance(value, CellError):
        return "e", f"<{p}v>{xml_text(value.code)}</{p}v>"
    if isinstance(value, bool):
        return "b", f"<{p}v>{int(value)}</{p}v>"
    if isinstance(value, str):
        if is_result:
            return "str", f"<{p}v>{xml_text(value)}</{p}v>"
        space = ' xml:space="preserve"'
        return "inlineStr", f"<{p}is><{p}t{space}>{xml_text(value)}</{p}t></{p}is>"
    return "", f"<{p}v>{_number(float(value))}</{p}v>"


def _number(value: float) -> str:
    if value - value != 0.0:
        raise NotPatched("", "a cell takes no number that is not finite")
    return (
        repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    )


def xml_text(text: str) -> str:
    """Return a text as XML has it; control characters as Excel stores them."""
    text = _LITERAL.sub("_x005F_", text)
    return escape(_CONTROL.sub(lambda m: f"_x{ord(m[0]):04X}_", text))


def _name_of(head: bytes) -> bytes:
    return re.split(rb"[\s/>]", head[1:], maxsplit=1)[0]


def _as_utf8(part: bytes) -> bytes:
    """Return a part in UTF-8: the other encoding of XML parts is UTF-16."""
    if b"\x00" not in part[:4] and part[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return part
    text = part.decode("utf-16" if part[:2] in (b"\xff\xfe", b"\xfe\xff") else
                       "utf-16-be" if part[:1] == b"\x00" else "utf-16-le")  # fmt: skip
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + text.encode()


class _Finder:
    """Goes through the part once and notes where each cell stands."""

    def __init__(self, patch: SheetPatch) -> None:
        self.patch = patch
        self.part = patch.part
        self._open: list[tuple[str, int, int, Mapping[str, str]]] = []
        self._row, self._column = 0, 0
        self._cells: dict[int, _Span] = {}
        self._formulas: dict[int, _Span] = {}
        self._depth = 0
        self._is_data = False

    def parse(self) -> None:
        self._parser = parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.buffer_text = True
        parser.Parse(self.part, True)

    def _start(self, name: str, facts: dict[str, str]) -> None:
        self._depth += 1
        depth = self._depth
        if depth > 5 or (depth > 3 and not self._is_data):
            return
        at = self._parser.CurrentByteIndex
        local = name.rpartition(":")[2]
        if depth == 1:
            self.patch.prefix = name[: -len(local)].encode()
        match = _TAG.match(self.part, at)
        inner = match.end() if match else at
        self._open.append((local, at, inner, facts))
        if depth == 2:
            self._is_data = local == "sheetData"
        elif depth == 3 and self._is_data and local == "row":
            self._row = int(facts.get("r") or self._row + 1)
            self._column, self._cells, self._formulas = 0, {}, {}
        elif depth == 3:
            self._beside(local, facts)
        elif depth == 4 and local == "c":
            self._column = (
                parse_address(facts["r"])[1] if "r" in facts else self._column + 1
            )

    def _beside(self, local: str, facts: Mapping[str, str]) -> None:
        if local == "mergeCell":
            try:
                self.patch._merges.append(parse_range(facts.get("ref", "")))
            except ValueError:
                return
        elif local == "col" and facts.get("style"):
            first, last = int(facts["min"]), int(facts["max"])
            self.patch._columns.append((first, last, facts["style"]))

    def _end(self, _: str) -> None:
        depth = self._depth
        self._depth -= 1
        if depth > 5 or (depth > 3 and not self._is_data):
            return
        local, start, inner, facts = self._open.pop()
        end = inner
        if self.part[inner - 2 : inner] != b"/>":
            end = self.part.index(b">", self._parser.CurrentByteIndex) + 1
        span = _Span(start, inner, end, facts)
        if depth == 2:
            if self._is_data:
                self.patch._data = span
            elif local == "dimension":
                self.patch._dimension = span
            self._is_data = False
        elif depth == 3 and self._is_data and local == "row":
            row = _Row(self._row, span, self._cells, self._formulas)
            self.patch._rows.setdefault(self._row, row)
        elif depth == 4 and local == "c":
            if self._column in self._cells:
                self.patch._twice.add((self._row, self._column))
            self._cells[self._column] = span
        elif depth == 5 and local == "f":
            self._formulas[self._column] = span
