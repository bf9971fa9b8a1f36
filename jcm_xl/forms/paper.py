"""A document for Word read back: which figures it shows, by their names.

A figure is a content control with a tag, within a bookmark of the same name: Word holds
the one, LibreOffice the other. Where both are there, both have to show the figure.
Nothing else of the file is read. A text that was deleted with changes tracked is none,
and one that is hidden is not shown.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from xml.parsers import expat

from jcm_xl.dataclass import dataclass
from jcm_xl.errors import JcmError
from jcm_xl.forms.model import EntryValue
from jcm_xl.plain_file import TooLarge, read_plain
from jcm_xl.xlsx.archive import inflate, read_directory
from jcm_xl.xlsx.refusal import Refusal

_TAG, _MARK = "jcm_", "jcm_of_"
_PART = "word/document.xml"
_MAX_BYTES, _MAX_PART = 50_000_000, 40_000_000
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFF = ("0", "false", "off")
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


class NoPaper(JcmError):
    """A file that is no document of ours for Word, or cannot be read as one."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document. figures: what stands under each tag, each time that it stands there.

    hidden: the tags of which a text is not shown. code, digest, project: of the form,
    as its own figure says.
    """

    code: str
    digest: str
    project: str
    figures: Mapping[str, tuple[str, ...]]
    hidden: frozenset[str]
    sha256: str


def tag_of(name: str) -> str:
    """Return the tag of a cell's figure: `jcm_yearly_1_reductions`."""
    return _TAG + re.sub(r"\W+", "_", name).strip("_")


def identity(code: str, digest: str, project: str) -> str:
    """Return the tag by which a document says which form of which project it is."""
    return f"{_MARK}{digest[:12]}_{project}_{code}"


def entry_text(value: EntryValue) -> str:
    """Return a value as a document prints it."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def read_paper(path: Path) -> Paper:
    """Read the figures of a document; raise `NoPaper` for what is none of ours."""
    try:
        data = read_plain(path, _MAX_BYTES)
    except TooLarge:
        raise NoPaper(f"{path} is too large for a document.") from None
    except OSError as error:
        raise NoPaper(f"{path} cannot be read: {error.strerror}.") from None
    reader = _Reader()
    reader.read(_document(path, data), path)
    marks = [name for name in reader.figures if name.startswith(_MARK)]
    if len(marks) != 1:
        raise NoPaper(
            f"{path} is no document that jcm_xl made of a form, or lost the mark that "
            "says so. `jcm-xl form document` makes one."
        )
    parts = marks[0].removeprefix(_MARK).split("_", 2)
    digest, project, code = (*parts, "", "", "")[:3]
    figures = {n: tuple(t) for n, t in reader.figures.items() if n != marks[0]}
    sha256 = hashlib.sha256(data).hexdigest()
    return Paper(code, digest, project, figures, frozenset(reader.hidden), sha256)


def _document(path: Path, data: bytes) -> bytes:
    try:
        entries, _ = read_directory(data)
        found = [entry for entry in entries if entry.name.lower() == _PART]
        if len(found) == 1 and found[0].size <= _MAX_PART:
            return inflate(data, found[0])
    except Refusal as refusal:
        raise NoPaper(f"{path} cannot be read: {refusal}") from None
    raise NoPaper(f"{path} is no document of Word (.docx).")


class _Reader:
    """Walks the text once; of nested names each has the text within."""

    def __init__(self) -> None:
        self.figures: dict[str, list[str]] = {}
        self.hidden: set[str] = set()
        self._controls: list[tuple[str, list[str]]] = []
        self._bookmarks: dict[str, tuple[str, list[str]]] = {}
        self._is_text = False

    def read(self, data: bytes, path: Path) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError):
            raise NoPaper(f"{path} is damaged: its text cannot be read.") from None

    def _doctype(self, *_: object) -> None:
        raise ValueError("a document type")

    def _start(self, name: str, facts: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        self._is_text = space in (_WORD, _STRICT) and local == "t"
        if space not in (_WORD, _STRICT):
            return
        value = facts.get(f"{space} val", "")
        match local:
            case "sdt":
                self._controls.append(("", []))
            case "tag" if self._controls:
                self._controls[-1] = value, self._controls[-1][1]
            case "bookmarkStart":
                tag = facts.get(f"{space} name", "")
                self._bookmarks[facts.get(f"{space} id", "")] = tag, []
            case "bookmarkEnd":
                self._close(
                    *self._bookmarks.pop(facts.get(f"{space} id", ""), ("", []))
                )
            case "vanish" | "specVanish" | "webHidden" if value not in _OFF:
                self.hidden.update(tag for tag, _ in self._named())
            case "br" | "cr":
                self._text_in("\n")

    def _end(self, name: str) -> None:
        self._is_text = False
        space, _, local = name.rpartition(" ")
        if space in (_WORD, _STRICT) and local == "sdt" and self._controls:
            self._close(*self._controls.pop())

    def _close(self, tag: str, pieces: list[str]) -> None:
        if tag.startswith(_TAG):
            self.figures.setdefault(tag, []).append("".join(pieces))

    def _named(self) -> list[tuple[str, list[str]]]:
        return [*self._controls, *self._bookmarks.values()]

    def _text(self, text: str) -> None:
        if self._is_text:
            self._text_in(text)

    def _text_in(self, text: str) -> None:
        for _, pieces in self._named():
            pieces.append(text)
