"""One LibreOffice for each process that measures, and what it makes of a book."""

from __future__ import annotations

import atexit
import re
import tempfile
import zlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tests.office.harness import Looked, Office, OfficeError


class View(NamedTuple):
    """What LibreOffice makes of a book: some cells, and what it draws on its pages."""

    cells: tuple[Looked | None, ...]
    pages: tuple[bytes, ...]


@lru_cache(maxsize=1)
def office() -> Office:
    """Return the LibreOffice of this process."""
    started = Office()
    started.start()
    atexit.register(started.close)
    return started


def saved_by_office(data: bytes) -> bytes:
    """Return a book after LibreOffice has calculated and saved it."""
    with tempfile.TemporaryDirectory() as folder:
        made, saved = Path(folder) / "made.xlsx", Path(folder) / "saved.xlsx"
        made.write_bytes(data)
        try:
            office().recalculate(made, save_as=saved)
        except OfficeError:  # it may have died over the book before
            office().close()
            office().recalculate(made, save_as=saved)
        return saved.read_bytes()


def view(data: bytes, cells: Sequence[tuple[str, str]]) -> View:
    """Return what LibreOffice shows of a book; raise `OfficeError` if it refuses it."""
    with tempfile.TemporaryDirectory() as folder:
        book, page = Path(folder) / "book.xlsx", Path(folder) / "book.pdf"
        book.write_bytes(data)
        try:
            return _view(book, page, cells)
        except OfficeError:  # which the book before may have ruined
            office().close()
            return _view(book, page, cells)


def _view(book: Path, page: Path, cells: Sequence[tuple[str, str]]) -> View:
    looked = office().looked_at(book, cells)
    office().recalculate(book, pdf=page)
    return View(tuple(looked), drawn(page.read_bytes()))


_FONT = (b"%!", b"/CIDInit", b"<?xpacket")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def drawn(pdf: bytes) -> tuple[bytes, ...]:
    """Return the drawing commands of the pages of a PDF; no dates, no fonts."""
    found = []
    for packed in _STREAM.findall(pdf):
        try:
            text = zlib.decompress(packed)
        except zlib.error:
            continue
        if text.isascii() and not text.startswith(_FONT):
            found.append(text)
    return tuple(found)
