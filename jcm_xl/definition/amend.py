"""Put the entries of an overlay into the dictionary of a definition.

Numbers, table rows and texts are replaced; a formula is confirmed when it is quoted
unchanged. Whatever would change how something is calculated is refused.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Mapping
from dataclasses import field
from typing import Any

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.block import Block
from jcm_xl.definition.families import Family
from jcm_xl.definition.lines import KeyPath
from jcm_xl.definition.problems import Collector
from jcm_xl.text.nearest import nearest

BLOCKS = ("methodology", "summary", "terms", "parameters", "monitoring", "tables",
          "formulas", "eligibility", "emission_sources")  # fmt: skip
_FIXED_BLOCKS = ("sets", "constants", "results", "history", "examples")
_TRUST = ("source", "evidence")
_HEAD = ("title", "approved", "source")
_SUMMARY = ("measures", "reference", "project", "monitoring")
_PARAMETER = ("value", "label", "note", "wording", *_TRUST)
_MONITORING = ("source", "procedure", "frequency", "wording")
_EMISSION = ("source", "gas", "wording")
_TABLE = ("label", "rows", "whole", *_TRUST)
_FORMULA = ("label", "note", *_TRUST)
_CRITERION = ("text", "wording", *_TRUST)
_ROW_KEYS = ("key", "from", "below", "upto")
_ROW = (*_ROW_KEYS, "value", *_TRUST)
_ELSEWHERE = ("symbol", "kind", "index", "unit", "range", "fuel", "plausible",
              "required_when", "choices", "open", "match", "key", "expr", "check",
              "option", "name", "id")  # fmt: skip
"""Keys of the format that an overlay may quote but never change."""

_DOCUMENT = "document"
_FIXED, _UNKNOWN = "fixed", "unknown"
_UNTOLD = "(not told)"


@dataclass
class Amendment:
    """A definition while an overlay is put into it.

    content: a copy of the definition's dictionary, amended. entries: what the
    overlay confirms. places: where in the overlay a row or term stands.
    """

    content: dict[str, Any]
    overlay: Block
    source: Mapping[str, Any] | None
    entries: list[str] = field(default_factory=list)
    places: dict[KeyPath, KeyPath] = field(default_factory=dict)

    @property
    def problems(self) -> Collector:
        """Return where problems of the overlay are gathered."""
        return self.overlay.problems

    @property
    def told(self) -> dict[str, Any]:
        """Return what the head of the overlay tells of each entry: the day."""
        told: dict[str, Any] = {"title": _UNTOLD}
        day = self.overlay.raw("confirmed_on")
        return {**told, "read": day} if day is not None else told

    def trust(self, block: Block) -> dict[str, Any]:
        """Return the source and evidence that an entry gives its number or formula."""
        evidence = block.text("evidence") or _DOCUMENT
        if evidence != _DOCUMENT:
            reason = (
                f"found '{evidence}'; an overlay confirms from the official document, "
                f"evidence = '{_DOCUMENT}'"
            )
            block.fault("evidence", reason, Family.SOURCE)
        source = block.raw("source") or self.source
        if source is None:
            reason = "missing; say where it stands: { title = ... }, here or at the top"
            block.fault("source", reason, Family.SOURCE)
        told = self.told if source is None else {**self.told, **source}
        return {"source": told, "evidence": _DOCUMENT}

    @property
    def cited(self) -> dict[str, Any]:
        """Return the trust of a text whose own key `source` is a text of the sheets."""
        return {"cited": {**self.told, **(self.source or {})}, "evidence": _DOCUMENT}

    def confirm(self, name: str) -> None:
        """Note what is confirmed."""
        self.entries.append(name)


def amend(content: Mapping[str, Any], overlay: Block, source: Any) -> Amendment:
    """Return the definition with the overlay's entries; faults go to its problems."""
    amendment = Amendment(copy.deepcopy(dict(content)), overlay, source)
    _head(amendment)
    _summary(amendment)
    _terms(amendment)
    _parameters(amendment)
    _monitoring(amendment)
    _tables(amendment)
    _formulas(amendment)
    _criteria(amendment)
    _emission_sources(amendment)
    for key in _FIXED_BLOCKS:
        if key in overlay:
            overlay.raw(key)
            overlay.fault(key, "an overlay may not change this part of a definition")
    return amendment


def _copy(
    block: Block,
    base: dict[str, Any],
    free: Collection[str],
    left: Collection[str] = (),
) -> None:
    """Copy the free keys of an entry; refuse what changes or adds anything else."""
    for key in block.names():
        value = block.raw(key)
        if key in free:
            if key not in left:
                base[key] = value
        elif key in base:
            if not _is_same(value, base[key]):
                reason = f"may not be changed; the definition has {_shown(base[key])}"
                block.fault(key, reason)
        elif key in _ELSEWHERE:
            block.fault(key, "an overlay may not add this to a definition")
        else:
            hint = nearest(key, [*free, *base])
            block.fault(key, f"unknown key{hint}", Family.UNKNOWN_KEY)


def _is_same(value: Any, other: Any) -> bool:
    if isinstance(value, str) and isinstance(other, str):
        return " ".join(value.split()) == " ".join(other.split())
    return bool(value == other)


def _shown(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)


def _named(
    amendment: Amendment, key: str, known: Mapping[str, Any], noun: str
) -> list[tuple[str, Block, Any]]:
    """Return the sub-tables of a block whose names the definition knows."""
    found = []
    for name, block in amendment.overlay.named(key).items():
        if name in known:
            found.append((name, block, known[name]))
        else:
            reason = f"the definition has no {noun} '{name}'{nearest(name, known)}"
            amendment.problems.add(block.path, reason, Family.REFERENCE)
    return found


def _head(amendment: Amendment) -> None:
    block = amendment.overlay.block("methodology")
    if block is not None:
        _copy(block, amendment.content["methodology"], _HEAD)
        amendment.confirm("methodology")


def _summary(amendment: Amendment) -> None:
    block = amendment.overlay.block("summary")
    if block is not None:
        _copy(block, amendment.content["summary"], _SUMMARY)
        amendment.confirm("summary")


def _terms(amendment: Amendment) -> None:
    known = {t["term"]: i for i, t in enumerate(amendment.content.get("terms", ()))}
    for block in amendment.overlay.blocks("terms"):
        term = block.text("term", required=True)
        if term not in known:
            reason = f"the definition has no term '{term}'{nearest(term, known)}"
            block.fault("term", reason, Family.REFERENCE)
            continue
        place = ("terms", known[term])
        amendment.places[place] = block.path
        _copy(block, amendment.content["terms"][known[term]], ("definition",))
        amendment.confirm(f"terms.{term}")


def _parameters(amendment: Amendment) -> None:
    known = amendment.content.get("parameters", {})
    for name, block, base in _named(amendment, "parameters", known, "parameter"):
        settled = ("kind",) if block.raw("kind") == _FIXED else ()
        is_unknown = base.get("kind") == _UNKNOWN
        free = (*_PARAMETER, *settled) if is_unknown else _PARAMETER
        _copy(block, base, free, left=(*_TRUST, "kind"))
        if "label" in block:
            base.setdefault("wording", "official")
        if base.get("kind") == _UNKNOWN and block.raw("kind") == _FIXED:
            base["kind"] = _FIXED
        elif "value" in block:
            _number(amendment, name, block, base)
        elif any(key in block for key in _TRUST):
            reason = "missing; give the number that the document states"
            block.lacks("value", reason)
        amendment.confirm(f"parameters.{name}")


def _number(
    amendment: Amendment, name: str, block: Block, base: dict[str, Any]
) -> None:
    if base.get("kind") not in ("default", _UNKNOWN):
        return  # resolving says so: only a default has a value
    is_asked = "open" in base or base["kind"] == _UNKNOWN
    if is_asked and base.get("index"):
        reason = (
            "it is asked for each unit of a set; one number cannot stand for all of "
            "them, so it stays open"
        )
        block.fault("value", reason, Family.INDEX)
        del base["value"]
        return
    base.pop("open", None)
    base["kind"] = "default"
    base |= amendment.trust(block)
    for example in amendment.content.get("examples", ()):
        if isinstance(example.get("given"), dict):
            example["given"].pop(name, None)


def _monitoring(amendment: Amendment) -> None:
    known = {
        name: {part.get("option"): part for part in p.get("monitoring", ())}
        for name, p in amendment.content.get("parameters", {}).items()
        if p.get("monitoring")
    }
    noun = "monitored parameter"
    for name, block, options in _named(amendment, "monitoring", known, noun):
        for option in block.names():
            inner = Block(block.raw(option), (*block.path, option), amendment.problems)
            if option not in options:
                offered = ", ".join(map(str, options))
                reason = f"'{option}' is no option of {name}; it has {offered}"
                amendment.problems.add(inner.path, reason, Family.REFERENCE)
                continue
            base = options[option]
            _copy(inner, base, _MONITORING)
            if all(key in inner for key in _MONITORING[:3]):
                base["wording"] = inner.text("wording") or "official"
                base |= amendment.cited
            amendment.confirm(f"monitoring.{name}.{option}")


def _emission_sources(amendment: Amendment) -> None:
    known: dict[str, dict[str, Any]] = {}
    for base in amendment.content.get("emission_sources", ()):
        same = known.setdefault(base.get("side", ""), {})
        same[str(len(same) + 1)] = base
    for side, block, there in _named(amendment, "emission_sources", known, "side"):
        for number in block.names():
            path = (*block.path, number)
            inner = Block(block.raw(number), path, amendment.problems)
            if number not in there:
                reason = f"the {side} has no emission source {number}"
                amendment.problems.add(path, reason, Family.REFERENCE)
                continue
            base = there[number]
            _copy(inner, base, _EMISSION)
            if "source" not in inner:
                inner.lacks("source", "missing; quote the text of the document")
            base["wording"] = inner.text("wording") or "official"
            base |= amendment.cited
            amendment.confirm(f"emission_sources.{side}.{number}")


def _tables(amendment: Amendment) -> None:
    known = amendment.content.get("tables", {})
    for name, block, base in _named(amendment, "tables", known, "table"):
        _copy(block, base, _TABLE, left=("rows", "whole", *_TRUST))
        whole = block.raw("whole")
        if whole is not None and not isinstance(whole, bool):
            block.fault("whole", "expected true or false")
        if "rows" in block:
            _rows(amendment, name, block, base)
        elif any(key in block for key in ("whole", *_TRUST)):
            block.lacks("rows", "missing; give the rows that the document states")


def _rows(amendment: Amendment, name: str, block: Block, base: dict[str, Any]) -> None:
    shared = {key: value for key, value in (("source", block.raw("source")),) if value}
    trust = amendment.trust(block) if shared or amendment.source else None
    known = {_row_key(row): i for i, row in enumerate(base.get("rows", ()))}
    rows: list[Any] = [] if block.raw("whole") is True else base["rows"]
    done = set()
    for inner in block.blocks("rows"):
        row = {key: inner.raw(key) for key in inner.names()}
        key = _row_key(row)
        for word in row.keys() - set(_ROW):
            inner.fault(word, f"unknown key{nearest(word, _ROW)}", Family.UNKNOWN_KEY)
        if "value" not in row:
            inner.lacks("value", "missing; give the number that the document states")
        if key in done:
            inner.fault("", f"the row {_row_name(row)} is given twice", Family.CLASSES)
        done.add(key)
        own = trust if trust and "source" not in row else amendment.trust(inner)
        if rows is not base["rows"]:
            amendment.places[("tables", name, "rows", len(rows))] = inner.path
            rows.append(row | own)
        elif key in known:
            amendment.places[("tables", name, "rows", known[key])] = inner.path
            rows[known[key]] = row | own
        else:
            inner.fault("", _no_such_row(row, base), Family.REFERENCE)
            continue
        amendment.confirm(f"tables.{name}[{_row_name(row)}]")
    base["rows"] = rows
    if trust and all(row.get("evidence") == _DOCUMENT for row in rows):
        base |= trust


def _row_key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(_hashable(row.get(key)) for key in _ROW_KEYS)


def _hashable(value: Any) -> Any:
    return str(value) if isinstance(value, list | dict) else value


def _row_name(row: Mapping[str, Any]) -> str:
    return ", ".join(
        str(row[key]) if key == "key" else f"{key} {row[key]}"
        for key in _ROW_KEYS
        if key in row
    )


def _no_such_row(row: Mapping[str, Any], base: Mapping[str, Any]) -> str:
    names = [_row_name(known) for known in base.get("rows", ())]
    hint = nearest(_row_name(row), names)
    return (
        f"the table has no row '{_row_name(row)}'{hint}; `whole = true` replaces all "
        "of its rows"
    )


def _formulas(amendment: Amendment) -> None:
    known = {f.get("name"): f for f in amendment.content.get("formulas", ())}
    for name, block, base in _named(amendment, "formulas", known, "formula"):
        _copy(block, base, _FORMULA, left=_TRUST)
        _quoted(block, base, "expr")
        base |= amendment.trust(block)
        amendment.confirm(f"formulas.{name}")


def _criteria(amendment: Amendment) -> None:
    known = {c.get("id"): c for c in amendment.content.get("eligibility", ())}
    for name, block, base in _named(amendment, "eligibility", known, "criterion"):
        _copy(block, base, _CRITERION, left=_TRUST)
        if "text" not in block:
            block.lacks("text", "missing; quote the text that the document has")
        if "check" in base:
            _quoted(block, base, "check")
        base.setdefault("wording", "official")
        base |= amendment.trust(block)
        amendment.confirm(f"eligibility.{name}")


def _quoted(block: Block, base: Mapping[str, Any], key: str) -> None:
    """Refuse to confirm a formula that is not quoted; `_copy` compares the quote."""
    if key not in block:
        reason = f"missing; to confirm it, quote it unchanged: {_shown(base.get(key))}"
        block.lacks(key, reason)


Translate = Callable[[KeyPath], KeyPath]


def translation(
    content: Mapping[str, Any], places: Mapping[KeyPath, KeyPath]
) -> Translate:
    """Return how a place of the definition is found in the overlay."""
    formulas = [f.get("name") for f in content.get("formulas", ())]
    criteria = [c.get("id") for c in content.get("eligibility", ())]

    def translate(path: KeyPath) -> KeyPath:
        for start, other in places.items():
            if path[: len(start)] == start:
                return (*other, *path[len(start) :])
        match path:
            case ("formulas", int(i), *rest):
                return ("formulas", str(formulas[i]), *rest)
            case ("eligibility", int(i), *rest):
                return ("eligibility", str(criteria[i]), *rest)
            case ("parameters", str(name), "monitoring", int(i), *rest):
                part = content["parameters"][name]["monitoring"][i]
                return ("monitoring", name, str(part.get("option")), *rest)
        return path

    return translate
