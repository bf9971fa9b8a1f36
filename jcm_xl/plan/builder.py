"""The slots of a plan while its sheets are laid out one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from functools import cached_property, partial
from math import ceil
from typing import TYPE_CHECKING, Any

from jcm_xl.dataclass import dataclass
from jcm_xl.model.key import REFERENCE_NUMBER, Key
from jcm_xl.model.methodology import Formula, Methodology, Parameter, UnitSet
from jcm_xl.plan.layout import Layout
from jcm_xl.plan.slot import Cached, Computed, Slot, fixed_address, fixed_range
from jcm_xl.plan.tables import FIRST_COLUMN, SheetTable
from jcm_xl.text.languages import Messages
from jcm_xl.text.room import POINTS, height, lines
from jcm_xl.text.width import width

if TYPE_CHECKING:
    from jcm_xl.plan.cached_values import CachedValues

STAGES = ("mps", "mrs")
BANNER = (1, FIRST_COLUMN)
"""The cell of every official sheet that says what a book is: B1."""


_ID_WIDTH = 40
"""Signs that the spreadsheet's id takes at the right end of the banner's row."""
_LOST = 5
"""Signs of a line that stay empty, as words are not parted."""
FOUR_LINES = 60
"""Points of a row that is not higher than need be; longer texts are written smaller."""
_LINE_HEIGHT = 15
"""Points of a line of text."""


def quoted(text: str) -> str:
    """Return a text as a formula writes it."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


@dataclass(frozen=True, slots=True)
class Cursor:
    """A row of a sheet: cells are put by the role of a column, or by its number."""

    b: Builder
    sheet: str
    row: int
    table: SheetTable | None = None

    def put(self, column: str | int, key: Key, role: str, **more: Any) -> Slot:
        """Add a slot in a column of the table, merged as wide as that is."""
        if isinstance(column, int) or self.table is None:
            return self.b.put(key, self.sheet, self.row, int(column), role, **more)
        at = self.table[column]
        more.setdefault("span", at.span)
        return self.b.put(key, self.sheet, self.row, at.first, role, **more)

    def down(self, rows: int = 1) -> Cursor:
        """Return the row so many below."""
        return Cursor(self.b, self.sheet, self.row + rows, self.table)

    def height(self, height: float) -> None:
        """Make the row at least so high, in points."""
        heights, at = self.b.heights, (self.sheet, self.row)
        heights[at] = max(heights.get(at, 0), height)


@dataclass
class Builder:
    """Collects slots; `cells` finds one by key, `names` become defined names."""

    m: Methodology
    layout: Layout
    messages: Messages
    rows: dict[str, int]
    monthly: bool = False
    meters: bool = False
    copy: str = ""
    identifier: str = "identifier"  # a text cell; the first shape had none
    is_steady: bool = True  # no formula names an input cell; those of the first did
    counts_texts: bool = True  # on the face of the book; the first shape did not
    wraps_banner: bool = True  # the first shape cut it
    has_first_view: bool = True  # steps, links, low rows; the first shape had none
    cells: dict[Key, Slot] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)
    last_columns: dict[str, int] = field(default_factory=dict)
    freeze: dict[str, tuple[int, int]] = field(default_factory=dict)
    heights: dict[tuple[str, int], float] = field(default_factory=dict)

    def put(
        self, key: Key, sheet: str, row: int, column: int, role: str, **more: Any
    ) -> Slot:
        """Add a slot; its key must be new."""
        slot = Slot(key, sheet, row, column, role, **more)
        if key in self.cells:
            raise AssertionError(f"two slots are called {key}")
        self.cells[key] = slot
        return slot

    def row(self, sheet: str, row: int, table: SheetTable | None = None) -> Cursor:
        """Return a row of a sheet to put cells into."""
        return Cursor(self, sheet, row, table)

    def line(self, at: Cursor, key: Key, column: int, texts: Iterable[str]) -> None:
        """Add one heading a text, side by side."""
        for i, text in enumerate(texts):
            at.put(column + i, key.nth(i + 1), "heading", content=text, style="head")

    def place_reference(self) -> None:
        """Place the one cell that every sheet's header repeats."""
        self._header("mps_input", "reference").put(
            self.layout.last_of_input("mps"), REFERENCE_NUMBER, "reference",
            style=self.identifier, is_input=True, rule="text",
        )  # fmt: skip

    def _header(self, key: str, line: str) -> Cursor:
        return self.row(self.layout.sheet(key), self.layout(f"header.rows.{line}"))

    def begin(self, key: str, last_column: int) -> str:
        """Open a sheet with the official header; return its name.

        Line 1 the spreadsheet's id, line 2 the reference number, then the title
        band: jcm_rules 2.2. The DRAFT banner is the fixed cell B1.
        """
        text, name, m = self.layout, self.layout.sheet(key), self.m
        self.sheets[key] = name
        self.last_columns[name] = last_column
        if banner := self._banner():
            self._put_banner(key, banner)
        reference = self._header(key, "reference")
        scope = text("header.scope", scopes=", ".join(m.scopes))
        reference.put(
            FIRST_COLUMN, Key(key, "scope"), "header", content=scope, style="plain"
        )
        self._header(key, "id").put(
            last_column, Key(key, "id"), "header", style="right",
            content=text("header.spreadsheet", m=m),
        )  # fmt: skip
        self._reference(reference, key, last_column)
        self._header(key, "title").put(
            FIRST_COLUMN, Key(key, "title"), "title", style="title",
            content=text(f"sheets.{key}.title"), span=last_column - 1,
        )  # fmt: skip
        return name

    def _put_banner(self, key: str, text: str) -> None:
        """Put the banner left of the spreadsheet's id, in as many lines as it needs."""
        name = self.layout.sheet(key)
        at, more = self.row(name, BANNER[0]), {}
        if self.wraps_banner:
            last = self.last_columns[name]
            widths = self.layout.widths_up_to(key, last)[BANNER[1] - 1 : last]
            more["span"] = span = _beside(widths, _ID_WIDTH)
            lines = ceil(width(text) / (sum(widths[:span]) - _LOST))
            at.height(_LINE_HEIGHT * lines)
        at.put(BANNER[1], Key(key, "draft"), "draft", content=text, style="draft",
               **more)  # fmt: skip

    def _banner(self) -> str:
        """Return what the book says on its face: a copy, only proposed, a draft."""
        text = self.layout
        mark = (
            text(f"header.{self.copy}", sheet=self.messages("repair.sheet"))
            if self.copy
            else ""
        )
        draft = text("header.draft", **self.counters) if self.is_draft else ""
        proposed = text("header.proposed") if self._is_proposed else ""
        return "; ".join(part for part in (mark, proposed, draft) if part)

    @property
    def _is_proposed(self) -> bool:
        """Tell whether nobody has approved the methodology; the first shape did not."""
        return self.counts_texts and self.m.status == "proposed"

    @property
    def is_draft(self) -> bool:
        """Tell whether the book says DRAFT; the first shape asked no texts."""
        return self.m.is_draft if self.counts_texts else bool(self.m.drafts)

    @property
    def counters(self) -> dict[str, object]:
        """Return what the texts on a draft may name: numbers, formulas, texts, count.

        Each of the three is `unread of total`; count is that of the first shape.
        """
        tallies = {f"{part}s": tally for part, tally in self.m.tallies.items()}
        return {**tallies, "count": len(self.m.drafts)}

    def _reference(self, at: Cursor, key: str, last_column: int) -> None:
        label = self.layout("header.reference")
        if key == "mps_input":
            at.put(last_column - 1, Key(key, "reference_label"), "header",
                   content=label, style="right")  # fmt: skip
            return
        source = self.cells[REFERENCE_NUMBER].absolute
        at.put(
            last_column, Key(key, "reference"), "reference_copy", style="right",
            computed=Computed(f"{quoted(label + ' ')}&{source}", _reference_value),
        )  # fmt: skip

    def _width(self, slot: Slot) -> float:
        """Return the width of a cell in digits, all its columns together."""
        key = next(key for key, name in self.sheets.items() if name == slot.sheet)
        given, other = self.layout.widths(key), self.layout.width(key, 14)
        columns = range(slot.column - 1, slot.column - 1 + slot.span)
        return sum(given[i] if i < len(given) else other for i in columns)

    def symbol(self, at: Cursor, column: str | int, key: Key, item: Any,
               style: str = "symbol") -> Slot:  # fmt: skip
        """Add a slot that prints the symbol of a parameter or formula."""
        return at.put(
            column, key, "symbol", content=item.symbol, name=item.name, style=style,
            trust=self.trust(item),
        )  # fmt: skip

    def label_of(self, at: Cursor, column: str | int, key: Key, item: Any) -> None:
        """Add a slot that prints the description of a parameter or formula."""
        slot = at.put(column, key, "label", content=item.label, name=item.name,
                      trust=self.trust(item))  # fmt: skip
        if not self.has_first_view:
            return
        style = self.fit(key, [item.label], (slot.style, "medium", "small"))
        at.height(self.needed(slot, item.label, style))

    def fit(self, key: Key, texts: Sequence[str], styles: Sequence[str]) -> str:
        """Give a cell the first style in which each of its texts takes four lines.

        styles: largest letters first; the last one is taken where none will do.
        """
        slot = self.cells[key]

        def is_low(style: str) -> bool:
            return all(self.needed(slot, t, style) <= FOUR_LINES for t in texts)

        style = next(filter(is_low, styles[:-1]), styles[-1])
        self.cells[key] = slot._replace(style=style)
        return style

    def needed(self, slot: Slot, text: str, style: str) -> float:
        """Return the points that a text needs in a cell, in letters of a style."""
        size = self.layout.styles[style].get("size", POINTS)
        return height(text, self._width(slot), size)

    def unit_of(self, at: Cursor, column: str | int, key: Key, item: Any) -> None:
        """Add a slot that prints the unit of a parameter or formula."""
        unit = self.unit(item)
        slot = at.put(column, key, "unit", content=unit, style="unit",
                      name=item.name, trust=self.trust(item))  # fmt: skip
        if self.has_first_view and lines(unit, self._width(slot)) > 1:
            self.cells[key] = slot._replace(style="small_unit")

    def input(self, at: Cursor, column: str | int, key: Key, role: str, rule: str,
              **more: Any) -> None:  # fmt: skip
        """Add a cell for the participant; `rule` says what is typed there."""
        style = "number" if rule == "number" else "input"
        at.put(column, key, role, is_input=True, rule=rule,
               **{"style": style, **more})  # fmt: skip

    def copy_of(self, at: Cursor, column: str | int, key: Key, source: Key,
                **more: Any) -> None:  # fmt: skip
        """Add a cell that repeats another one, nothing where that is blank."""
        there = self.cells[source].seen_from(at.sheet)
        value = partial(_copy_value, key=source)
        at.put(column, key, "copy", **more,
               computed=Computed(f'IF({there}="","",{there})', value))  # fmt: skip

    def unit(self, item: Any) -> str:
        """Return the printed unit; a choice has none."""
        return "-" if getattr(item, "is_choice", False) else str(item.unit)

    def trust(self, item: Any) -> str:
        """Return on what the expectation of a text of this item rests."""
        official = getattr(item, "is_official", self.m.is_official)
        return "official" if official else "paraphrase"

    def see(self, key: str) -> str:
        """Return `see MPS(input_separate)`."""
        return str(self.layout("separate.see", sheet=self.layout.sheet(key)))

    def column_range(self, keys: list[Key], sheet: str) -> str:
        """Return the range over slots of one column, as seen from a sheet."""
        first, last = self.cells[keys[0]], self.cells[keys[-1]]
        where = "" if first.sheet == sheet else f"'{first.sheet}'!"
        return f"{where}{fixed_range(first, last)}"

    def any_of(self, group: tuple[str, ...]) -> UnitSet:
        """Return the set, or the sets, of which one unit is asked, to be named."""
        sets = [self.m.sets[index] for index in group]
        return replace(
            sets[0],
            name=" / ".join(s.name for s in sets),
            label=" / ".join(s.label for s in sets),
        )

    def input_range(self, keys: list[Key], sheet: str) -> str:
        """Return the range over input cells of one column, as seen from a sheet.

        Its ends are the locked cells above and below, which hold no number: an inner
        cell can be dragged away without the range following it.
        """
        if not self.is_steady:
            return self.column_range(keys, sheet)
        first, last = self.cells[keys[0]], self.cells[keys[-1]]
        where = "" if first.sheet == sheet else f"'{first.sheet}'!"
        top = fixed_address(first.row - 1, first.column)
        return f"{where}{top}:{fixed_address(last.row + 1, last.column)}"

    def area(self, first: Slot, last: Slot) -> str:
        """Return the range over columns of input cells, as `input_range` does."""
        top = fixed_address(first.row - 1, first.column)
        bottom = fixed_address(last.row + 1, last.column)
        return f"'{first.sheet}'!{top}:{bottom}"

    def unit_keys(self, key: Key, index: str) -> list[Key]:
        """Return the keys of an indexed notion over all unit rows."""
        return [key.with_unit(u) for u in range(1, self.rows[index] + 1)]

    @cached_property
    def monitored(self) -> tuple[Parameter, ...]:
        """Return the rows of Table 1, one monitoring point each."""
        return tuple(p for p in self.m.inputs if p.is_monitored)

    @cached_property
    def fixed(self) -> tuple[Parameter, ...]:
        """Return the rows of Table 2."""
        return tuple(p for p in self.m.inputs if not p.is_monitored)

    def indexed(self, index: str) -> tuple[Parameter, ...]:
        """Return the inputs of a set: Table 1 first, then Table 2."""
        both = (*self.monitored, *self.fixed)
        return tuple(p for p in both if p.index == index)

    def formulas_over(self, index: str) -> tuple[Formula, ...]:
        """Return the formulas of a set in an order in which they can be read."""
        over = [f for f in self.m.formulas.values() if f.index == index]
        return tuple(sorted(over, key=lambda f: self.m.order.index(f.name)))

    def label(self, name: str) -> Any:
        """Return the parameter, constant or formula of a name."""
        return self.m.named(name)


def _beside(widths: Sequence[float], kept: float) -> int:
    """Return how many columns, one at least, leave so much width at the right end."""
    span = len(widths)
    while span > 1 and sum(widths[span:]) < kept:
        span -= 1
    return span


def _reference_value(shown: CachedValues) -> Cached:
    number = shown.typed(REFERENCE_NUMBER)
    label = shown.plan.layout("header.reference")
    return f"{label} {'' if number is None else number}"


def _copy_value(shown: CachedValues, key: Key) -> Cached:
    value: Cached | None = shown.typed(key)
    return "" if value is None else value
