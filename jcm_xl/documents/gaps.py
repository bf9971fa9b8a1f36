"""The work list of what no official document has confirmed, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from jcm_xl.definition.gaps import Gap, GapKind, official_page
from jcm_xl.documents.lines import BLANK, Line, counted, line
from jcm_xl.model.methodology import Matter, Methodology

_NOUNS = {GapKind.OPEN: "open value", GapKind.UNKNOWN: "unsettled input",
          GapKind.DEFAULT: "default value", GapKind.ROW: "table row",
          GapKind.FORMULA: "formula", GapKind.TEXT: "text"}  # fmt: skip


def gap_lines(
    gaps: Sequence[Gap], methodologies: Sequence[Methodology]
) -> Iterator[Line]:
    """Yield what is to be confirmed, methodology by methodology, page by page."""
    by_key = {m.key: m for m in methodologies}
    for key, group in groupby(gaps, lambda gap: gap.methodology):
        yield line(f"{key} {by_key[key].title}", "head")
        ordered = sorted(group, key=lambda gap: gap.address)
        for address, same in groupby(ordered, lambda gap: gap.address):
            yield line(f"open {address}" if address else "no page is known", "", 2)
            for gap in same:
                yield from _gap(gap)
        yield BLANK
    yield line(_sum(gaps, methodologies))


def fetch_lines(methodologies: Iterable[Methodology]) -> Iterator[Line]:
    """Yield the official page of each methodology and the files to save from it.

    Saved into one folder under these names they are read by `jcm-xl adopt DIR`.
    """
    for m in methodologies:
        yield line(f"{m.key} {m.title}", "head")
        yield line(f"open {official_page(m)}", "", 2)
        yield line(f"save {m.spreadsheet_id}.xlsx, the methodology spreadsheet", "", 2)
        yield line(f"save {m.spreadsheet_id}.pdf, the methodology", "", 2)


def _gap(gap: Gap) -> Iterator[Line]:
    row = f"[{gap.row}]" if gap.row else ""
    value = f" = {gap.value}" if gap.value else ""
    unit = f" {gap.unit}" if gap.unit else ""
    yield line(f"{gap.kind}: {gap.name}{row}{value}{unit}", "", 4)
    trust = f" ({gap.evidence})" if gap.evidence else ""
    trust += " (one value for each unit: stays an input)" if gap.is_each else ""
    yield line(f"{gap.label}; {gap.place}{trust}", "dim", 6)


def _sum(gaps: Sequence[Gap], methodologies: Sequence[Methodology]) -> str:
    kinds = [(noun, sum(g.kind is kind for g in gaps)) for kind, noun in _NOUNS.items()]
    parts = [counted(number, noun) for noun, number in kinds if number]
    count = len(methodologies)
    of = "1 methodology" if count == 1 else f"{count:,} methodologies"
    unread = sum(m.tallies[Matter.TEXT].unread for m in methodologies)
    hidden = unread - sum(g.kind is GapKind.TEXT for g in gaps)
    if hidden:
        parts.append(f"{counted(hidden, 'text')} (--texts lists them)")
    if not parts:
        return f"Nothing is left to confirm in {of}."
    return f"To confirm in {of}: {', '.join(parts)}."
