"""The types of `part_schema.txt`: what their attributes, children and texts may be.

The text is read when a part is first judged by it, and of it only the lines that the
part needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from jcm_xl.xlsx.content_model import Content, Reader

PREFIXES: Mapping[str, str] = {
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": "xdr",
    "http://schemas.openxmlformats.org/drawingml/2006/chartDrawing": "cdr",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "ap",
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": "op",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": "vt",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "x",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
"""The prefixes of the text, by the name space that they stand for."""
ROOTS: Mapping[str, str] = {
    "c:chartSpace": "c:ChartSpace", "a:theme": "a:OfficeStyleSheet",
    "xdr:wsDr": "xdr:Drawing", "c:userShapes": "cdr:Drawing",
    "ap:Properties": "ap:Properties", "op:Properties": "op:Properties",
    "cp:coreProperties": "cp:CoreProperties", "x:comments": "x:Comments",
    "x:table": "x:Table", "x:calcChain": "x:CalcChain",
    "x:chartsheet": "x:Chartsheet",
}  # fmt: skip
"""The type of the root of each kind of part."""
_WHOLE = re.compile(r"[+-]?[0-9]{1,20}", re.ASCII)
_NUMBER = re.compile(
    r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|-?INF|NaN", re.ASCII
)
_LENGTH = re.compile(
    r"[+-]?[0-9]{1,14}|-?[0-9]+(?:\.[0-9]+)?(?:mm|cm|in|pt|pc|pi)", re.ASCII
)
_MOMENT = re.compile(
    r"-?[0-9]{4,}(?:-[0-9]{2}(?:-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
    r")?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?",
    re.ASCII,
)
_NAMED = re.compile(
    r"\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}", re.ASCII
)
_GROUP = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"\A((?:\w+:)?[\w-]+)([:!])(.+)\Z")
_BLANK = " \t\r\n"
Allows = Callable[[str], object]


class PartType(NamedTuple):
    """What may stand in an element; `text` is for those that hold a text alone."""

    attributes: Mapping[str, Allows]
    needed: tuple[str, ...]
    content: Content
    text: Allows | None


@lru_cache(maxsize=1024)
def part_type(name: str) -> PartType:
    """Return the type of this name, such as `c:Title`; `$i` is a text of a kind."""
    if name.startswith("$"):
        return PartType({}, (), _NOTHING, allows(name[1:]))
    attributes, _, content = _lines()[name].partition("|")
    kinds, needed = {}, []
    for word in attributes.split():
        key, mark, kind = _WORD.split(word)[1:4]
        kinds[key] = allows(kind)
        if mark == "!":
            needed.append(key)
    content = content.strip()
    if content.startswith("$"):
        return PartType(kinds, tuple(needed), _NOTHING, allows(content[1:]))
    written = _GROUP.sub(lambda match: _lines()[match[0]], content)
    model = Reader(written, name.partition(":")[0]).content()
    return PartType(kinds, tuple(needed), model, None)


@lru_cache(maxsize=512)
def allows(kind: str) -> Allows:
    """Return what tells whether a value is of a kind, whatever blanks are around it."""
    if kind.startswith(("=", "@")):
        words = _lines()[kind] if kind[0] == "@" else kind[1:]
        return partial(_stripped, frozenset(words.split(",")).__contains__)
    if kind[0] == "x":
        return re.compile(f"[0-9A-Fa-f]{{{kind[1:]}}}", re.ASCII).fullmatch
    if kind in _KINDS:
        return _KINDS[kind]
    first, _, last = kind.removeprefix("d").removeprefix(">").partition("..")
    low, high = float(first), float(last or "inf")
    pattern = _NUMBER if kind[0] == "d" else _WHOLE
    return partial(_within, pattern, (low, high), ">" in kind)


def _stripped(test: Allows, value: str) -> object:
    return test(value.strip(_BLANK))


def _within(
    pattern: re.Pattern[str], ends: tuple[float, float], is_above: bool, value: str
) -> bool:
    if not pattern.fullmatch(stored := value.strip(_BLANK)):
        return False
    number = float(stored)
    return ends[0] <= number <= ends[1] and not (is_above and number == ends[0])


_KINDS: Mapping[str, Allows] = {
    "b": partial(_stripped, frozenset(("0", "1", "true", "false")).__contains__),
    "i": partial(_within, _WHOLE, (-(2**31), 2**31 - 1), False),
    "u": partial(_within, _WHOLE, (0, 2**32 - 1), False),
    "d": partial(_stripped, _NUMBER.fullmatch),
    "m": partial(_stripped, _LENGTH.fullmatch),
    "t": partial(_stripped, _MOMENT.fullmatch),
    "g": partial(_stripped, _NAMED.fullmatch),
    "s": lambda _: True,
    "r": bool,
}
_NOTHING = Content({}, {}, frozenset())


@lru_cache(maxsize=1)
def _lines() -> Mapping[str, str]:
    """Return the lines of the text by their first words."""
    path = Path(__file__).with_name("part_schema.txt")
    found = {}
    for line in path.read_text(encoding="ascii").splitlines():
        if line and not line.startswith("#"):
            key, _, rest = line.partition(" ")
            found[key] = rest.removeprefix("|")
    return found
