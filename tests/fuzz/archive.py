"""Changes of the zip archive: its records, its packed bytes, its ends."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zipfile
from collections.abc import Callable

from tests.fuzz.nasty import Parts, spliced

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_FIELDS = {
    _LOCAL: (4, 6, 8, 14, 18, 22, 26, 28),
    _CENTRAL: (6, 8, 10, 16, 20, 24, 28, 30, 32, 34, 36, 38, 42),
    _END: (4, 6, 8, 10, 12, 16, 20),
}
_NUMBERS = (0, 1, 8, 0x800, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFF)


def packed(parts: Parts, chance: random.Random) -> bytes:
    """Return the archive of these parts, stored or packed."""
    file = io.BytesIO()
    method = chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # names twice are what is wanted
        with zipfile.ZipFile(file, "w", method) as archive:
            for name, content in parts.items():
                archive.writestr(zipfile.ZipInfo(name), content, method)
    return file.getvalue()


def truncate(data: bytes, chance: random.Random) -> bytes:
    """End the file too early."""
    return data[: chance.randrange(len(data))]


def flip_bits(data: bytes, chance: random.Random) -> bytes:
    """Flip some bits anywhere."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 16)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def change_a_field(data: bytes, chance: random.Random) -> bytes:
    """Change one number of one record."""
    signature = chance.choice(list(_FIELDS))
    places = _places(data, signature)
    if not places:
        return data
    at = chance.choice(places) + chance.choice(_FIELDS[signature])
    number = chance.choice(_NUMBERS)
    new = struct.pack("<L", number)[: chance.choice((2, 4))]
    return spliced(data, at, at + len(new), new)[: max(len(data), 0)]


def insert_bytes(data: bytes, chance: random.Random) -> bytes:
    """Put bytes before, behind or between the records."""
    at = chance.choice((0, len(data), *_places(data, _LOCAL), *_places(data, _CENTRAL)))
    return spliced(data, at, at, chance.randbytes(chance.choice((1, 30, 400))))


def delete_bytes(data: bytes, chance: random.Random) -> bytes:
    """Leave bytes out somewhere."""
    at = chance.randrange(len(data))
    return spliced(data, at, at + chance.choice((1, 7, 100)), b"")


def double_a_record(data: bytes, chance: random.Random) -> bytes:
    """Repeat one record of the directory."""
    places = [*_places(data, _CENTRAL), *_places(data, _END)]
    if len(places) < 2:
        return data
    at = chance.randrange(len(places) - 1)
    return spliced(data, places[at], places[at], data[places[at] : places[at + 1]])


def append_an_archive(data: bytes, _: random.Random) -> bytes:
    """Put a second archive behind the first."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return data + file.getvalue()


def add_a_comment(data: bytes, chance: random.Random) -> bytes:
    """Put a comment behind the archive; some hold another end record."""
    comment = chance.choice((b"x", _END + bytes(18), data[-60:]))
    at = data.rfind(_END)
    if at < 0:
        return data
    length = struct.pack("<H", len(comment))
    return data[: at + 20] + length + comment


def _places(data: bytes, signature: bytes) -> list[int]:
    places, at = [], data.find(signature)
    while at >= 0:
        places.append(at)
        at = data.find(signature, at + 1)
    return places


CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    truncate, flip_bits, change_a_field, insert_bytes, delete_bytes, double_a_record,
    append_an_archive, add_a_comment,
)  # fmt: skip
