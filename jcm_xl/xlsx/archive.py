"""The zip directory of a workbook, read strictly.

Zip readers differ where the two directories of a file (the central one and the headers
in front of each part) contradict each other, so two programs could see two workbooks.
Here both must agree, nothing may overlap and every part must have the size and the
checksum it declares. It is also four times faster than ``zipfile`` on a small book.
"""

import re
import struct
import zlib
from typing import NamedTuple

from jcm_xl.xlsx import limits
from jcm_xl.xlsx.refusal import SEND_AGAIN, Refusal, refused_as, shown

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_IN_EXTRA = 0xFFFFFFFF
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_SIZES_FOLLOW = 0x8
_UTF8 = 0x800
_STORED, _DEFLATED = 0, 8
_LONGEST_DESCRIPTOR = 24
_NO_PASSWORD = refused_as("save-without-password", "Save it without a password.")
_BAD_NAME = re.compile(r"^/|^[A-Za-z]:|(?:^|/)\.\.?(?:/|$)|//|[\x00-\x1f]")


class ZipEntry(NamedTuple):
    """One part of the package as the zip directory declares it.

    `stated`: its name as it stands there, where that is another one.
    """

    name: str
    method: int
    checksum: int
    packed: int
    size: int
    start: int
    stated: str = ""


class _Central(NamedTuple):
    """A record of the central directory, with 64-bit fields already resolved."""

    raw_name: bytes
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    offset: int


def read_directory(data: bytes) -> tuple[list[ZipEntry], bool]:
    """Return the checked entries, and whether unlisted bytes lie between them."""
    count, size, offset = _end_record(data)
    if count > limits.ZIP_ENTRIES:
        raise Refusal(
            "too-many-parts", "it holds {count} parts, more than {limit}.",
            count=count, limit=limits.ZIP_ENTRIES,
        )  # fmt: skip
    records = _central_records(data, count, offset, offset + size)
    entries, extents = [], []
    for record in records:
        entry = _entry(data, record)
        entries.append(entry)
        extents.append((record.offset, entry.start + entry.packed))
    _check_names(entries)
    _check_sizes(entries)
    return entries, _has_gaps(sorted(extents), offset)


def inflate(data: bytes, entry: ZipEntry) -> bytes:
    """Return the bytes of one part, never more than its declared size."""
    packed = data[entry.start : entry.start + entry.packed]
    if entry.method == _STORED:
        part, is_whole = packed, True
    else:
        unpacker = zlib.decompressobj(-15)
        try:
            part = unpacker.decompress(packed, entry.size + 1)
        except zlib.error:
            raise _damaged_part(entry) from None
        is_whole = unpacker.eof and not unpacker.unused_data
    if not is_whole or len(part) != entry.size or zlib.crc32(part) != entry.checksum:
        raise _damaged_part(entry)
    return part


def beginning(data: bytes, entry: ZipEntry, size: int) -> bytes:
    """Return the first bytes of a part; nothing where it is damaged."""
    packed = data[entry.start : entry.start + min(entry.packed, size)]
    if entry.method == _STORED:
        return packed
    try:
        return zlib.decompressobj(-15).decompress(packed, size)
    except zlib.error:
        return b""


def _damaged() -> Refusal:
    # Each time a new one: an exception raised again keeps all frames it passed before.
    return Refusal(
        "damaged-directory", "its zip directory is damaged or incomplete.", SEND_AGAIN
    )


def _damaged_part(entry: ZipEntry) -> Refusal:
    return Refusal(
        "damaged-part", "its part {part} is damaged.", SEND_AGAIN,
        part=shown(entry.name),
    )  # fmt: skip


def _end_record(data: bytes) -> tuple[int, int, int]:
    """Return number of entries, size and offset of the central directory."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if at < 0 or at + _END.size > len(data):
        raise Refusal("end-missing", "the end of the file is missing.", SEND_AGAIN)
    _, disk, first, here, count, size, offset, comment = _END.unpack_from(data, at)
    if at + _END.size + comment != len(data):
        raise Refusal(
            "data-after-directory", "unknown data follows the end of its zip directory."
        )
    if disk or first or here != count:
        raise Refusal("split-archive", "it is one volume of a split archive.")
    directory_end = at
    if data[at - 20 : at - 16] == b"PK\x06\x07" and at >= 76:
        directory_end, count, size, offset = _end_record64(data, at - 20)
    if offset + size != directory_end:
        raise _damaged()
    return count, size, offset


def _end_record64(data: bytes, locator: int) -> tuple[int, int, int, int]:
    _, disk, at, disks = _LOCATOR64.unpack_from(data, locator)
    if disk or disks > 1 or at + _END64.size != locator:
        raise _damaged()
    magic, _, _, _, _, _, here, count, size, offset = _END64.unpack_from(data, at)
    if magic != b"PK\x06\x06" or here != count:
        raise _damaged()
    return at, count, size, offset


def _central_records(data: bytes, count: int, at: int, end: int) -> list[_Central]:
    records = []
    for _ in range(count):
        if at + _CENTRAL.size > end:
            raise _damaged()
        fields = _CENTRAL.unpack_from(data, at)
        flags, method, checksum, packed, size = fields[3], fields[4], *fields[7:10]
        name_end = at + _CENTRAL.size + fields[10]
        extra_end = name_end + fields[11]
        if fields[0] != b"PK\x01\x02" or extra_end + fields[12] > end:
            raise _damaged()
        name, extra = data[at + _CENTRAL.size : name_end], data[name_end:extra_end]
        size, packed, offset = _wide(extra, name, size, packed, fields[16])
        records.append(_Central(name, flags, method, checksum, packed, size, offset))
        at = extra_end + fields[12]
    if at != end:
        raise _damaged()
    return records


def _wide(extra: bytes, name: bytes, *fields: int) -> tuple[int, ...]:
    """Replace each field that says "see the 64-bit extra" by its true value."""
    if not extra:
        return fields
    numbers = b""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        content = extra[at + 4 : at + 4 + length]
        if kind == 1:
            numbers = content
        elif kind == 0x7075 and content[5:] != name:  # some readers prefer this name
            raise _damaged()
        at += 4 + length
    wide = list(fields)
    for index, field in enumerate(fields):
        if field == _IN_EXTRA:
            if len(numbers) < 8:
                raise _damaged()
            wide[index] = int.from_bytes(numbers[:8], "little")
            numbers = numbers[8:]
    return tuple(wide)


def _entry(data: bytes, record: _Central) -> ZipEntry:
    """Return the entry if the header in front of the part says the same."""
    encoding = "utf-8" if record.flags & _UTF8 else "cp437"
    name = record.raw_name.decode(encoding, "replace")
    if record.flags & _ENCRYPTED:
        raise Refusal("encrypted-parts", "its parts are encrypted.", _NO_PASSWORD)
    if record.method not in (_STORED, _DEFLATED):
        raise Refusal(
            "unknown-packing", "its part {part} is packed in an unknown way.",
            part=shown(name),
        )  # fmt: skip
    at = record.offset
    if at + _LOCAL.size > len(data):
        raise _damaged()
    magic, _, flags, method, _, _, *numbers, name_length, extra_length = (
        _LOCAL.unpack_from(data, at)
    )
    name_end = at + _LOCAL.size + name_length
    start = name_end + extra_length
    local_name = data[at + _LOCAL.size : name_end]
    if magic != b"PK\x03\x04" or start + record.packed > len(data):
        raise _damaged()
    size, packed = _wide(data[name_end:start], local_name, numbers[2], numbers[1])
    told = (numbers[0], packed, size)
    truth = (record.checksum, record.packed, record.size)
    if (
        local_name != record.raw_name
        or method != record.method
        or flags & _ENCRYPTED
        or not _agrees(told, truth, flags)
        or (method == _STORED and record.packed != record.size)
    ):
        raise Refusal(
            "contradictory-directory",
            "its zip directory contradicts itself about {part}.",
            part=shown(name),
        )
    part = name.replace("\\", "/")  # as some programs of Windows write names
    stated = name if part != name else ""
    return ZipEntry(
        part, method, record.checksum, record.packed, record.size, start, stated
    )


def _agrees(told: tuple[int, ...], truth: tuple[int, ...], flags: int) -> bool:
    """Tell whether the header of a part contradicts the directory in nothing.

    Where the sizes follow the part, the header may leave out each of them. Some
    exporters state the true size there and leave out the packed size and the checksum.
    """
    if told == truth:
        return True
    pairs = zip(told, truth, strict=True)
    return bool(flags & _SIZES_FOLLOW) and all(a in (0, b) for a, b in pairs)


def _check_names(entries: list[ZipEntry]) -> None:
    seen = set()
    for entry in entries:
        folded = entry.name.lower().rstrip("/")
        if _BAD_NAME.search(entry.name) or not folded:
            raise Refusal(
                "part-name-not-allowed", "its part name {part} is not allowed.",
                part=shown(entry.name),
            )  # fmt: skip
        if folded in seen:
            raise Refusal(
                "part-twice", "it holds two parts named {part}.", part=shown(entry.name)
            )
        seen.add(folded)


def _check_sizes(entries: list[ZipEntry]) -> None:
    for entry in entries:
        if entry.size > limits.PART_BYTES:
            raise Refusal(
                "part-too-large",
                "its part {part} is larger than {limit} MB when unpacked.",
                part=shown(entry.name),
                limit=limits.PART_BYTES // limits.MEGABYTE,
            )
        if (
            entry.size > limits.PACKING_RATIO_FROM_BYTES
            and entry.size > entry.packed * limits.PACKING_RATIO
        ):
            raise Refusal(
                "part-packed-too-small",
                "its part {part} unpacks to more than {limit} times its size.",
                part=shown(entry.name),
                limit=limits.PACKING_RATIO,
            )
    if sum(entry.size for entry in entries) > limits.UNPACKED_BYTES:
        raise Refusal(
            "unpacked-too-large",
            "its parts together are larger than {limit} MB when unpacked.",
            limit=limits.UNPACKED_BYTES // limits.MEGABYTE,
        )


def _has_gaps(extents: list[tuple[int, int]], directory: int) -> bool:
    """Refuse overlapping parts; tell whether unlisted bytes lie between them."""
    has_gaps = False
    end = 0
    for start, stop in [*extents, (directory, directory)]:
        if start < end:
            raise Refusal("overlapping-parts", "its parts overlap in the zip archive.")
        has_gaps = has_gaps or start - end > (_LONGEST_DESCRIPTOR if end else 0)
        end = stop
    return has_gaps
