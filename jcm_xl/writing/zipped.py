"""Files in a zip archive: the same parts are the same bytes, on every machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first one that a zip archive knows
_UNIX, _READABLE = 3, 0o644 << 16


def entry(name: str) -> zipfile.ZipInfo:
    """Return the head of a part."""
    head = zipfile.ZipInfo(name, _MOMENT)
    head.compress_type = zipfile.ZIP_DEFLATED
    head.create_system, head.external_attr = _UNIX, _READABLE
    return head


def zipped(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    """Return an archive of the parts, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(entry(name), data)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return the parts of an archive of our own by their names, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
