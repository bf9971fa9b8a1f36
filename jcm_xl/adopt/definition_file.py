"""A definition file after the official workbook: ours, with what differs replaced.

The text of the shipped definition is kept line by line; only values that the workbook
has otherwise are replaced, numbers and formulas with the workbook as their source. What
cannot be written is listed, and the file is proved before it is written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from jcm_xl.adopt.adoption import Adoption, CannotAdopt, adopt
from jcm_xl.adopt.confirmed import Confirmer
from jcm_xl.adopt.find import find
from jcm_xl.adopt.items import ComparedItem, Verdict
from jcm_xl.adopt.lift import Lifter
from jcm_xl.adopt.names import Names
from jcm_xl.adopt.official import OfficialFile
from jcm_xl.adopt.prove import calculated_fill
from jcm_xl.definition.lines import KeyPath, index_lines
from jcm_xl.definition.load import load_bytes, parse_toml
from jcm_xl.definition.problems import DefinitionError
from jcm_xl.expr.to_text import to_source
from jcm_xl.model.methodology import Methodology
from jcm_xl.plan.layout import layout as official_layout
from jcm_xl.text.visible import visible

_TEXTS = ("label", "unit")
_ROW = re.compile(r"^(tables)\.(\w+)\[([^\]]*)\](?:\.(from|to|closed))?$")
_NAMED = re.compile(r"^(parameters|constants|formulas)\.(\w+)(?:\.(\w+))?$")
_MONITORED = re.compile(r"^monitoring\.(\w+)\.([ABC])\.(source|procedure|frequency)$")
_VALUE = re.compile(r"(?<![\w.])value\s*=\s*[-+\d.eE_]+")


class WrittenDefinition(NamedTuple):
    """A definition file with what was replaced in it, and what was not.

    remaining: what the workbook still has otherwise than this definition.
    """

    text: str
    methodology: Methodology
    replaced: tuple[str, ...]
    left: tuple[ComparedItem, ...]
    remaining: tuple[ComparedItem, ...]


def definition_after(
    official: OfficialFile, found: Adoption, definition: Path, by: Confirmer
) -> WrittenDefinition:
    """Return our definition with what the official workbook has otherwise.

    Raises `CannotAdopt` where nothing differs or nothing can be written, and
    `DefinitionError` where the new definition breaks a rule.
    """
    if not by.name.strip():
        raise CannotAdopt("Say who takes it over: --confirmed-by NAME.")
    text = definition.read_text(encoding="utf-8")
    patch = _Patch(text, found, official, by)
    for item in found.differences:
        patch.take(item)
    if not patch.replaced:
        raise CannotAdopt(
            f"{visible(official.name)} has nothing otherwise that can be written into "
            f"the definition of {found.methodology.key}."
        )
    name = f"{found.methodology.id}_ver{found.methodology.padded_version}.toml"
    m = load_bytes(patch.text.encode(), name, with_examples=False)
    text = _without_failing_examples(patch.text + example_text(official, m), name)
    m = load_bytes(text.encode(), name)
    again = adopt(official.grid, m)
    return WrittenDefinition(
        text, m, tuple(patch.replaced), tuple(patch.left), again.differences
    )


class _Patch:
    """The lines of a definition file while values are replaced."""

    def __init__(
        self, text: str, found: Adoption, official: OfficialFile, by: Confirmer
    ) -> None:
        self.lines = text.split("\n")
        self.found, self.official, self.by = found, official, by
        self.m = found.methodology
        _, self.content = parse_toml(text.encode(), "definition.toml")
        self.replaced: dict[str, None] = {}
        self.left: list[ComparedItem] = []

    @property
    def text(self) -> str:
        """Return the file."""
        return "\n".join(self.lines)

    def take(self, item: ComparedItem) -> None:
        """Replace what an item names, or list it as left."""
        if item.item in self.replaced:
            return
        same = {i.official for i in self.found.differences if i.item == item.item}
        is_one = len(same) == 1 or item.item.startswith("formulas.")
        if is_one and item.verdict is Verdict.DIFFERS and self._write(item):
            self.replaced[item.item] = None
        elif item.item not in {i.item for i in self.left}:
            self.left.append(item)

    def _write(self, item: ComparedItem) -> bool:
        if match := _ROW.match(item.item):
            return self._row(item, match[2], match[3], match[4] or "value")
        if match := _MONITORED.match(item.item):
            return self._monitored(item, match[1], match[2], match[3])
        match = _NAMED.match(item.item)
        if match is None:
            return False
        block, name, key = match[1], match[2], match[3] or ""
        path = self._path(block, name)
        if path is None:
            return False
        if key in _TEXTS:
            return self._set((*path, key), _quoted(item.official))
        if key:
            return False
        if block == "formulas":
            tree = self.found.trees.get(name)
            done = tree is not None and self._set(
                (*path, "expr"), _quoted(to_source(tree))
            )
        else:
            done = _is_number(item.official) and self._set(
                (*path, "value"), item.official
            )
        return done and self._source(path, item)

    def _path(self, block: str, name: str) -> KeyPath | None:
        if block != "formulas":
            return (block, name) if name in self.content.get(block, {}) else None
        names = [f.get("name") for f in self.content.get("formulas", ())]
        return ("formulas", names.index(name)) if name in names else None

    def _at(self, path: KeyPath) -> int | None:
        """Return the number of a line, from 0."""
        line = index_lines(self.text).get(path)
        return None if line is None else line - 1

    def _set(self, path: KeyPath, value: str) -> bool:
        """Replace the value of a key, also of one over several lines."""
        at = self._at(path)
        if at is None:
            return False
        head, sign, rest = self.lines[at].partition("=")
        end = at
        if rest.count('"""') == 1:
            end = next(
                n for n in range(at + 1, len(self.lines)) if '"""' in self.lines[n]
            )
        self.lines[at : end + 1] = [f"{head}{sign} {value}"]
        return True

    def _source(self, path: KeyPath, item: ComparedItem) -> bool:
        """Name the workbook as the source of a number or formula."""
        for key, value in (("source", self._cited(item)), ("evidence", '"document"')):
            if not self._set((*path, key), value):
                at = self._at(path)
                assert at is not None
                self.lines.insert(at + 1, f"{key} = {value}")
        return True

    def _cited(self, item: ComparedItem) -> str:
        title = f"{self.m.spreadsheet_id}, {self.official.name}, SHA-256 "
        parts = {
            "title": title + self.official.sha256,
            "section": item.place,
            "says": f"The workbook has it so, confirmed by {self.by.name.strip()}.",
            "version": self.m.version,
        }
        inside = ", ".join(f"{key} = {_quoted(text)}" for key, text in parts.items())
        return f"{{ {inside}, read = {self.by.day.isoformat()} }}"

    # -- tables, texts of the monitoring options -------------------------------------

    def _row(self, item: ComparedItem, table: str, key: str, part: str) -> bool:
        rows = self.m.tables[table].rows
        names = [row.key or str(row.start) for row in rows]
        number = names.index(key) if key in names else None
        first = self._at(("tables", table, "rows"))
        if number is None or first is None:
            return False
        starts = [
            n
            for n in range(first, len(self.lines))
            if _VALUE.search(self.lines[n]) and "{" in self.lines[n]
        ]
        at = starts[number] if number < len(starts) else None
        if at is None or self.lines[at].count("{") > 1:
            return False  # a row that is laid out in another way
        new = self._changed(self.lines[at], item.official, part)
        if new is None:
            return False
        self.lines[at] = new
        return True

    def _changed(self, line: str, official: str, part: str) -> str | None:
        if part == "closed":
            words = ("below", "upto")
            old, new = words if "belongs" in official else words[::-1]
            return re.sub(rf"\b{old}\b", new, line, count=1)
        key = {"value": "value", "from": "from", "to": "(?:below|upto)"}[part]
        pattern = re.compile(rf"(\b{key}\s*=\s*)[-+\d.eE_]+")
        if not _is_number(official) or not pattern.search(line):
            return None
        return pattern.sub(lambda match: match[1] + official, line, count=1)

    def _monitored(self, item: ComparedItem, name: str, option: str, key: str) -> bool:
        blocks = self.content["parameters"][name].get("monitoring", ())
        options = [block.get("option") for block in blocks]
        if option not in options:
            return False
        path = ("parameters", name, "monitoring", options.index(option), key)
        return self._set(path, _quoted(item.official))


def example_text(official: OfficialFile, m: Methodology) -> str:
    """Return an example that the official workbook calculated, as text."""
    sheets = find(official.grid, Names(m), official_layout())
    fill = calculated_fill(m, official.grid, Lifter(official.grid, sheets))
    if fill is None:
        raise CannotAdopt(
            f"No fill was found on which {visible(official.name)} and the definition "
            "after it agree. Compare the formulas that differ by hand."
        )
    title = f"Calculated by {official.name}, inputs by chance ({fill.engine})"
    lines = ["", "[[examples]]", f"title = {_quoted(title)}"]
    lines += [f"credited = {fill.credited}", "[examples.given]"]
    lines += [f"{name} = {_listed(value)}" for name, value in fill.given.items()]
    lines += ["[examples.expect]"]
    lines += [f"{name} = {value!r}" for name, value in fill.figures.items()]
    return "\n".join([*lines, ""])


def _listed(value: Sequence[float | str] | float | str) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, float):
        return repr(value)
    return f"[{', '.join(map(_listed, value))}]"


def _without_failing_examples(text: str, name: str) -> str:
    """Leave out the examples that other numbers or formulas no longer reproduce."""
    while True:
        try:
            load_bytes(text.encode(), name)
        except DefinitionError as error:
            wrong = [p.key for p in error.problems]
            if not all(key.startswith("examples.") for key in wrong):
                raise
            numbers = {int(key.split(".")[1]) for key in wrong}
            text = _cut(text, max(numbers))
        else:
            return text


def _cut(text: str, number: int) -> str:
    lines = text.split("\n")
    index = index_lines(text)
    starts: Mapping[int, int] = {
        int(path[1]): line - 1
        for path, line in index.items()
        if path[0] == "examples" and len(path) == 2
    }
    first = starts[number]
    return "\n".join([*lines[:first], *lines[_end(lines, first) :]])


def _end(lines: list[str], first: int) -> int:
    """Return where the block of an example ends."""
    for n in range(first + 1, len(lines)):
        header = lines[n].lstrip("[")
        if lines[n].startswith("[") and not header.startswith("examples."):
            return n
    return len(lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", text))
