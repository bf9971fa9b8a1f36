"""The compression of VBA streams, [MS-OVBA] 2.4.1: chunks of literals and copies."""

from __future__ import annotations

_CHUNK = 4096
_SIGNATURE = b"\x01"
_COMPRESSED = 0xB000
_RAW = 0x3000
_SHORTEST = 3


def compress(data: bytes) -> bytes:
    """Return the container that holds these bytes."""
    chunks = (data[i : i + _CHUNK] for i in range(0, len(data), _CHUNK))
    return _SIGNATURE + b"".join(_chunk(chunk) for chunk in chunks)


def _chunk(data: bytes) -> bytes:
    packed = _tokens(data)
    if len(packed) <= _CHUNK:
        return (_COMPRESSED | (len(packed) - 1)).to_bytes(2, "little") + packed
    if len(data) < _CHUNK:
        # The format has no length for such a chunk; no text comes near it.
        raise ValueError("a stream ends in bytes that cannot be compressed")
    return (_RAW | (_CHUNK - 1)).to_bytes(2, "little") + data


def _tokens(data: bytes) -> bytes:
    """Return the tokens of one chunk, eight after each byte of flags."""
    out, position, end = bytearray(), 0, len(data)
    while position < end:
        flags, group = 0, bytearray()
        for bit in range(8):
            if position >= end:
                break
            bits = max((position - 1).bit_length(), 4)
            longest = min((0xFFFF >> bits) + _SHORTEST, end - position)
            start, length = _match(data, position, longest)
            if length:
                offset = position - start - 1
                token = offset << (16 - bits) | (length - _SHORTEST)
                flags |= 1 << bit
                group += token.to_bytes(2, "little")
                position += length
            else:
                group.append(data[position])
                position += 1
        out.append(flags)
        out += group
    return bytes(out)


def _match(data: bytes, position: int, longest: int) -> tuple[int, int]:
    """Return where the longest repetition begins and its length; 0 for none."""
    found, length = 0, 0
    wanted = _SHORTEST
    while wanted <= longest:
        # A repetition may run into what it repeats, so it need only begin before.
        start = data.find(data[position : position + wanted], 0, position + wanted - 1)
        if start < 0:
            break
        while wanted < longest and data[start + wanted] == data[position + wanted]:
            wanted += 1
        found, length = start, wanted
        wanted += 1
    return found, length
