"""Other layouts of the official sheets than the official one."""

from __future__ import annotations

import tomllib
from typing import Any

from jcm_xl.places import templates
from jcm_xl.plan.layout import Layout

Data = dict[str, Any]
ADDED = {
    "role": "meter", "kind": "text", "width": 20, "heading": "Number of the meter",
}  # fmt: skip


def official() -> Data:
    """Return the file of the official layout, to be changed."""
    path = templates() / "layout" / "official.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def swap(columns: list[Data], first: str, second: str) -> None:
    """Exchange two columns."""
    at = {column["role"]: n for n, column in enumerate(columns)}
    one, other = at[first], at[second]
    columns[one], columns[other] = columns[other], columns[one]


def changed(tables: list[str], first: str) -> Layout:
    """Return the official layout with other columns, words, tables and first tab."""
    data = official()
    data["version"] = 2
    data["input"]["tables"] = tables
    columns = data["table1"]["columns"]
    swap(columns, "label", "value")
    swap(columns, "source", "frequency")
    columns.insert(3, dict(ADDED))
    next(c for c in columns if c["role"] == "unit")["heading"] = "Unit of measure"
    swap(data["table2"]["columns"], "unit", "comment")
    data["sheets"]["mrs_input"]["name"] = "Monitoring Report"
    data["sheets"]["mps_input"]["title"] = "Sheet of the Monitoring Plan"
    swap(data["calc"]["columns"], "value", "unit")
    sheets = data["sheets"]
    data["sheets"] = {first: sheets.pop(first), **sheets}
    swap(data["mss"]["columns"], "person", "role")
    return Layout(data)


ABOVE = changed(["table2", "table1", "table3", "options", "texts"], "mps_input")
BELOW = changed(["table1", "texts", "table3", "table2", "options"], "mss")
