"""XML parts, parsed by expat without ever following or expanding anything.

A part whose only default name space is SpreadsheetML is parsed with plain names, which
is faster; any other part (prefixes, strict Open XML, redeclared name spaces) is parsed
with full names. Both ways give the same cells; they differ in speed alone.
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple
from xml.parsers import expat

from jcm_xl.workbook import limits
from jcm_xl.workbook.refusal import Refusal, shown

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"

_PLAIN_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml[^<>]*\?>)?\s*<[A-Za-z]+\s([^<>]*)>", re.ASCII
)
_PLAIN_NAMESPACE = re.compile(rb"""(?<![^\s])xmlns=(["'])""" + MAIN.encode() + rb"\1")
_DEFAULT_NAMESPACE = re.compile(rb"xmlns\s*=")


class Element(NamedTuple):
    """One element of a small part: where it stands, its attributes and its own text."""

    depth: int
    namespace: str
    name: str
    attributes: Mapping[str, str]
    text: str


class Part:
    """One XML part with a parser and the prefix that its element names carry."""

    __slots__ = ("_data", "name", "parser", "prefix")

    def __init__(self, data: bytes, name: str) -> None:
        """Choose plain or full names and forbid document types."""
        _check_runs(data, name)
        is_plain = _is_plain(data)
        self._data = data
        self.name = name
        self.prefix = "" if is_plain else f"{_main_namespace(data)} "
        self.parser = expat.ParserCreate(None, None if is_plain else " ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype

    def tag(self, name: str) -> str:
        """Return a SpreadsheetML element name as the handlers will see it."""
        return self.prefix + name

    def parse(self) -> None:
        """Send the whole part through the handlers."""
        try:
            self.parser.Parse(self._data, True)
        except expat.ExpatError as error:
            raise Refusal(
                f"its part {shown(self.name)} is broken XML (line {error.lineno})."
            ) from None
        except (LookupError, UnicodeError):
            raise Refusal(
                f"its part {shown(self.name)} has an unknown encoding."
            ) from None
        finally:
            _let_go(self.parser)

    def too_deep(self) -> Refusal:
        """Return the refusal of a part that nests without end."""
        return Refusal(
            f"its part {shown(self.name)} nests elements deeper than "
            f"{limits.XML_DEPTH} levels."
        )

    def broken(self, what: str) -> Refusal:
        """Return the refusal of a part that is XML but not what it should be."""
        return Refusal(f"its part {shown(self.name)} is damaged: {what}.")

    def _refuse_doctype(self, *_: object) -> None:
        raise Refusal(
            f"its part {shown(self.name)} declares a DOCTYPE, "
            "which no workbook may have."
        )


def elements(data: bytes, name: str) -> list[Element]:
    """Return all elements of a small part in the order of their end tags."""
    part = Part(data, name)
    part.parser = parser = expat.ParserCreate(None, " ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = part._refuse_doctype
    found: list[Element] = []
    open_elements: list[tuple[dict[str, str], list[str]]] = []

    def start(_: str, attributes: dict[str, str]) -> None:
        if len(open_elements) >= limits.XML_DEPTH:
            raise part.too_deep()
        texts: list[str] = []
        open_elements.append((attributes, texts))
        parser.CharacterDataHandler = texts.append

    def end(tag: str) -> None:
        attributes, texts = open_elements.pop()
        namespace, _, local = tag.rpartition(" ")
        depth = len(open_elements) + 1
        found.append(Element(depth, namespace, local, attributes, "".join(texts)))
        outer: Callable[[str], object] | None = (
            open_elements[-1][1].append if open_elements else None
        )
        parser.CharacterDataHandler = outer

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    part.parse()
    return found


def _is_plain(data: bytes) -> bool:
    """Tell whether an unprefixed name can only be a SpreadsheetML one."""
    root = _PLAIN_ROOT.match(data)
    if not root or not _PLAIN_NAMESPACE.search(root[1]):
        return False
    if data.count(MAIN.encode()) != 1:
        return False
    at = data.find(b"xmlns", root.end())
    while at >= 0:
        if _DEFAULT_NAMESPACE.match(data, at):
            return False
        at = data.find(b"xmlns", at + 5)
    return True


def _main_namespace(data: bytes) -> str:
    strict = STRICT_MAIN.encode() in data and MAIN.encode() not in data
    return STRICT_MAIN if strict else MAIN


def _check_runs(data: bytes, name: str) -> None:
    """Refuse a text or a tag of absurd length by jumping from tag to tag."""
    at, longest = 0, limits.XML_RUN_BYTES
    while len(data) - at > longest:
        following = data.rfind(b"<", at + 1, at + longest + 1)
        if following < 0:
            raise Refusal(
                f"its part {shown(name)} holds a text longer than {longest // 1024} KB."
            )
        at = following


def _let_go(parser: expat.XMLParserType) -> None:
    """Break the cycle between a parser and the methods it calls."""
    parser.StartElementHandler = None
    parser.EndElementHandler = None
    parser.CharacterDataHandler = None
    parser.CommentHandler = None
    parser.StartCdataSectionHandler = None
    parser.ProcessingInstructionHandler = None
    parser.StartDoctypeDeclHandler = None
