"""The pre-flight check of a foreign file; hands out its parts one by one.

The order is that of cost: the path, the first bytes, the zip directory, and only then
single parts. The file is read once, never written, and its hash names it in reports.
"""

import hashlib
import os
import stat
from pathlib import Path

from jcm_xl.plain_file import without_waiting
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.archive import ZipEntry, beginning, inflate, read_directory
from jcm_xl.xlsx.markup import doctype
from jcm_xl.xlsx.recognise import refusal_of_bytes, refusal_of_names
from jcm_xl.xlsx.refusal import SEND_AGAIN, CannotRead, Refusal, refused_as, shown

_NAME_A_BOOK = refused_as("name-a-workbook", "Name a workbook file.")
_CHECK_SPELLING = refused_as("check-spelling", "Check the spelling.")
_CHECK_ACCESS = refused_as(
    "check-access", "Close it in other programs and check its access rights."
)
_CHECK_PATH = refused_as("check-path", "Check the path and the disk.")
_REMOVE_PICTURES = refused_as(
    "remove-pictures",
    "Remove pictures and other data that do not belong to the workbook.",
)

__all__ = ["CannotRead", "Package", "open_bytes", "open_package"]

_SMALL, _FEW = 64 * 1024, 32
"""Parts of which the head is asked are kept until they are read: so small, so many."""
_XML_ENDINGS = (".xml", ".rels", ".vml")
_DOCTYPE = b"<!DOCTYPE"
_WIDE_DOCTYPES = ("<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


class Package:
    """A zip archive that passed the pre-flight check."""

    __slots__ = (
        "_data", "_entries", "_kept", "_unread", "has_unlisted_bytes", "path", "sha256",
    )  # fmt: skip

    def __init__(self, data: bytes, path: str) -> None:
        """Check the zip directory; no part is unpacked yet."""
        entries, self.has_unlisted_bytes = read_directory(data)
        self.path = path
        self.sha256 = hashlib.sha256(data).hexdigest()
        self._data = data
        self._kept: dict[str, bytes] = {}
        self._entries: dict[str, ZipEntry] = {
            entry.name.lower(): entry
            for entry in entries
            if not entry.name.endswith("/")
        }
        self._unread = {n for n in self._entries if n.endswith(_XML_ENDINGS)}
        if refusal := refusal_of_names(self._entries):
            raise refusal

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, as the file spells them."""
        return tuple(entry.name for entry in self._entries.values())

    @property
    def misspelled(self) -> tuple[str, ...]:
        """The names, as stored, of parts that are not named as parts are."""
        return tuple(e.stated for e in self._entries.values() if e.stated)

    @property
    def checksums(self) -> dict[str, tuple[int, int]]:
        """The size and the checksum of each part, as the directory states them."""
        return {e.name: (e.size, e.checksum) for e in self._entries.values()}

    def __contains__(self, name: str) -> bool:
        """Tell whether there is such a part; capitals do not matter, as in Excel."""
        return name.lower() in self._entries

    def has_exactly(self, name: str) -> bool:
        """Tell whether there is a part of this name in these very capitals."""
        entry = self._entries.get(name.lower())
        return entry is not None and entry.name == name

    def packed(self, name: str) -> tuple[int, int, int, bytes]:
        """Return method, checksum, unpacked size and packed bytes of a part."""
        entry = self._entries[name.lower()]
        raw = self._data[entry.start : entry.start + entry.packed]
        return entry.method, entry.checksum, entry.size, raw

    def size(self, name: str) -> int:
        """Return how many bytes a part has unpacked, 0 where there is none."""
        entry = self._entries.get(name.lower())
        return entry.size if entry else 0

    def part(self, name: str) -> bytes:
        """Return the unpacked bytes of a part; an XML part without DOCTYPE only."""
        try:
            return self._part(name.lower())
        except Refusal as refusal:
            raise self.refused(refusal) from None

    def head(self, name: str, size: int) -> bytes:
        """Return the first bytes of a part, as far as they can be unpacked."""
        folded = name.lower()
        entry = self._entries[folded]
        if entry.size > _SMALL or len(self._kept) >= _FEW:
            return beginning(self._data, entry, size)
        try:
            self._kept[folded] = part = inflate(self._data, entry)
        except Refusal:
            return beginning(self._data, entry, size)
        return part[:size]

    def check_rest(self) -> None:
        """Refuse a DOCTYPE in the XML parts that nobody asked for."""
        for name in tuple(self._unread):
            self.part(name)

    def refused(self, refusal: Refusal) -> CannotRead:
        """Return the refusal as the failure that names this file."""
        return CannotRead(self.path, refusal.reason, refusal.remedy)

    def _part(self, folded: str) -> bytes:
        entry = self._entries.get(folded)
        if entry is None:
            raise Refusal(
                "missing-part", "its part {part} is missing.", SEND_AGAIN,
                part=shown(folded),
            )  # fmt: skip
        part = self._kept.pop(folded, None)
        if part is None:
            part = inflate(self._data, entry)
        if folded.endswith(_XML_ENDINGS) and _has_doctype(part):
            raise doctype(entry.name)
        self._unread.discard(folded)
        return part


def open_package(path: str | os.PathLike[str]) -> Package:
    """Read a file once and check it; raise ``CannotRead`` with the reason."""
    file = Path(path)
    try:
        return _checked(_content(file), str(file))
    except Refusal as refusal:
        raise CannotRead(str(file), refusal.reason, refusal.remedy) from None


def open_bytes(data: bytes, name: str = "the workbook") -> Package:
    """Check a workbook that is already in memory, as ``open_package`` does."""
    try:
        return _checked(data, name)
    except Refusal as refusal:
        raise CannotRead(name, refusal.reason, refusal.remedy) from None


def _checked(data: bytes, path: str) -> Package:
    if not data:
        raise Refusal("empty-file", "it is empty.", SEND_AGAIN)
    if len(data) > limits.FILE_BYTES:
        raise _too_large()
    if refusal := refusal_of_bytes(data):
        raise refusal
    return Package(data, path)


def _content(file: Path) -> bytes:
    """Return the bytes of a regular file of bearable size."""
    if file.name.startswith("~$"):
        raise Refusal(
            "owner-file",
            "it is the owner file that Excel keeps beside an open workbook.",
            refused_as(
                "check-instead", "Check {file} instead.", file=shown(file.name[2:])
            ),
        )
    try:
        with open(file, "rb", 0, opener=without_waiting) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise Refusal("not-regular", "it is not a regular file.", _NAME_A_BOOK)
            if status.st_size > limits.FILE_BYTES:
                raise _too_large()
            return stream.read()
    except IsADirectoryError:
        raise Refusal("folder", "it is a folder.", _NAME_A_BOOK) from None
    except FileNotFoundError:
        raise Refusal(
            "no-such-file", "there is no such file.", _CHECK_SPELLING
        ) from None
    except PermissionError:
        if file.is_dir():  # so Windows says it
            raise Refusal("folder", "it is a folder.", _NAME_A_BOOK) from None
        raise Refusal("not-permitted", "it may not be opened.", _CHECK_ACCESS) from None
    except (OSError, ValueError):  # a name too long, a null character, a broken disk
        raise Refusal(
            "cannot-be-opened", "the system cannot open it.", _CHECK_PATH
        ) from None


def _too_large() -> Refusal:
    return Refusal(
        "file-too-large", "it is larger than {limit} MB.", _REMOVE_PICTURES,
        limit=limits.FILE_BYTES // limits.MEGABYTE,
    )  # fmt: skip


def _has_doctype(part: bytes) -> bool:
    if _DOCTYPE in part:
        return True
    return b"\x00" in part[:4] and any(wide in part for wide in _WIDE_DOCTYPES)
