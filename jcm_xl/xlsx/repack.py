"""A package written again with some parts changed; all others byte for byte.

The packed bytes of what does not change are copied, so nothing of it can differ.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

from jcm_xl.xlsx.package import Package

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _UTF8, _DEFLATED, _MIDNIGHT, _FIRST_DAY = 20, 0x800, 8, 0, 0x21


def repacked(package: Package, parts: Mapping[str, bytes | None]) -> bytes:
    """Return the package with these parts changed, added or, where `None`, left out.

    The order of the parts is kept, added ones come last. Times are not kept: the same
    parts give the same file.
    """
    changed = {name.lower(): (name, content) for name, content in parts.items()}
    out, directory = bytearray(), bytearray()
    count = 0
    for name in package.names:
        if name.lower() not in changed:
            method, checksum, size, packed = package.packed(name)
            _append(out, directory, name, (method, checksum, size, packed))
            count += 1
            continue
        _, content = changed.pop(name.lower())
        if content is not None:
            _append(out, directory, name, _deflated(content))
            count += 1
    for name, content in changed.values():
        if content is not None:
            _append(out, directory, name, _deflated(content))
            count += 1
    start = len(out)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
    return bytes(out + directory + end)


def _deflated(content: bytes) -> tuple[int, int, int, bytes]:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    return _DEFLATED, zlib.crc32(content), len(content), packed


def _append(
    out: bytearray, directory: bytearray, name: str, part: tuple[int, int, int, bytes]
) -> None:
    method, checksum, size, packed = part
    raw = name.encode()
    flags = 0 if raw.isascii() else _UTF8
    common = (flags, method, _MIDNIGHT, _FIRST_DAY, checksum, len(packed), size)
    directory += _CENTRAL.pack(
        b"PK\x01\x02", _VERSION, _VERSION, *common, len(raw), 0, 0, 0, 0, 0, len(out)
    )
    directory += raw
    out += _LOCAL.pack(b"PK\x03\x04", _VERSION, *common, len(raw), 0)
    out += raw + packed
