"""A project's books with what belongs to them, in one archive that is ready to send.

Books are found by their reference number and packed byte for byte. Whatever is not
packed is named with its reason, and each book with its verdict.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from jcm_xl.errors import JcmError
from jcm_xl.model.evidence import LogEvidence
from jcm_xl.model.finding import Report
from jcm_xl.model.key import is_reference_number
from jcm_xl.submission.other_books import reference_code
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.visible import visible
from jcm_xl.writing.zipped import zipped

EVIDENCE_FOLDER = "evidence"
"""The folder beside the books of which all files are packed."""
_LARGEST = 500_000_000
"""Bytes of all that is packed: no archive by mail is larger."""


class Certificate(NamedTuple):
    """A certificate on the sheet Meters: as typed."""

    meter: str
    serial_number: str
    number: str
    valid_from: str
    valid_until: str


class BundledBook(NamedTuple):
    """A book with its verdict; name: in the archive, without folder and ending.

    page: the report as HTML. evidence: of its sheet Readings.
    """

    path: Path
    data: bytes
    report: Report
    name: str
    page: str
    evidence: LogEvidence | None = None
    certificates: tuple[Certificate, ...] = ()

    @property
    def file(self) -> str:
        """Return the name in the archive."""
        return f"books/{self.name}{self.path.suffix.lower()}"


class LeftOut(NamedTuple):
    """A file that is not packed, and why."""

    file: str
    why: Phrase


class Enclosure(NamedTuple):
    """A file of evidence: what it is, and its bytes where it was found.

    found_sha256: of the file at hand under that name; empty where there is none.
    """

    kind: str
    name: str
    sha256: str
    found_sha256: str
    data: bytes | None
    book: str = ""

    @property
    def file(self) -> str:
        """Return the name in the archive."""
        folder = EVIDENCE_FOLDER if self.kind == "file" else "readings"
        return f"{folder}/{self.name}"

    @property
    def state(self) -> str:
        """Return `enclosed`, `other` (it differs from what was read) or `missing`."""
        if self.data is not None:
            return "enclosed"
        return "other" if self.found_sha256 else "missing"


def number_of(reports: Sequence[Report], asked: str) -> str:
    """Return the reference number of the project that is meant.

    Raises `JcmError` where a folder has none, or several and none was asked for.
    """
    numbers = sorted({n for report in reports if (n := _number(report))})
    if asked:
        number = reference_code(asked)
        if number not in numbers:
            told = ", ".join(numbers) or "none"
            raise JcmError(
                f"No book has the reference number {visible(number)}; there are: "
                f"{told}."
            )
        return number
    if len(numbers) > 1:
        raise JcmError(
            f"The books have several reference numbers: {', '.join(numbers)}. Say with "
            "--reference-number which project is meant."
        )
    if not numbers:
        raise JcmError(
            "No book has a reference number such as ID003, by which the books of a "
            "project are found. Type it into the plan first."
        )
    return numbers[0]


def _number(report: Report) -> str:
    code = reference_code(report.reference_number) if report.exit_code < 2 else ""
    return code if is_reference_number(code) else ""


def left_out(paths: Sequence[Path], reports: Sequence[Report], number: str,
             folder: Path) -> Iterator[LeftOut]:  # fmt: skip
    """Yield the books that are not packed: of other projects, without verdict."""
    for path, report in zip(paths, reports, strict=True):
        name = visible(os.path.relpath(path, folder))
        found = reference_code(report.reference_number)
        if report.exit_code >= 2:
            why = Phrase("bundle.no_verdict", "cannot be judged: {verdict}",
                         verdict=report.verdict)  # fmt: skip
        elif _number(report) == number:
            continue
        elif found:
            why = Phrase("bundle.other_number", "has the reference number {number}",
                         number=visible(found))  # fmt: skip
        else:
            why = Phrase("bundle.no_number", "has no reference number")
        yield LeftOut(name, why)


def is_of(report: Report, number: str) -> bool:
    """Tell whether a book is one of the project."""
    return _number(report) == number


def names_of(books: Sequence[tuple[str, Report]], number: str) -> list[str]:
    """Return the names of books: spreadsheet, reference number, stage and period.

    books: (id of the spreadsheet, report). Two of one name are told apart by a number.
    """
    found: list[str] = []
    for spreadsheet, report in books:
        parts = [spreadsheet, number, report.stage]
        if report.stage == "report" and report.period:
            parts += [day.isoformat() for day in report.period]
        name = visible("_".join(part for part in parts if part)).replace("/", "-")
        same = sum(other == name or other.startswith(f"{name}_copy") for other in found)
        found.append(f"{name}_copy{same + 1}" if same else name)
    return found


def enclosures(folder: Path, books: Sequence[BundledBook]) -> list[Enclosure]:
    """Return the logs that the books name, and all files of the folder `evidence`."""
    by_name = _files(folder)
    found: dict[tuple[str, str], Enclosure] = {}
    for book in books:
        for name, sha256 in _named(book.evidence):
            base = os.path.basename(name.replace("\\", "/"))
            if base in ("", ".", ".."):
                continue
            data = [_read(path) for path in by_name.get(base, ())]
            hashes = {hashlib.sha256(each).hexdigest(): each for each in data}
            there = sha256 if sha256 in hashes else next(iter(hashes), "")
            found.setdefault((base, sha256), Enclosure(
                "log", base, sha256, there, hashes.get(sha256), book.name
            ))  # fmt: skip
    for path in sorted((folder / EVIDENCE_FOLDER).rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            data_ = _read(path)
            name = path.relative_to(folder / EVIDENCE_FOLDER).as_posix()
            name = name.replace("\\", "_")
            sha = hashlib.sha256(data_).hexdigest()
            found[f"{EVIDENCE_FOLDER}/{name}", sha] = Enclosure(
                "file", visible(name), sha, sha, data_
            )
    return list(found.values())


def _named(evidence: LogEvidence | None) -> Iterator[tuple[str, str]]:
    if evidence is not None:
        yield evidence.assignment
        yield from ((log.name, log.sha256) for log in evidence.files)


def _files(folder: Path) -> Mapping[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            found.setdefault(path.name, []).append(path)
    return found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise JcmError(f"{path} cannot be read: {error.strerror}.") from None


def packed(
    number: str,
    books: Sequence[BundledBook],
    enclosed: Sequence[Enclosure],
    texts: Sequence[tuple[str, str | bytes]],
) -> bytes:
    """Return the archive: books, reports, evidence, texts, and the hash of each."""
    parts: dict[str, str | bytes] = dict(texts)
    for book in books:
        parts[book.file] = book.data
        parts[f"reports/{book.name}.html"] = book.page
    for one in enclosed:
        if one.data is not None:
            parts[_free(one.file, parts)] = one.data
    size = sum(len(part) for part in parts.values())
    if size > _LARGEST:
        raise JcmError(
            f"The bundle would have {size // 1_000_000} MB; at most "
            f"{_LARGEST // 1_000_000} MB are packed. Keep large evidence elsewhere."
        )
    sums = "".join(f"{_sha256(part)}  {name}\n" for name, part in sorted(parts.items()))
    parts["SHA256SUMS"] = sums
    return zipped((f"{number}/{name}", part) for name, part in parts.items())


def _free(name: str, taken: Mapping[str, object]) -> str:
    """Return a name that nothing in the archive has: two logs may be called alike."""
    stem, ending = os.path.splitext(name)
    count, free = 1, name
    while free in taken:
        count += 1
        free = f"{stem}_{count}{ending}"
    return free


def _sha256(part: str | bytes) -> str:
    data = part.encode() if isinstance(part, str) else part
    return hashlib.sha256(data).hexdigest()
