"""XML parts, parsed by expat without ever following or expanding anything.

A part whose only default name space is SpreadsheetML is parsed with plain names, which
is faster; any other part (prefixes, strict Open XML, redeclared name spaces) is parsed
with full names. Both ways give the same cells; they differ in speed alone.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.parsers import expat

from jcm_xl.text.known import known_part
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.refusal import SEND_AGAIN, Refusal, refused_as, shown

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"

ALTERNATIVE = "AlternateContent"
EXTENSIONS = "extLst"

_PLAIN_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml[^<>]*\?>)?\s*<[A-Za-z]+\s([^<>]*)>", re.ASCII
)
_PLAIN_NAMESPACE = re.compile(rb"""(?<![^\s])xmlns=(["'])""" + MAIN.encode() + rb"\1")
_DEFAULT_NAMESPACE = re.compile(rb"xmlns\s*=")


class Element(NamedTuple):
    """One element of a small part; ``text`` is that of an element without others.

    ``inside`` names the outermost list of extensions or alternatives around it.
    """

    depth: int
    parent: str
    namespace: str
    name: str
    attributes: Mapping[str, str]
    text: str
    inside: str = ""


class SmallPart(NamedTuple):
    """A part that is read as a whole: its elements in the order of their end tags.

    ``ignorable``: the name spaces that the part declares as such. ``remarks``: kinds
    of what is no text (``COMMENT``, ``CDATA``, ``INSTRUCTION``) below its second level.
    ``has_one_space``: all its names are of one name space, and none has a prefix.
    """

    name: str
    elements: Sequence[Element]
    ignorable: frozenset[str]
    remarks: frozenset[str]
    has_one_space: bool


class Part:
    """One XML part with a parser and the prefix that its element names carry."""

    __slots__ = ("_data", "name", "parser", "prefix")

    def __init__(self, data: bytes, name: str, with_full_names: bool = False) -> None:
        """Choose plain or full names and forbid document types."""
        if has_longer_run(data, limits.XML_RUN_BYTES):
            raise Refusal(
                "xml-text-too-long",
                "its part {part} holds a text longer than {limit} KB.",
                part=shown(name),
                limit=limits.XML_RUN_BYTES // 1024,
            )
        is_plain_part = not with_full_names and is_plain(data)
        self._data = data
        self.name = name
        self.prefix = "" if is_plain_part else f"{_main_namespace(data)} "
        self.parser = expat.ParserCreate(None, None if is_plain_part else " ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype

    def tag(self, name: str) -> str:
        """Return a SpreadsheetML element name as the handlers will see it."""
        return self.prefix + name

    def is_foreign(self, name: str) -> bool:
        """Tell whether an element, as the handlers see it, is not of SpreadsheetML."""
        return not name.startswith(self.prefix) if self.prefix else ":" in name

    def parse(self) -> None:
        """Send the whole part through the handlers."""
        try:
            self.parser.Parse(self._data, True)
        except expat.ExpatError:
            raise Refusal(
                "broken-xml",
                "its part {part} is broken XML.",
                SEND_AGAIN,
                part=shown(self.name),
            ) from None
        except (LookupError, ValueError):  # the parser knows one-byte encodings only
            raise Refusal(
                "unknown-encoding",
                "its part {part} has an unknown encoding.",
                part=shown(self.name),
            ) from None
        finally:
            _let_go(self.parser)

    def too_deep(self) -> Refusal:
        """Return the refusal of a part that nests without end."""
        return Refusal(
            "nested-too-deep",
            "its part {part} nests elements deeper than {limit} levels.",
            part=shown(self.name),
            limit=limits.XML_DEPTH,
        )

    def broken(self, code: str, what: str, **facts: str) -> Refusal:
        """Return the refusal of a part that is XML but not what it should be."""
        return broken(self.name, code, what, **facts)

    def _refuse_doctype(self, *_: object) -> None:
        raise doctype(self.name)


def broken(name: str, code: str, what: str, **facts: str) -> Refusal:
    """Return the refusal of a part that is XML but not what it should be."""
    return Refusal(
        "damaged-by", "its part {part} is damaged: {what}.",
        part=shown(name), what=refused_as(code, what, **facts),
    )  # fmt: skip


def doctype(name: str) -> Refusal:
    """Return the refusal of a part that declares a document type."""
    return Refusal(
        "doctype", "its part {part} declares a DOCTYPE, which no workbook may have.",
        part=shown(name),
    )  # fmt: skip


def elements(data: bytes, name: str) -> Sequence[Element]:
    """Return all elements of a small part in the order of their end tags."""
    return small_part(data, name).elements


@known_part
def small_part(data: bytes, name: str) -> SmallPart:
    """Return all that a small part says, and how it says it."""
    part = Part(data, name, with_full_names=True)
    reader = _SmallReader(part)
    part.parse()
    found = reader.found
    ignorable = found[-1].attributes.get(f"{COMPATIBILITY} Ignorable", "").split()
    return SmallPart(
        name,
        tuple(found),
        frozenset(reader.spaces.get(prefix, "") for prefix in ignorable),
        frozenset(reader.remarks),
        len(reader.spaces) == 1 and not reader.has_more,
    )


class _SmallReader:
    """Receives the events of a small part and keeps its elements."""

    __slots__ = ("_open", "_part", "_texts", "found", "has_more", "remarks", "spaces")

    def __init__(self, part: Part) -> None:
        self.found: list[Element] = []
        self.spaces: dict[str, str] = {}
        self.remarks: set[str] = set()
        self.has_more = False
        self._part = part
        self._open: list[tuple[str, dict[str, str], str]] = []
        self._texts: list[str] = []
        parser = part.parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._texts.append
        parser.StartNamespaceDeclHandler = self._space
        parser.CommentHandler = lambda _: self._remark("COMMENT")
        parser.StartCdataSectionHandler = lambda: self._remark("CDATA")
        parser.ProcessingInstructionHandler = lambda *_: self._remark("INSTRUCTION")

    def _space(self, prefix: str | None, uri: str | None) -> None:
        """Keep the first meaning of a prefix, that of the root."""
        self.has_more = self.has_more or bool(self.spaces)
        self.spaces.setdefault(prefix or "", uri or "")

    def _remark(self, kind: str) -> None:
        if len(self._open) > 2:
            self.remarks.add(kind)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= limits.XML_DEPTH:
            raise self._part.too_deep()
        inside = ""
        if self._open:
            parent, _, inside = self._open[-1]
            if not inside and parent.endswith((EXTENSIONS, ALTERNATIVE)):
                inside = parent.rpartition(" ")[2]
        self._open.append((tag, attributes, inside))
        self._texts.clear()

    def _end(self, tag: str) -> None:
        depth, (_, attributes, inside) = len(self._open), self._open.pop()
        namespace, _, local = tag.rpartition(" ")
        parent = self._open[-1][0].rpartition(" ")[2] if self._open else ""
        self.found.append(
            Element(
                depth,
                parent,
                namespace,
                local,
                attributes,
                "".join(self._texts),
                inside,
            )
        )
        if len(self.found) > limits.ELEMENTS_OF_A_SMALL_PART:
            raise self._part.broken("too-many-elements", "it has too many elements")
        self._texts.clear()


def local_name(name: str) -> str:
    """Return a name, as the handlers see it, without its prefix or name space."""
    return name.rpartition(" ")[2].rpartition(":")[2]


def is_plain(data: bytes) -> bool:
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


def has_longer_run(data: bytes, longest: int) -> bool:
    """Tell whether there is a longer stretch without a new tag, by jumping ahead."""
    at = 0
    while len(data) - at > longest:
        at = data.rfind(b"<", at + 1, at + longest + 1)
        if at < 0:
            return True
    return False


def _let_go(parser: expat.XMLParserType) -> None:
    """Break the cycle between a parser and the methods it calls."""
    parser.StartElementHandler = None
    parser.EndElementHandler = None
    parser.CharacterDataHandler = None
    parser.CommentHandler = None
    parser.StartCdataSectionHandler = None
    parser.ProcessingInstructionHandler = None
    parser.StartDoctypeDeclHandler = None
    parser.StartNamespaceDeclHandler = None
