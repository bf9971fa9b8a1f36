"""What the package says each of its parts is."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from jcm_xl.xlsx import strict
from jcm_xl.xlsx.grid import Odd
from jcm_xl.xlsx.odd_facts import OddFacts
from jcm_xl.xlsx.package import Package

CONTENT_TYPES = "[Content_Types].xml"
SHEET = "worksheet+xml"
_UNSPECIFIC = ("", "application/xml", "text/xml")
_ENDINGS = {
    "officeDocument": "main+xml",
    "worksheet": SHEET,
    "styles": "styles+xml",
    "sharedStrings": "sharedstrings+xml",
    "theme": "theme+xml",
}
"""How the type of a part ends, in lower case, by the kind of its relation."""


class ContentTypes:
    """The types of the parts; names and types in lower case, as they are compared."""

    __slots__ = ("_defaults", "_parts")

    def __init__(self, package: Package, odd: OddFacts) -> None:
        """Read the list of types once."""
        data = package.part(CONTENT_TYPES)
        part, noted = strict.noted_part(data, CONTENT_TYPES, strict.TYPES)
        for kind, text in noted:
            odd.add(kind, "", text)
        stated = [e for e in part.elements if e.depth == 2]
        self._defaults = _listed(
            ((e.attributes.get("Extension", ""), e.attributes.get("ContentType", ""))
             for e in stated if e.name == "Default"), odd,
        )  # fmt: skip
        self._parts = _listed(
            ((e.attributes.get("PartName", "").lstrip("/"),
              e.attributes.get("ContentType", ""))
             for e in stated if e.name == "Override"), odd,
        )  # fmt: skip

    def of(self, name: str) -> str:
        """Return the type of a part, in lower case; nothing if none is stated."""
        folded = name.lower()
        found = self._parts.get(folded) or self._defaults.get(folded.rpartition(".")[2])
        return found[1] if found else ""

    def parts(self, words: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield each part, as spelled, with each of these words in its type."""
        everything = " ".join(kind for _, kind in self._parts.values())
        there = [word for word in words if word in everything]
        for name, kind in self._parts.values() if there else ():
            yield from ((name, word) for word in there if word in kind)

    def contradicts(self, name: str, kind: str) -> bool:
        """Tell whether a part is said to be of another kind than its relation says."""
        ending, stated = _ENDINGS.get(kind), self.of(name)
        return not (ending is None or stated in _UNSPECIFIC or stated.endswith(ending))


def _listed(
    stated: Iterator[tuple[str, str]], odd: OddFacts
) -> dict[str, tuple[str, str]]:
    """Return name and type by folded name; a name that stands twice is odd."""
    found: dict[str, tuple[str, str]] = {}
    for name, kind in stated:
        if name.lower() in found:
            odd.add(Odd.TWICE, "", f"type of {name} in {CONTENT_TYPES}")
        found[name.lower()] = name, kind.lower()
    return found
