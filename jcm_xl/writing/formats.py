"""Styles of the layout and values of formulas in the words of XlsxWriter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from jcm_xl.model.submission import CellError, DateNumber, Value
from jcm_xl.text.days import serial

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)"
)  # what XML cannot hold, and what would read as its spelling


def stored(value: Value) -> Any:
    """Spell control signs of a text as Excel does; XlsxWriter leaves them raw here."""
    if isinstance(value, CellError):
        return value.code
    if isinstance(value, date):
        return serial(value)
    if isinstance(value, DateNumber):
        return value.number
    if not isinstance(value, str):
        return "" if value is None else value
    return _CONTROL.sub(lambda sign: f"_x{ord(sign[0]):04X}_", value)


def properties_of(style: Mapping[str, Any]) -> dict[str, Any]:
    """Translate a style of the layout into the writer's words."""
    result: dict[str, Any] = {"valign": "vcenter"}
    if "bg" in style:
        result["bg_color"] = style["bg"]
    if "fg" in style:
        result["font_color"] = style["fg"]
    if "size" in style:
        result["font_size"] = style["size"]
    if "format" in style:
        result["num_format"] = style["format"]
    for ours, theirs in (
        ("bold", "bold"),
        ("italic", "italic"),
        ("wrap", "text_wrap"),
        ("border", "border"),
    ):
        if style.get(ours):
            result[theirs] = 1
    if style.get("border"):
        result["border_color"] = "#8EA9C1"
    if style.get("center"):
        result["align"] = "center"
    if style.get("right"):
        result["align"] = "right"
    return result
