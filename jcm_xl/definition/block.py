"""Typed access to one block of a TOML file; whatever is wrong goes to the collector."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from jcm_xl.definition.families import Family
from jcm_xl.definition.lines import KeyPath
from jcm_xl.definition.problems import Collector
from jcm_xl.text.nearest import nearest

_SCHEME = re.compile(r"\s*([A-Za-z][\w+.-]*)\s*:")


class Block:
    """A mapping with its path. Asking marks a key known; `close` refuses the rest."""

    def __init__(self, data: Any, path: KeyPath, problems: Collector) -> None:
        self.path = path
        self.problems = problems
        self._known: set[str] = set()
        if not isinstance(data, Mapping):
            problems.add(path, f"expected a table, found {_kind(data)}")
            data = {}
        self._data: Mapping[str, Any] = data

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def names(self) -> list[str]:
        """Return the keys in file order."""
        return list(self._data)

    def fault(self, key: str, reason: str, family: Family | None = None) -> None:
        """Note a problem at a key of this block."""
        path = (*self.path, key) if key else self.path
        self.problems.add(path, reason, family)

    def lacks(self, key: str, reason: str) -> None:
        """Note that a key is not there."""
        self.fault(key, reason, Family.MISSING_KEY)

    def raw(self, key: str) -> Any:
        """Return the value as TOML gave it; `None` when absent."""
        self._known.add(key)
        return self._data.get(key)

    def text(self, key: str, *, required: bool = False) -> str:
        """Return a text without outer spaces; empty when absent."""
        value = self.raw(key)
        if value is None:
            if required:
                self.lacks(key, "missing; a text is required")
            return ""
        if not isinstance(value, str):
            self.fault(key, f"expected a text, found {_kind(value)}")
            return ""
        if required and not value.strip():
            self.lacks(key, "empty; a text is required")
        return value.strip()

    def address(self, key: str) -> str:
        """Return the address of a web page; empty when absent.

        Documents, catalogues and add-ins carry it: one that runs something is refused.
        """
        value = self.text(key)
        scheme = _SCHEME.match(value)
        if scheme and scheme[1].lower() not in ("http", "https", "todo"):
            self.fault(key, f"'{scheme[1]}:' is no address of a web page (https://...)")
            return ""
        return value

    def one_of(self, key: str, allowed: Sequence[str], default: str = "") -> str:
        """Return one of the allowed words."""
        value = self.text(key, required=not default) or default
        if value and value not in allowed:
            hint = nearest(value, allowed)
            self.fault(key, f"'{value}' is not one of {', '.join(allowed)}{hint}")
        return value if value in allowed else allowed[0]

    def number(self, key: str, *, required: bool = False) -> Decimal | None:
        """Return a number as it was printed; `None` when absent."""
        value = self.raw(key)
        if value is None:
            if required:
                self.lacks(key, "missing; a number is required")
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.fault(key, f"expected a number, found {_kind(value)}")
            return None
        value = Decimal(value)
        if not value.is_finite():
            self.fault(key, f"{value} is not a finite number")
            return None
        return value

    def date(self, key: str) -> date | None:
        """Return a date; `None` when absent."""
        value = self.raw(key)
        if value is not None and type(value) is not date:
            self.fault(key, f"expected a date such as 2017-03-21, found {_kind(value)}")
            return None
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty when absent."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self.fault(key, f"expected a list of texts, found {_kind(value)}")
            return ()
        return tuple(value)

    def block(self, key: str) -> Block | None:
        """Return a sub-table; `None` when absent."""
        value = self.raw(key)
        if value is None:
            return None
        return Block(value, (*self.path, key), self.problems)

    def blocks(self, key: str) -> list[Block]:
        """Return an array of tables; empty when absent."""
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(key, f"expected a list of tables, found {_kind(value)}")
            return []
        return [
            Block(item, (*self.path, key, position), self.problems)
            for position, item in enumerate(value)
        ]

    def named(self, key: str) -> dict[str, Block]:
        """Return sub-tables by name, as `[parameters.X]` gives them."""
        outer = self.block(key)
        if outer is None:
            return {}
        return {
            name: Block(outer.raw(name), (*outer.path, name), self.problems)
            for name in outer.names()
        }

    def close(self) -> None:
        """Refuse every key that nobody asked for."""
        for key in self._data:
            if key not in self._known:
                hint = nearest(key, self._known)
                self.fault(key, f"unknown key{hint}", Family.UNKNOWN_KEY)


def _kind(value: Any) -> str:
    words = {bool: "true/false", str: "a text", list: "a list", dict: "a table"}
    noun = "number" if isinstance(value, int | Decimal) else "date"
    return words.get(type(value), f"the {noun} {value}")
