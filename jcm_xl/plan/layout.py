"""The layout of the sheets: data of `workbook_templates/layout`, filled in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jcm_xl.places import templates


class Layout:
    """Texts and measures of the sheets by dotted key: `layout("table3.units")`."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self.version: int = data["version"]

    def __call__(self, key: str, /, **context: Any) -> Any:
        """Return the entry; a text with placeholders is filled from the context."""
        value: Any = self._data
        for part in key.split("."):
            value = value[part]
        if isinstance(value, str) and "{{" in value:
            return _template(value).render(context)
        return value

    @property
    def styles(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the named cell styles."""
        styles: Mapping[str, Mapping[str, Any]] = self._data["styles"]
        return styles

    def sheet(self, key: str) -> str:
        """Return the printed name of a sheet: `mps_input` -> `MPS(input)`."""
        return str(self._data["sheets"][key]["name"])


@lru_cache(maxsize=1)
def layout() -> Layout:
    """Load the official layout."""
    path = templates() / "layout" / "official.toml"
    return Layout(tomllib.loads(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=256)
def _template(text: str) -> Any:
    from jinja2 import Environment, StrictUndefined

    return Environment(undefined=StrictUndefined, autoescape=False).from_string(text)
