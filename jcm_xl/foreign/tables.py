"""Tables 1 to 3 of an input sheet, by their titles, letters and headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from jcm_xl.dataclass import dataclass
from jcm_xl.foreign.found import Spot
from jcm_xl.foreign.match import Matcher
from jcm_xl.foreign.units import is_unit_head
from jcm_xl.foreign.view import View
from jcm_xl.foreign.words import (
    heading_role,
    is_legend,
    is_of_table1,
    is_result_heading,
    letter,
    roles_by_letter,
    says,
    table_number,
)
from jcm_xl.plan.layout import Layout

_LETTERS = 3
"""So many letters side by side are a row of letters."""
_NEAR = 3
"""So many rows below its headings the figure of Table 3 is looked for."""
_FAR = 40
"""So many rows below that a second figure is looked for."""
_HEADING = 120
_OF_NOTE = 3
"""A text merged over so many headings is a note below or within a table."""


@dataclass(frozen=True, slots=True)
class Head:
    """A row of headings: role -> its columns. `by_letter`: roles known so only."""

    table: int
    row: int
    columns: Mapping[str, range]
    by_letter: frozenset[str] = frozenset()

    @property
    def across(self) -> range:
        """Return all columns from the first to the last heading."""
        return range(
            min(c.start for c in self.columns.values()),
            max(c.stop for c in self.columns.values()),
        )


@dataclass(frozen=True, slots=True)
class TableLine:
    """A row below headings."""

    view: View
    head: Head
    row: int

    def get(self, role: str) -> Spot | None:
        """Return what is seen under a heading, merged from above if it is."""
        return self.view.first(self.row, self.head.columns.get(role, range(0)))

    def own(self, role: str) -> Spot | None:
        """Return what stands under a heading in this very row."""
        spot = self.get(role)
        return spot if spot and spot.row == self.row else None

    def joined(self, role: str) -> Spot | None:
        """Return all that stands under a heading in this row as one text.

        A symbol is often typed into two cells below one heading: `EC` and `PJ,i,p`.
        """
        spots = [
            spot
            for column in self.head.columns.get(role, range(0))
            if (spot := self.view.at(self.row, column)) and spot.column == column
        ]
        if len(spots) < 2 or not all(isinstance(s.cell.value, str) for s in spots):
            return self.get(role)
        text = " ".join(str(spot.cell.value) for spot in spots)
        return spots[0]._replace(cell=spots[0].cell._replace(value=text))

    def is_sum(self, layout: Layout) -> bool:
        """Tell whether it is the row of a total below the units."""
        return any(
            isinstance(spot.cell.value, str) and says(layout, "sums", spot.cell.value)
            for spot in self.view.rows[self.row][:3]
        )

    def without_heading(self) -> Iterator[Spot]:
        """Yield what stands between the columns that are known."""
        known = {c for columns in self.head.columns.values() for c in columns}
        for spot in self.view.rows[self.row]:
            if spot.column in self.head.across and spot.column not in known:
                yield spot


@dataclass
class Tables:
    """What an input sheet holds.

    results:  the figures of Table 3, from above; only the first one is the claim.
    measure:  the unit beside it. period: what stands below its heading of the period.
    unit_rows: the rows of tables with one row or one column a unit.
    titles:   the numbers of the tables whose title was read, with its cell.
    """

    lines: list[TableLine] = field(default_factory=list)
    heads: dict[int, Head] = field(default_factory=dict)
    results: list[Spot] = field(default_factory=list)
    measure: Spot | None = None
    period: Spot | None = None
    unit_rows: list[int] = field(default_factory=list)
    titles: dict[int, Spot] = field(default_factory=dict)
    view: View | None = None

    def beside(self, spot: Spot) -> tuple[Spot, ...]:
        """Return what stands in the row of a figure."""
        return self.view.rows.get(spot.row, ()) if self.view else ()

    @property
    def rows(self) -> Iterator[int]:
        """Yield the rows that were understood."""
        yield from (head.row for head in self.heads.values())
        yield from (line.row for line in self.lines)
        yield from (spot.row for spot in self.results)
        yield from self.unit_rows

    @property
    def result(self) -> Spot | None:
        """Return the figure of Table 3."""
        return self.results[0] if self.results else None


def find_tables(view: View, stage: str, layout: Layout, matcher: Matcher) -> Tables:
    """Return the rows of Tables 1 and 2 and the figure of Table 3."""
    return _Scanner(view, stage, layout, matcher).scan()


class _Scanner:
    """Goes down a sheet once; `table` is the number of the last title, 0 for none."""

    def __init__(
        self, view: View, stage: str, layout: Layout, matcher: Matcher
    ) -> None:
        self.view, self.stage, self.layout = view, stage, layout
        self.matcher = matcher
        self.found = Tables(view=view)
        self.table = 0
        self.head: Head | None = None
        self.letters: dict[int, str] = {}
        self.done: set[int] = set()
        self.is_of_units = False

    def scan(self) -> Tables:
        for row, spots in self.view.rows.items():
            if row in self.done or self._is_title(spots) or self._is_letters(spots):
                continue
            head = self._head(row, spots) or self._head_by_letters(row, spots)
            if head is not None:
                self.head, self.is_of_units = head, False
                self.found.heads.setdefault(head.table, head)
            elif self._is_result(row, spots):
                self._leave(3)
            elif is_unit_head(spots, self.matcher, self.layout):
                self._leave(self.table)
                self.is_of_units = True
                self.found.unit_rows.append(row)
            elif self.is_of_units:
                self.found.unit_rows.append(row)
            elif self.head is not None and not self._is_note(self.head, spots):
                self.found.lines.append(TableLine(self.view, self.head, row))
        return self.found

    def _is_note(self, head: Head, spots: Sequence[Spot]) -> bool:
        """Tell whether a row is one text over several columns: nothing is typed there.

        Taken for a row of the table, its cell would be that of the period, the symbol
        and the value at once.
        """
        spot, *others = spots
        if others or not isinstance(spot.cell.value, str) or spot.cell.formula:
            return False
        under = range(spot.column, spot.column + self.view.width(*spot[1:3]))
        own = [c for c in head.columns.values() if c.start in under]
        return len(own) >= _OF_NOTE

    def _leave(self, table: int) -> None:
        """Forget the headings of the part that ends here."""
        self.table, self.head, self.letters = table, None, {}
        self.is_of_units = False

    def _is_title(self, spots: Sequence[Spot]) -> bool:
        text = spots[0].cell.value
        if not isinstance(text, str):
            return False
        number = table_number(text)
        if number or is_legend(text):
            self._leave(number)
            if number:
                self.found.titles.setdefault(number, spots[0])
            return True
        return False

    def _is_letters(self, spots: Sequence[Spot]) -> bool:
        letters = {s.column: letter(str(s.cell.value)) for s in spots}
        if len(spots) < _LETTERS or not all(letters.values()):
            return False
        self.letters = letters
        if self.head is not None and self.head.row == spots[0].row - 1:
            self.head = self._completed(self.head)
            self.found.heads[self.head.table] = self.head
        return True

    def _head(self, row: int, spots: Sequence[Spot]) -> Head | None:
        columns: dict[str, range] = {}
        below = []
        for spot in spots:
            text = spot.cell.value
            if not isinstance(text, str) or len(text) > 80:
                continue
            role = heading_role(self.layout, text)
            if not role:  # a heading written into two cells
                under = self.view.at(row + 1, spot.column)
                joined = f"{text} {under.cell.value}" if under else ""
                if role := heading_role(self.layout, joined) if joined else "":
                    below.append(row + 1)
            if role and role not in columns:
                columns[role] = self._range(row, spot.column)
        if not {"value", "unit"} <= columns.keys() or len(columns) < 3:
            return None
        self.done.update(below)
        number = self.table if self.table in (1, 2) else 0
        table = number or (1 if is_of_table1(self.layout, columns) else 2)
        return self._completed(Head(table, row, columns))

    def _head_by_letters(self, row: int, spots: Sequence[Spot]) -> Head | None:
        """Take the row below the letters for headings, whatever it reads."""
        if self.table not in (1, 2) or self.head is not None or not self.letters:
            return None
        head = self._completed(Head(self.table, row, {}))
        return head if head.columns else None

    def _completed(self, head: Head) -> Head:
        """Give the columns without a known heading the meaning of their letters."""
        count = len(self.letters)
        roles = roles_by_letter(self.layout, self.stage, head.table, count)
        columns, by_letter = dict(head.columns), set(head.by_letter)
        taken = {c for known in columns.values() for c in known}
        for column, sign in self.letters.items():
            at = ord(sign) - ord("a")
            role = roles[at] if at < len(roles) else ""
            if role and role not in columns and column not in taken:
                columns[role] = self._range(head.row, column)
                by_letter.add(role)
        return Head(head.table, head.row, columns, frozenset(by_letter))

    def _range(self, row: int, column: int) -> range:
        return range(column, column + self.view.width(row, column))

    def _is_result(self, row: int, spots: Sequence[Spot]) -> bool:
        """Find the figures of Table 3 below its heading, and the period beside it."""
        value = self._of_result(spots)
        if value is None:
            return False
        texts = {heading_role(self.layout, str(s.cell.value)): s for s in spots}
        columns = self._range(row, value.column)
        first = self._below(row, columns)
        if first is not None:
            self.found.results += self._figures(first, columns)
        for role in ("period", "unit"):
            spot = texts.get(role)
            if spot is None or spot is value:
                continue
            beside = self._below(row, self._range(row, spot.column))
            if role == "period" and self.found.period is None:
                self.found.period = beside
            elif role == "unit" and self.found.measure is None:
                self.found.measure = beside
        return True

    def _of_result(self, spots: Sequence[Spot]) -> Spot | None:
        """Return the heading of the figure, if a row is the head of Table 3."""
        is_below_title = self.table == 3
        for spot in spots:
            text = spot.cell.value
            if not isinstance(text, str) or len(text) > _HEADING:
                continue
            if is_result_heading(self.layout, text, is_below_title=is_below_title):
                return spot
        return None

    def _figures(self, first: Spot, columns: range) -> list[Spot]:
        """Return the first figure and all that stand below it in the same part."""
        found, empty = [first], 0
        for row in range(first.row + 1, first.row + 1 + _FAR):
            spots = self.view.rows.get(row)
            if spots and _begins_part(spots):
                break
            spot = self.view.first(row, columns)
            if spot is not None and spot.row == row and _is_figure(spot):
                found.append(spot)
            empty = 0 if spots else empty + 1
            if empty > _NEAR:
                break
        return found

    def _below(self, row: int, columns: range) -> Spot | None:
        """Return what stands near below a heading, but not in the next part."""
        for at in range(row + 1, row + 1 + _NEAR):
            spots = self.view.rows.get(at)
            if spots and _begins_part(spots):
                return None
            found = self.view.first(at, columns)
            if found is not None and found.row > row:  # no heading merged over rows
                return found
        return None


def _is_figure(spot: Spot) -> bool:
    return isinstance(spot.cell.value, float) or spot.cell.formula is not None


def _begins_part(spots: Sequence[Spot]) -> bool:
    text = spots[0].cell.value
    return isinstance(text, str) and (table_number(text) > 0 or is_legend(text))
