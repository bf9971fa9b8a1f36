"""The moving picture of README, from the real page: `make pictures` makes it anew.

An animated PNG is made of screenshots as they are: their chunks, with the time that
each is shown. Browsers that know no animation show the first one.
"""

from __future__ import annotations

import struct
import tempfile
import threading
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from jcm_xl.desk.sample import faulty_book
from jcm_xl.hosts.web.server import PageServer
from jcm_xl.hosts.web.site import site, write_site
from tests.hosts.browser import MODULES
from tests.hosts.web.chromium import Chromium

MOVING = Path(__file__).parents[1] / "docs" / "pictures" / "page.png"
LONGEST = 12.0
"""Seconds that it takes at most."""
WIDTH = 1100
_MAGIC = b"\x89PNG\r\n\x1a\n"
FIRST, LAST = 0, -1
_TAKE = "#book [data-do=take]"


class Frame(NamedTuple):
    """One screenshot, and for how many seconds it is shown."""

    png: bytes
    seconds: float


def frames(page: Chromium, folder: Path) -> Iterator[Frame]:
    """Drop a faulty book, take what is meant, download it: as a person does."""
    name, data = faulty_book()
    book = folder / name
    book.write_bytes(data)
    page.do("size", width=WIDTH)
    page.do("drop", files=[str(book)])
    yield _shot(page, folder, 3.0)
    sheet = _panel(page, LAST)
    page.do("click", at=f"#tab-{sheet}")
    page.do("tell", script=f"document.querySelector('#{sheet} td.m.ERROR')"
            ".scrollIntoView({ block: 'center', behavior: 'instant' })")  # fmt: skip
    yield _shot(page, folder, 2.5)
    while page.do("count", at=_TAKE):
        page.do("click", at=f"#tab-{_panel(page, FIRST)}")
        page.do("click", at=_TAKE)
    page.do("tell", script="scrollTo({ top: 0, behavior: 'instant' })")
    yield _shot(page, folder, 3.0)
    page.do("save", at="[data-what=mended]", to=str(folder / "mended.xlsx"))
    yield _shot(page, folder, 2.5)


def _panel(page: Chromium, which: int) -> str:
    """Return the sheet of the first or last button that takes a meant value."""
    script = f"[...document.querySelectorAll('{_TAKE}')].at({which})"
    name: str = page.do("tell", script=f"{script}.closest('.panel').id")
    return name


def _shot(page: Chromium, folder: Path, seconds: float) -> Frame:
    path = folder / "shot.png"
    page.do("view", to=str(path))
    return Frame(path.read_bytes(), seconds)


# -- animated PNG ----------------------------------------------------------------------


def animated(shots: Sequence[Frame]) -> bytes:
    """Return screenshots of one size as an animated PNG, shown again and again."""
    head = next(data for kind, data in chunks(shots[0].png) if kind == b"IHDR")
    out = [_chunk(b"IHDR", head), _chunk(b"acTL", struct.pack(">II", len(shots), 0))]
    number = 0
    for shot in shots:
        found = dict(chunks(shot.png))
        assert found[b"IHDR"] == head, "screenshots of one size and kind"
        delay = round(shot.seconds * 100), 100
        control = struct.pack(">I", number) + head[:8] + struct.pack(
            ">IIHHBB", 0, 0, *delay, 0, 0
        )  # fmt: skip
        out.append(_chunk(b"fcTL", control))
        number += 1
        for kind, data in chunks(shot.png):
            if kind == b"IDAT" and shot is shots[0]:
                out.append(_chunk(b"IDAT", data))
            elif kind == b"IDAT":
                out.append(_chunk(b"fdAT", struct.pack(">I", number) + data))
                number += 1
    return _MAGIC + b"".join(out) + _chunk(b"IEND", b"")


def taken_apart(data: bytes) -> list[Frame]:
    """Return the screenshots of an animated PNG."""
    found: list[Frame] = []
    head, seconds, parts = b"", 0.0, [b""]
    for kind, chunk in (*chunks(data), (b"fcTL", bytes(26))):
        if kind == b"IHDR":
            head = chunk
        elif kind == b"IDAT":
            parts.append(_chunk(b"IDAT", chunk))
        elif kind == b"fdAT":
            parts.append(_chunk(b"IDAT", chunk[4:]))
        elif kind == b"fcTL":
            if len(parts) > 1:
                png = (_MAGIC, _chunk(b"IHDR", head), *parts, _chunk(b"IEND", b""))
                found.append(Frame(b"".join(png), seconds))
            shown, of = struct.unpack(">HH", chunk[20:24])
            seconds, parts = shown / (of or 100), [b""]
    return found


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the kind and the data of each chunk."""
    at = len(_MAGIC)
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        yield kind, png[at + 8 : at + 8 + size]
        at += 12 + size


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def main() -> None:
    """Make the picture of the docs."""
    with tempfile.TemporaryDirectory(prefix="jcm_xl-pictures-") as name:
        folder = Path(name)
        write_site(site(MODULES / "pyodide"), folder / "site")
        with PageServer(folder / "site") as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            with Chromium(server.address) as page:
                page.do("open")
                MOVING.write_bytes(animated(list(frames(page, folder))))
            server.shutdown()


if __name__ == "__main__":
    main()
