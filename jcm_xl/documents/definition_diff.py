"""A comparison of two definitions as text and JSON."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.compare import DefinitionComparison, SayingKind
from jcm_xl.documents.lines import BLANK, Line, line, table
from jcm_xl.text.excerpts import excerpts

SCHEMA = "jcm_xl.definition-diff/1"
_NONE = "-"


def definition_diff_lines(
    found: DefinitionComparison, limit: int | None
) -> Iterator[Line]:
    """Yield the text: same or not, then what differs by part, and what follows."""
    if found.is_same:
        yield line("Same: both definitions state the same.", "good")
    else:
        yield line(f"Different: {_counted(found)}", "error")
    for letter, m in (("A", found.first), ("B", found.second)):
        yield line(f"{letter}: {m.key}  {m.title}")
    for part in SayingKind:
        yield from _part(found, part, limit)
    if found.moves:
        yield BLANK
        rows = ((move.title, move.first, move.second) for move in found.moves)
        yield from table(("Examples, whole tonnes", "A", "B"), rows)
    if found.projects:
        yield BLANK
        yield line("Projects of the public list that apply A", "head")
        for project in found.projects:
            yield line(f"{project.reference_number}  {project.title}", indent=2)


def definition_diff_dict(found: DefinitionComparison) -> dict[str, object]:
    """Return the comparison as plain values."""
    return {
        "schema": SCHEMA,
        "same": found.is_same,
        "first": {"key": found.first.key, **found.first.editions},
        "second": {"key": found.second.key, **found.second.editions},
        "changes": [
            {"part": str(c.said.part), "item": c.said.item, "first": c.first,
             "second": c.second}
            for c in found.changes
        ],
        "examples": [move._asdict() for move in found.moves],
        "projects": [project.reference_number for project in found.projects],
    }  # fmt: skip


def _counted(found: DefinitionComparison) -> str:
    counts = {part: 0 for part in SayingKind}
    for change in found.changes:
        counts[change.said.part] += 1
    return ", ".join(f"{part} {count:,}" for part, count in counts.items() if count)


def _part(
    found: DefinitionComparison, part: SayingKind, limit: int | None
) -> Iterator[Line]:
    changes = [change for change in found.changes if change.said.part is part]
    if not changes:
        return
    yield BLANK
    yield line(str(part).capitalize(), "head")
    for change in changes[:limit]:
        both = change.first or _NONE, change.second or _NONE
        yield line(change.said.item, indent=2)
        a, b = both if limit is None else excerpts(*both)
        yield line(f"A: {a}", indent=4)
        yield line(f"B: {b}", indent=4)
    if limit is not None and len(changes) > limit:
        yield line(f"and {len(changes) - limit:,} more; --all prints them", "dim", 2)
