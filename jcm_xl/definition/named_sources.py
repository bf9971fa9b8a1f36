"""Sources that a definition names once: `source = "draft: F.2"` for a whole table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jcm_xl.definition.families import Family
from jcm_xl.definition.lines import KeyPath
from jcm_xl.definition.problems import Collector
from jcm_xl.text.nearest import nearest

SOURCES, OF = "sources", "of"
_KEYS = ("source", "cited")
_TEXTS = ("emission_sources", "monitoring")
"""Blocks whose `source` is a text of theirs; they cite by `cited`."""


def with_sources(content: Mapping[str, Any], problems: Collector) -> Mapping[str, Any]:
    """Return a definition's dictionary with each named source in its places.

    A text is a name, with `: SECTION` behind it where the section is another; a table
    with `of = NAME` adds to what is named.
    """
    named = content.get(SOURCES)
    if not isinstance(named, Mapping):
        named = {}
    used: set[str] = set()
    whole = _copied(content, (), named, used, problems)
    for name in named:
        if name not in used:
            reason = f"nothing has the source '{name}'; was it forgotten?"
            problems.add((SOURCES, name), reason, Family.UNUSED)
    return {key: value for key, value in whole.items() if key != SOURCES}


def _copied(
    value: Any, path: KeyPath, named: Mapping[str, Any], used: set[str],
    problems: Collector,
) -> Any:  # fmt: skip
    if isinstance(value, list):
        return [
            _copied(item, (*path, i), named, used, problems)
            for i, item in enumerate(value)
        ]
    if not isinstance(value, dict):
        return value
    return {
        key: _source(item, (*path, key), named, used, problems)
        if key in _may_cite(path)
        else _copied(item, (*path, key), named, used, problems)
        for key, item in value.items()
    }


def _may_cite(path: KeyPath) -> tuple[str, ...]:
    """Return the keys by which a block names a source."""
    if path and path[0] == SOURCES:
        return ()
    return _KEYS[1:] if any(part in _TEXTS for part in path) else _KEYS


def _source(
    value: Any, path: KeyPath, named: Mapping[str, Any], used: set[str],
    problems: Collector,
) -> Any:  # fmt: skip
    more: dict[str, Any] = {}
    if isinstance(value, str):
        name, _, section = (part.strip() for part in value.partition(":"))
        more = {"section": section} if section else {}
    elif isinstance(value, dict) and OF in value:
        name = str(value[OF])
        more = {key: item for key, item in value.items() if key != OF}
    else:
        return value
    if not isinstance(named.get(name), dict):
        hint = nearest(name, named)
        reason = f"there is no [{SOURCES}.{name}]{hint}" if name else "is empty"
        problems.add(path, reason, Family.REFERENCE)
        return {"title": name or "?"}
    used.add(name)
    return {**named[name], **more}
