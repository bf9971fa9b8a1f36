"""The layout of the sheets: data of `workbook_templates/layout`, filled in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from jcm_xl.places import templates
from jcm_xl.plan.tables import (
    INPUT_TABLES,
    OPTION_TEXT,
    TEXT,
    LayoutError,
    SheetTable,
    read_tables,
)
from jcm_xl.text.toml import read_template

_SHEETS: Final = {
    "input": ("input", "table1"),
    "separate": ("separate", "separate"),
    "calc": ("calc", "calc"),
    "mss": ("mss", "mss"),
    "check": ("check", "check"),
    "live": ("live", "live"),
}
"""Which table gives a sheet its widths, by the end of the sheet's key."""
_USUAL_WIDTH: Final = 14
"""Signs in a column for which no width is given."""


class Layout:
    """Texts and measures of the sheets by dotted key: `layout("table3.days")`.

    Raises `LayoutError` for tables that cannot be laid out.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self.version: int = data["version"]
        self._tables = read_tables(data)
        order = data["input"]["tables"]
        if sorted(order) != sorted(INPUT_TABLES):
            there = ", ".join(INPUT_TABLES)
            raise LayoutError(f"[input] tables names each of these once: {there}.")

    def __call__(self, key: str, /, **context: Any) -> Any:
        """Return the entry; a text with placeholders is filled from the context.

        Raises `KeyError` for a placeholder that the context does not have.
        """
        value: Any = self._data
        for part in key.split("."):
            value = value[part]
        return value.format_map(context) if isinstance(value, str) else value

    @property
    def styles(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the named cell styles."""
        styles: Mapping[str, Mapping[str, Any]] = self._data["styles"]
        return styles

    def sheet(self, key: str) -> str:
        """Return the printed name of a sheet: `mps_input` -> `MPS(input)`."""
        return str(self._data["sheets"][key]["name"])

    @property
    def official(self) -> tuple[str, ...]:
        """Return the keys of the official sheets, those with a title band, in order."""
        sheets = self._data["sheets"]
        return tuple(key for key, facts in sheets.items() if "title" in facts)

    @property
    def names(self) -> Mapping[str, str]:
        """Return the printed names of the sheets by key, in the order of the tabs."""
        return {key: str(facts["name"]) for key, facts in self._data["sheets"].items()}

    def table(self, key: str, stage: str = "mps") -> SheetTable:
        """Return a table as the sheet of a stage (`mps` or `mrs`) has it."""
        return self._tables[key, stage]

    def last_of_input(self, stage: str) -> int:
        """Return the last column of the input sheet of a stage."""
        return max(self.table(key, stage).last for key in INPUT_TABLES)

    def widths(self, key: str) -> tuple[float, ...]:
        """Return the widths of a sheet's columns from A on, as far as given."""
        given = self._data["sheets"][key].get("widths")
        if given is not None:
            return tuple(given)
        stage, _, kind = key.partition("_")
        block, table = _SHEETS[kind or stage]
        stage = stage if kind else "mps"
        return tuple(self.table(table, stage).widths(self._data[block]["margin"]))

    def width(self, key: str, default: float) -> float:
        """Return the width of a sheet's columns for which none is given."""
        return float(self._data["sheets"][key].get("column", default))

    def widths_up_to(self, key: str, last: int) -> tuple[float, ...]:
        """Return the widths of a sheet's columns, from A to the last or further."""
        given = self.widths(key)
        rest = max(0, last - len(given))
        return (*given, *[self.width(key, _USUAL_WIDTH)] * rest)

    @property
    def by_hand(self) -> Mapping[str, Any]:
        """Return what hand-made books print in place of the words of this layout."""
        found: Mapping[str, Any] = self._data.get("by_hand", {})
        return found

    @property
    def header_rows(self) -> int:
        """Return the rows of the header, the title band being the last."""
        rows: int = self("header.rows.title")
        return rows

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the roles of the texts that Table 1 takes from a participant."""
        return self.table("table1").of_kind(TEXT, OPTION_TEXT)

    @property
    def option_texts(self) -> tuple[str, ...]:
        """Return the roles of Table 1 that hold a text of the monitoring option."""
        return self.table("table1").of_kind(OPTION_TEXT)

    @property
    def own_texts(self) -> tuple[str, ...]:
        """Return the texts that some table leaves wholly to the participant."""
        tables = (self.table(key) for key in ("table1", "table2", "separate"))
        own = {role for table in tables for role in table.of_kind(TEXT)}
        return tuple(role for role in self.texts if role in own)


@lru_cache(maxsize=16)
def layout(version: int | None = None) -> Layout:
    """Load the official layout of new books, or the one of a version.

    Raises `LayoutError` for a version that this jcm_xl does not have.
    """
    if version is None:
        return _read("official")
    if version == layout().version:
        return layout()
    if version not in versions():
        raise LayoutError(f"There is no layout of the version {version}.")
    return _read(f"earlier/{version}/official")


@lru_cache(maxsize=1)
def versions() -> tuple[int, ...]:
    """Return the versions of the layout that there are, the oldest first."""
    files = (_folder() / "earlier").glob("*/official.toml")
    earlier = (int(path.parent.name) for path in files)
    return (*sorted(earlier), layout().version)


def _read(name: str) -> Layout:
    return Layout(read_template(_folder() / f"{name}.toml"))


def _folder() -> Path:
    return templates() / "layout"
