"""FactTable of a country that many definitions cite: each stands once, in one table.

A default or a row of a table says `fact = "TH.grid"` in place of value, source and
evidence; what the table says of it is put there before anything else is read. With
evidence of its own a citation says how well it is known that the methodology uses the
fact; the weaker of the two holds.
"""

from __future__ import annotations

import copy
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from jcm_xl.definition.families import Family
from jcm_xl.definition.lines import KeyPath
from jcm_xl.definition.problems import Collector
from jcm_xl.model.methodology import Evidence
from jcm_xl.places import templates
from jcm_xl.text.nearest import nearest

FactTable: TypeAlias = Mapping[str, Mapping[str, Any]]
KEY = "fact"
BESIDE = "facts.toml"
"""A kept text of an earlier release has the facts of its day beside it."""

_GRADES = tuple(Evidence)


def shipped() -> FactTable:
    """Return the facts of today by name, `MN.grid`."""
    return read_facts(templates() / "facts" / "numbers.toml")


def facts_for(folder: Path) -> FactTable:
    """Return what a definition in a folder cites: the facts beside it, or today's."""
    beside = folder / BESIDE
    return read_facts(beside) if beside.is_file() else shipped()


def read_facts(path: Path) -> FactTable:
    """Return the facts of a file by name."""
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read(path: Path, _: int) -> FactTable:
    return parse_facts(path.read_text(encoding="utf-8"))


def parse_facts(text: str) -> FactTable:
    """Return the facts of a table's text by name."""
    return dict(_flat(tomllib.loads(text, parse_float=Decimal), ""))


def _flat(content: Mapping[str, Any], start: str) -> Iterator[tuple[str, Any]]:
    for name, value in content.items():
        if "unit" in value:
            yield f"{start}{name}", value
        else:
            yield from _flat(value, f"{start}{name}.")


def cite(
    content: Mapping[str, Any], facts: FactTable, problems: Collector
) -> Mapping[str, Any]:
    """Return a definition's dictionary with the facts that it cites put into it."""
    whole = copy.deepcopy(dict(content))
    for path, block in _citing(whole):
        fact = facts.get(str(block[KEY]))
        if fact is None:
            reason = f"there is no fact '{block[KEY]}'{nearest(str(block[KEY]), facts)}"
            problems.add((*path, KEY), reason, Family.REFERENCE)
            continue
        for key, reason in _put(block, fact, whole):
            problems.add((*path, key), reason, Family.SOURCE)
    return whole


def cited(content: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the facts that a definition cites, each once, in order."""
    return tuple(sorted({str(block[KEY]) for _, block in _citing(content)}))


def digest_of(text: str, content: Mapping[str, Any], facts: FactTable) -> str:
    """Return the digest of a definition: of its text, and of the facts it cites."""
    parts = [text, *(f"{n} {_words(facts[n])}" for n in cited(content) if n in facts)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _words(value: object) -> str:
    """Return a fact as text, whatever the order and spacing of its file."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{k}: {_words(value[k])}" for k in sorted(value)) + "}"
    return str(value)


def _citing(content: Mapping[str, Any]) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    """Yield the blocks that cite a fact, with their places; odd content is skipped."""
    for name, block in _tables(content.get("parameters")):
        if KEY in block:
            yield ("parameters", name), block
    for name, table in _tables(content.get("tables")):
        rows = table.get("rows")
        for i, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, dict) and KEY in row:
                yield ("tables", name, "rows", i), row


def _tables(value: object) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield from ((k, v) for k, v in value.items() if isinstance(v, dict))


def _put(
    block: dict[str, Any], fact: Mapping[str, Any], whole: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Put a fact into the block that cites it; yield what does not go together."""
    for key in ("value", "open"):
        if key in block:
            yield key, "the fact that is cited gives it; state it once"
    unit = block.get("unit", fact["unit"])
    if unit != fact["unit"]:
        yield "unit", f"found '{unit}'; the fact is in {fact['unit']}"
    if "open" in fact:
        block["open"] = fact["open"]
        return
    block["value"] = fact["value"]
    own, given = block.get("evidence"), fact["evidence"]
    head = whole.get("methodology", {})
    key = f"{head.get('id')}@{head.get('version')}"
    belongs = fact.get("belongs_to")
    if own is None and belongs is not None and key not in belongs:
        yield (
            "evidence",
            "the fact is not read in a document of this version; say how well it is "
            "known that it applies here: evidence = 'recollection', or better",
        )
    is_surer = own in _GRADES and _GRADES.index(own) < _GRADES.index(given)
    if own not in _GRADES or is_surer:
        block["evidence"] = given
        block.pop("source", None)
    is_read = block["evidence"] == "document"
    version = {"version": head.get("version")} if is_read else {}
    source = {**fact["source"], **version}
    block.setdefault("source", source)
    if "conservative" in fact:
        words = {"text": fact["conservative"], "source": source}
        block.setdefault("conservative", {**words, "evidence": block["evidence"]})
