"""Builds the files of `files.toml` from their recipes; nothing hostile lies on disk.

A recipe starts from a complete, correct report of EX_AM901 (or from `bytes`):

    title    what the file is
    do       operations on its parts: those of tests/checks/surgery.py, and these:
             put (part, text, or hex), remove (part), encode (part, encoding),
             relate (kind, target), state (part, type): its content type,
             flood (part, before, piece, times): many pieces before a place
    zip      operations on the archive: see ARCHIVE below
    bytes    the whole file as text, hex = the same as hexadecimal digits
    heavy    true where judging it takes a second: then it is judged only once
    refused  how the sentence after "cannot be read:" begins; then the exit code is 2
    found    else the codes of all errors and warnings that are expected, in order
    notes    and of the notes
    verdict  else how the verdict begins, of a book that is not judged
"""

from __future__ import annotations

import io
import posixpath
import struct
import tomllib
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jcm_xl.api import book
from tests.checks.surgery import OPERATIONS, Parts
from tests.support import example_book

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_SIGNATURES = {"local": LOCAL, "central": CENTRAL, "end": END}
Recipe = Mapping[str, Any]


def recipes() -> Iterator[Recipe]:
    """Yield every recipe."""
    path = Path(__file__).with_name("files.toml")
    yield from tomllib.loads(path.read_text(encoding="utf-8"))["file"]


@lru_cache(maxsize=1)
def sound() -> bytes:
    """Return the book that the others are made of."""
    return book(*example_book("EX_AM901"))


def build(recipe: Recipe) -> bytes:
    """Return the bytes of one file."""
    if "bytes" in recipe or "hex" in recipe:
        data = recipe.get("bytes", "").encode() + bytes.fromhex(recipe.get("hex", ""))
    else:
        data = packed(_changed(recipe.get("do", ())), recipe.get("method", "deflated"))
    for operation in recipe.get("zip", ()):
        facts = dict(operation)
        data = ARCHIVE[facts.pop("do")](data, **facts)
    return data


def _changed(operations: Any) -> Parts:
    with zipfile.ZipFile(io.BytesIO(sound())) as archive:
        parts: Parts = {
            name: archive.read(name).decode() for name in archive.namelist()
        }
    for operation in operations:
        facts = dict(operation)
        known = {**OPERATIONS, **_PARTS}
        known[facts.pop("do")](parts, **facts)
    return parts


def packed(parts: Parts, method: str) -> bytes:
    """Return the archive of these parts."""
    file = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED if method == "deflated" else zipfile.ZIP_STORED
    with zipfile.ZipFile(file, "w", kind) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, kind)
    return file.getvalue()


# -- parts -------------------------------------------------------------------------


def put(parts: Parts, part: str, text: str = "", hex: str = "") -> None:
    """Store a part."""
    parts[part] = text.encode() + bytes.fromhex(hex)


def remove(parts: Parts, part: str) -> None:
    """Leave a part out."""
    del parts[part]


def encode(parts: Parts, part: str, encoding: str, said: str = "") -> None:
    """Store a part in another encoding, and say so or say something else."""
    text = str(parts[part]).replace('"UTF-8"', f'"{said or encoding}"', 1)
    parts[part] = text.encode(encoding)


def flood(parts: Parts, part: str, before: str, piece: str, times: int) -> None:
    """Put a piece many times before a place; `#` in it counts from 1."""
    text = str(parts[part])
    assert before in text
    many = (
        "".join(piece.replace("#", str(n)) for n in range(1, times + 1))
        if "#" in piece
        else piece * times
    )
    parts[part] = text.replace(before, many + before, 1)


def add_parts(parts: Parts, name: str, times: int) -> None:
    """Add many small parts."""
    for n in range(times):
        parts[name.replace("#", str(n))] = "x"


def relate(parts: Parts, kind: str, target: str) -> None:
    """Let a sheet of the template name something of this kind."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    mode = ' TargetMode="External"' if ":" in target else ""
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{office}/{kind}" '
        f'Target="{target}"{mode}/></Relationships>'
    )
    if not mode:
        name = posixpath.normpath(f"xl/worksheets/{target}")
        parts[name] = "<x/>"
        state(parts, name, "application/octet-stream")


def state(parts: Parts, part: str, type: str) -> None:
    """State the content type of a part."""
    override = f'<Override PartName="/{part}" ContentType="{type}"/></Types>'
    types = "[Content_Types].xml"
    parts[types] = str(parts[types]).replace("</Types>", override)


_PARTS: Mapping[str, Callable[..., None]] = {
    f.__name__: f for f in (put, remove, encode, flood, add_parts, relate, state)
}


# -- the archive -------------------------------------------------------------------


def cut(data: bytes, keep: int) -> bytes:
    """End the file early: so many bytes from the start, or without so many."""
    return data[:keep]


def append(data: bytes, text: str = "", hex: str = "") -> bytes:
    """Put bytes behind the archive."""
    return data + text.encode() + bytes.fromhex(hex)


def prepend(data: bytes, text: str = "", hex: str = "") -> bytes:
    """Put bytes before the archive."""
    return text.encode() + bytes.fromhex(hex) + data


def patch(data: bytes, record: str, offset: int, hex: str, which: int = 0) -> bytes:
    """Overwrite bytes of the n-th record of a kind."""
    at = -1
    for _ in range(which + 1):
        at = data.index(_SIGNATURES[record], at + 1)
    new = bytes.fromhex(hex)
    return data[: at + offset] + new + data[at + offset + len(new) :]


def twice(data: bytes, name: str, text: str) -> bytes:
    """Store a part a second time, as a zip program does when it updates a file."""
    file = io.BytesIO(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr(zipfile.ZipInfo(name), text)
    return file.getvalue()


def spoil(data: bytes, name: str) -> bytes:
    """Change one byte of a packed part."""
    at = data.index(name.encode()) + len(name) + 40
    return data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]


def wrap(data: bytes, name: str) -> bytes:
    """Put the whole file into another archive."""
    return packed({name: data}, "stored")


def hide(data: bytes, text: str) -> bytes:
    """Put bytes between the parts and the directory, which does not list them."""
    at, end = data.index(CENTRAL), data.rindex(END)
    new = struct.pack("<L", at + len(text))
    tail = data[at : end + 16] + new + data[end + 20 :]
    return data[:at] + text.encode() + tail


ARCHIVE: Mapping[str, Callable[..., bytes]] = {
    f.__name__: f for f in (cut, append, prepend, patch, twice, spoil, wrap, hide)
}
