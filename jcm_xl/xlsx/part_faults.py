"""What breaks the schema in a part that holds no cells, in one pass over it.

Extensions, alternatives and name spaces that the part declares as ignorable are passed
over, and so is strict Open XML, which has name spaces of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple
from xml.parsers import expat

from jcm_xl.text.known import known_part
from jcm_xl.xlsx.content_model import ANY
from jcm_xl.xlsx.part_types import PREFIXES, ROOTS, PartType, part_type

_FAULTS = 8
"""Of a part; a book with one is as broken as a book with many."""
_OURS = {
    "75104b2164c20dab2578383d827deac3a7eec077c3f7c99a4099a551fdebb134":
    "http://schemas.openxmlformats.org/drawingml/2006/main theme",
}  # fmt: skip
"""Roots of the parts that our writer puts into every book, by their digests.

They keep the schema: a test says so.
"""
_IGNORABLE = "mc:Ignorable"
_POINTS = re.compile(
    rb"""(<c:pt idx="[0-9]{1,9}"><c:v>)[ !#-%(-;=-~]*</c:v></c:pt>"""
    rb"""(?=<c:pt idx="[0-9]{1,9}"><c:v>[ !#-%(-;=-~]*</c:v></c:pt>)"""
)
"""A plain point that a chart keeps, with another one behind it."""
_SOME = 100_000


class BrokenXml(Exception):
    """The part is no whole XML, or declares a document type."""


class JudgedPart(NamedTuple):
    """The root of a part, its name space before it, and what breaks its schema."""

    root: str
    faults: tuple[str, ...] = ()


@known_part
def judged_part(data: bytes) -> JudgedPart:
    """Return what a part holds that the schema of its root does not have there.

    Raises `BrokenXml`. A root that is not known has no faults.
    """
    if known := _OURS.get(sha256(data).hexdigest()):
        return JudgedPart(known)
    if len(data) > _SOME:
        data = _POINTS.sub(b"", data)
    walk = _Walk()
    try:
        walk.parser.Parse(data, True)
    except (expat.ExpatError, LookupError) as error:
        raise BrokenXml(str(error)) from None
    except ValueError as error:  # an encoding of several bytes that is not UTF
        raise BrokenXml(str(error)) from None
    finally:
        walk.let_go()
    return JudgedPart(walk.root, tuple(walk.faults))


class _Open:
    """An element that has begun: its type, and where its children are in the model."""

    __slots__ = ("is_loose", "name", "place", "seen", "texts", "type")

    def __init__(self, name: str, kind: PartType) -> None:
        self.name, self.type = name, kind
        self.place = kind.content.start
        self.is_loose = kind.content.is_free
        self.seen: set[str] = set()
        self.texts: list[str] = []


class _Walk:
    """Receives the events of one part."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.root = ""
        self._open: list[_Open] = []
        self._skipped = 0
        self._spaces: dict[str, str] = {}
        self._ignorable: set[str] = set()
        self.parser = parser = expat.ParserCreate(None, " ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartNamespaceDeclHandler = self._declare
        parser.StartDoctypeDeclHandler = _refuse

    def let_go(self) -> None:
        """Break the cycle between the parser and the methods it calls."""
        self.parser.StartElementHandler = self.parser.EndElementHandler = None
        self.parser.CharacterDataHandler = None
        self.parser.StartNamespaceDeclHandler = None
        self.parser.StartDoctypeDeclHandler = None

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        self._spaces[prefix or ""] = uri or ""

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipped:
            self._skipped += 1
            return
        self.root = self.root or tag
        space, _, local = tag.rpartition(" ")
        named = {_short(key): value for key, value in attributes.items()}
        for prefix in named.get(_IGNORABLE, "").split():
            self._ignorable.add(self._spaces.get(prefix, ""))
        name = f"{PREFIXES.get(space, '?')}:{local}"
        kind = self._kind(name, space) if self._open else ROOTS.get(name, ANY)
        if kind == ANY:
            self._skipped = 1
            return
        found = part_type(kind)
        self._judge(local, found, named)
        self._open.append(_Open(local, found))

    def _kind(self, name: str, space: str) -> str:
        """Return the type of a child, and go on to its place; `ANY`: it is skipped."""
        parent = self._open[-1]
        content = parent.type.content
        if space in self._ignorable:
            return ANY
        if name == "mc:AlternateContent":
            parent.is_loose = True
            return ANY
        if parent.is_loose or content.is_once:
            if name in parent.seen and content.is_once:
                self._note(f"{name} twice in {parent.name}")
            parent.seen.add(name)
            kind = content.types.get(name) or content.types.get(ANY)
        else:
            steps = content.steps.get(parent.place, {})
            named = name if name in steps else ANY
            kind = content.types[named] if named in steps else None
            parent.place = steps.get(named, parent.place)
        if kind is None:
            self._note(f"{name.removeprefix('?:')} in {parent.name}")
            return ANY
        return ANY if kind.startswith(ANY) else kind

    def _judge(self, name: str, kind: PartType, named: Mapping[str, str]) -> None:
        for key, value in named.items():
            is_allowed = kind.attributes.get(key)
            if is_allowed is None:
                if ":" not in key:
                    self._note(f"{key} of {name}")
            elif not is_allowed(value):
                self._note(f"{key}={value} of {name}")
        for key in kind.needed:
            if key not in named:
                self._note(f"{name} without {key}")

    def _text(self, text: str) -> None:
        if self._open and not self._skipped:
            self._open[-1].texts.append(text)

    def _end(self, _: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        ended = self._open.pop()
        text, content = "".join(ended.texts), ended.type.content
        if ended.type.text is not None:
            if not ended.type.text(text):
                self._note(f"{text} in {ended.name}")
        elif text.strip():
            self._note(f"{text.strip()} in {ended.name}")
        elif content.steps and not ended.is_loose and ended.place not in content.ends:
            due = ", ".join(content.steps[ended.place])
            self._note(f"{ended.name} without {due}")

    def _note(self, fault: str) -> None:
        self.faults.append(fault[:80])
        if len(self.faults) >= _FAULTS:
            self.let_go()


def _refuse(*_: object) -> None:
    raise BrokenXml("a document type")


def _short(key: str) -> str:
    """Return the name of an attribute with the prefix that the text has for it."""
    space, _, local = key.rpartition(" ")
    return f"{PREFIXES.get(space, '?')}:{local}" if space else local
