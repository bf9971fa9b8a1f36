"""The slots of a plan while its sheets are laid out one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from jcm_xl.model.methodology import Formula, Methodology, Parameter
from jcm_xl.plan.layout import Layout
from jcm_xl.plan.slot import Slot
from jcm_xl.text.languages import Messages
from jcm_xl.xlsx.grid import column_letters as letters

STAGES = ("mps", "mrs")
MPS_INPUT_LAST = 11
"""The last column of MPS(input), (j); the reference number stands above it."""


def quoted(text: str) -> str:
    """Return a text as a formula writes it."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


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
    cells: dict[str, Slot] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)
    last_columns: dict[str, int] = field(default_factory=dict)
    freeze: dict[str, tuple[int, int]] = field(default_factory=dict)
    heights: dict[tuple[str, int], float] = field(default_factory=dict)

    def put(
        self, key: str, sheet: str, row: int, column: int, role: str, **more: Any
    ) -> Slot:
        """Add a slot; its key must be new."""
        slot = Slot(key, sheet, row, column, role, **more)
        if key in self.cells:
            raise AssertionError(f"two slots are called {key}")
        self.cells[key] = slot
        return slot

    def line(
        self,
        key: str,
        sheet: str,
        row: int,
        column: int,
        texts: Iterable[str],
        role: str = "heading",
        style: str = "head",
    ) -> None:
        """Add one slot a text, side by side."""
        for i, text in enumerate(texts):
            self.put(
                f"{key}:{i + 1}",
                sheet,
                row,
                column + i,
                role,
                content=text,
                style=style,
            )

    def place_reference(self) -> None:
        """Place the one cell that every sheet's header repeats."""
        self.put(
            "reference_number",
            self.layout.sheet("mps_input"),
            2,
            MPS_INPUT_LAST,
            "reference",
            style="input",
            is_input=True,
            rule="text",
        )

    def begin(self, key: str, last_column: int) -> str:
        """Open a sheet with the official header; return its name.

        Line 1 the spreadsheet's id, line 2 the reference number, then the title
        band: jcm_rules 2.2. The DRAFT banner is the fixed cell B1.
        """
        text, name = self.layout, self.layout.sheet(key)
        self.sheets[key] = name
        self.last_columns[name] = last_column
        m = self.m
        if m.is_draft or self.copy:
            self.put(
                f"{key}.draft",
                name,
                1,
                2,
                "draft",
                content=self._banner(),
                style="draft",
            )
        self.put(
            f"{key}.scope",
            name,
            2,
            2,
            "header",
            content=text("header.scope", m=m),
            style="plain",
        )
        self.put(
            f"{key}.id",
            name,
            1,
            last_column,
            "header",
            content=text("header.spreadsheet", m=m),
            style="right",
        )
        self._reference(key, name, last_column)
        self.put(
            f"{key}.title",
            name,
            3,
            2,
            "title",
            content=text(f"sheets.{key}.title"),
            style="title",
            span=last_column - 1,
        )
        return name

    def _banner(self) -> str:
        """Return what the book says on its face: that it is a copy, or a draft."""
        text = self.layout
        mark = (
            text(f"header.{self.copy}", sheet=self.messages("repair.sheet"))
            if self.copy
            else ""
        )
        draft = text("header.draft", m=self.m) if self.m.is_draft else ""
        return "; ".join(part for part in (mark, draft) if part)

    def _reference(self, key: str, name: str, last_column: int) -> None:
        label = self.layout("header.reference")
        if key == "mps_input":
            self.put(
                f"{key}.reference_label",
                name,
                2,
                last_column - 1,
                "header",
                content=label,
                style="right",
            )
            return
        source = self.cells["reference_number"].absolute
        self.put(
            f"{key}.reference",
            name,
            2,
            last_column,
            "reference_copy",
            formula=f"{quoted(label + ' ')}&{source}",
            style="right",
            recipe=("reference",),
        )

    def symbol(
        self, key: str, sheet: str, row: int, column: int, item: Any, **more: Any
    ) -> Slot:
        """Add a slot that prints the symbol of a parameter or formula."""
        return self.put(
            key,
            sheet,
            row,
            column,
            "symbol",
            content=item.symbol,
            name=item.name,
            style=more.pop("style", "symbol"),
            trust=self.trust(item),
            **more,
        )

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

    def column_range(self, keys: list[str], sheet: str) -> str:
        """Return the range over slots of one column, as seen from a sheet."""
        first, last = self.cells[keys[0]], self.cells[keys[-1]]
        where = "" if first.sheet == sheet else f"'{first.sheet}'!"
        column = letters(first.column)
        return f"{where}${column}${first.row}:${column}${last.row}"

    def unit_keys(self, prefix: str, name: str, index: str) -> list[str]:
        """Return the keys of an indexed notion over all unit rows."""
        return [f"{prefix}:{name}[{u}]" for u in range(1, self.rows[index] + 1)]

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
        m = self.m
        return m.parameters.get(name) or m.constants.get(name) or m.formulas[name]
