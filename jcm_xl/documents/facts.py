"""Which file a document is about, and by which versions it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from jcm_xl.dataclass import dataclass
from jcm_xl.documents.lines import Line, line

NOT_COMPARED = "Not compared with the registered plan."
NO_APPROVAL = "A clean report is no approval: it says what a computer can see."


@dataclass(frozen=True, slots=True)
class Facts:
    """A workbook as every document names it.

    fingerprint: a hash of the inputs alone; re-saving the file does not change it.
    compared: what the book was compared with, and what not, in sentences.
    """

    file: str
    sha256: str
    fingerprint: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    compared: tuple[str, ...] = (NOT_COMPARED,)

    def as_dict(self) -> dict[str, object]:
        """Return the facts for JSON."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "fingerprint": self.fingerprint,
            "versions": dict(self.versions),
        }

    def lines(self) -> Iterator[Line]:
        """Yield the foot of a text document."""
        for sentence in self.compared:
            yield line(sentence, "dim")
        yield line(f"SHA-256 of the file: {self.sha256 or 'unknown'}", "dim")
        if self.fingerprint:
            yield line(f"Fingerprint of the inputs: {self.fingerprint}", "dim")
        versions = ", ".join(f"{name} {v}" for name, v in self.versions.items())
        yield line(f"Versions: {versions or 'unknown'}", "dim")
