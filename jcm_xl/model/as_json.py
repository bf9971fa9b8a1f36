"""Definitions as JSON: for hosts that read no TOML, and kept ones.

What is written is the model itself, value by value; loading it back gives the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from jcm_xl.expr import nodes, unit
from jcm_xl.model import methodology
from jcm_xl.model.methodology import Methodology

_KIND = "is"
"""The key that tells what a JSON object stands for."""

_CLASSES = {
    name: found
    for module in (nodes, unit, methodology)
    for name, found in vars(module).items()
    if isinstance(found, type) and found.__module__ == module.__name__
}


def to_json(m: Methodology) -> str:
    """Return a definition as text."""
    return json.dumps(_plain(m), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Methodology:
    """Return the definition that `to_json` wrote; raises `ValueError` for others."""
    found = _value(json.loads(text))
    if not isinstance(found, Methodology):
        raise ValueError("this text holds no definition of a methodology")
    return found


def _plain(value: Any) -> Any:
    """Return what JSON can hold; a tuple becomes an array, all else is named."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Enum):
        return {_KIND: type(value).__name__, "value": value.value}
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, (Decimal, date)):
        return {_KIND: type(value).__name__, "value": str(value)}
    if isinstance(value, list):
        return {_KIND: "list", "items": [_plain(one) for one in value]}
    if isinstance(value, Mapping):
        return {_KIND: "map", "items": [[k, _plain(v)] for k, v in value.items()]}
    named = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return {_KIND: type(value).__name__, **named}


def _value(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(_value(one) for one in plain)
    if not isinstance(plain, dict):
        return plain
    kind = plain[_KIND]
    if kind == "Decimal":
        return Decimal(plain["value"])
    if kind == "date":
        return date.fromisoformat(plain["value"])
    if kind == "list":
        return [_value(one) for one in plain["items"]]
    if kind == "map":
        return {key: _value(value) for key, value in plain["items"]}
    found = _CLASSES[kind]
    if issubclass(found, Enum):
        return found(plain["value"])
    return found(**{k: _value(v) for k, v in plain.items() if k != _KIND})
