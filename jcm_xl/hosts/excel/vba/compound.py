"""A compound file, [MS-CFB] version 3: the little file system around a VBA project.

Only what a project needs: one storage below the root, no dates, no class ids. The
same streams give the same bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import field

from jcm_xl.dataclass import dataclass

_SECTOR = 512
_MINI_SECTOR = 64
_MINI_LIMIT = 4096
_FREE = 0xFFFFFFFF
_END = 0xFFFFFFFE
_FAT = 0xFFFFFFFD
_NONE = 0xFFFFFFFF
_HEADER_FATS = 109
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1

Tree = Mapping[str, "bytes | Tree"]


@dataclass(slots=True)
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    children: list[int] = field(default_factory=list)
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    colour: int = _BLACK
    start: int = _END
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        return struct.pack(
            "<64sHBBIII16sIQQIQ", name, len(name), self.kind, self.colour, self.left,
            self.right, self.child, b"", 0, 0, 0, self.start, self.size,
        )  # fmt: skip


class _Sectors:
    """Bytes in sectors, with the table that chains them."""

    def __init__(self, size: int) -> None:
        self.size, self.data = size, bytearray()
        self.table: list[int] = []

    def add(self, data: bytes, mark: int | None = None) -> int:
        """Append a chain and return where it starts; an empty one starts nowhere."""
        if not data:
            return _END
        first, count = len(self.table), -(-len(data) // self.size)
        self.data += data.ljust(count * self.size, b"\0")
        if mark is None:
            self.table += [*range(first + 1, first + count), _END]
        else:
            self.table += [mark] * count
        return first


def compound_file(tree: Tree) -> bytes:
    """Return the file; a mapping inside the mapping is a storage."""
    entries = [_Entry("Root Entry", _ROOT)]
    _enter(entries, 0, tree)
    sectors, mini = _Sectors(_SECTOR), _Sectors(_MINI_SECTOR)
    for entry in entries[1:]:
        if entry.kind == _STREAM:
            entry.size = len(entry.data)
            place = mini if entry.size < _MINI_LIMIT else sectors
            entry.start = place.add(entry.data)
        else:
            entry.start = 0
    root = entries[0]
    root.size, root.start = len(mini.data), sectors.add(bytes(mini.data))
    mini_table = sectors.add(_numbers(mini.table))
    mini_count = -(-len(mini.table) * 4 // _SECTOR)
    directory = sectors.add(_directory(entries))
    fats = _add_fat(sectors)
    header = _header(fats, directory, mini_table, mini_count)
    return header + bytes(sectors.data)


def _enter(entries: list[_Entry], parent: int, tree: Tree) -> None:
    inner: list[tuple[int, Tree]] = []
    for name, content in tree.items():
        entries[parent].children.append(len(entries))
        if isinstance(content, Mapping):
            inner.append((len(entries), content))
            entries.append(_Entry(name, _STORAGE))
        else:
            entries.append(_Entry(name, _STREAM, content))
    ordered = sorted(
        entries[parent].children,
        key=lambda i: (len(entries[i].name), entries[i].name.upper()),
    )
    depth = len(ordered).bit_length() - 1
    entries[parent].child = _balance(entries, ordered, depth)
    for place, content in inner:
        _enter(entries, place, content)


def _balance(entries: list[_Entry], ordered: Sequence[int], level: int) -> int:
    """Link a red-black tree: all levels full and black, the last one red."""
    if not ordered:
        return _NONE
    middle = len(ordered) // 2
    entry = entries[ordered[middle]]
    entry.left = _balance(entries, ordered[:middle], level - 1)
    entry.right = _balance(entries, ordered[middle + 1 :], level - 1)
    is_leaf = entry.left == entry.right == _NONE
    entry.colour = _RED if is_leaf and level == 0 else _BLACK
    return ordered[middle]


def _directory(entries: Sequence[_Entry]) -> bytes:
    data = b"".join(entry.packed() for entry in entries)
    unused = struct.pack("<64sHBBIII16sIQQIQ", b"", 0, 0, 0, _NONE, _NONE, _NONE,
                         b"", 0, 0, 0, 0, 0)  # fmt: skip
    return data + unused * (-len(entries) % (_SECTOR // len(unused)))


def _numbers(values: Sequence[int]) -> bytes:
    padded = [*values, *[_FREE] * (-len(values) % (_SECTOR // 4))]
    return struct.pack(f"<{len(padded)}I", *padded)


def _add_fat(sectors: _Sectors) -> list[int]:
    """Append the allocation table, which counts its own sectors, too."""
    count, per_sector = 0, _SECTOR // 4
    while count * per_sector < len(sectors.table) + count:
        count += 1
    if count > _HEADER_FATS:
        raise ValueError("the macros are larger than a simple compound file")
    first = sectors.add(bytes(count * _SECTOR), _FAT)
    sectors.data[first * _SECTOR :] = _numbers(sectors.table)
    return list(range(first, first + count))


def _header(
    fats: Sequence[int], directory: int, mini_table: int, mini_count: int
) -> bytes:
    listed = [*fats, *[_FREE] * (_HEADER_FATS - len(fats))]
    return struct.pack(
        "<8s16sHHHHH6sIIIIIIIII109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, len(fats), directory, 0, _MINI_LIMIT, mini_table, mini_count, _END, 0,
        *listed,
    )  # fmt: skip
