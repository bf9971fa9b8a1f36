"""What an overlay does to its definition, as text."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.overlay import Amended
from jcm_xl.documents.lines import Line, counters, line


def overlay_lines(amended: Amended) -> Iterator[Line]:
    """Yield what is confirmed, what is left, and which examples no longer hold."""
    m = amended.methodology
    if m.overlay is None:
        return
    yield line(f"{m.overlay.file}: a sound overlay of {m.key} {m.title}", "good")
    yield line(f"Overlay {m.overlay}, definition {m.digest[:16]}", "", 2)
    yield line(f"Confirms {', '.join(m.overlay.entries)}", "", 2)
    if m.is_draft:
        names = ", ".join(statement.name for statement in m.unread)
        yield line(f"Still a DRAFT: not official: {counters(m)}: {names}", "warning", 2)
    else:
        words = "Every number, formula and binding text has its official document."
        yield line(words, "good", 2)
    for hint in amended.hints:
        yield line(f"Hint: {hint}", "note", 2)
