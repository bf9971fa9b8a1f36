"""A workbook as text, every part of it a cell a line, and back to the same parts.

A part begins with a line `=== NAME`. Line ends within a part are added for the reader,
except after the sign `RETURN`, where the part has one itself.
"""

from __future__ import annotations

import io
import re
import zipfile

RETURN = "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}"
_PART = "=== "
_CUT = re.compile(r"(?<=>)(?=<(?!/))")
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_LINE = 120
"""Signs after which a line is cut at the next start of an element."""


def as_text(data: bytes) -> str:
    """Return a workbook as text; of a part that is no text its size."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return "".join(
        f"{_PART}{name}\n{_lines(_decoded(content))}\n"
        for name, content in parts.items()
    )


def rebuild(text: str) -> bytes:
    """Return the workbook of such a text, its parts uncompressed and in their order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for part in re.split(rf"^{_PART}", text, flags=re.M)[1:]:
            name, _, lines = part.partition("\n")
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.create_system = 3  # the same file on Windows
            archive.writestr(entry, _joined(lines))
    return file.getvalue()


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return f"({len(content)} bytes)"


def _lines(part: str) -> str:
    assert RETURN not in part
    assert "\r" not in part
    lines = [""]
    for piece in _CUT.split(part.replace("\n", f"{RETURN}\n")):
        is_cell = piece.startswith(("<c ", "<row ", "<si>"))
        if lines[-1] and (is_cell or len(lines[-1]) + len(piece) > _LINE):
            lines.append("")
        lines[-1] += piece
    return "\n".join(lines)


def _joined(lines: str) -> str:
    return "\n".join(piece.replace("\n", "") for piece in lines.split(f"{RETURN}\n"))
