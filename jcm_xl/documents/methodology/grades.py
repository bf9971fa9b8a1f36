"""All definitions with their three counters by grade, as a page of Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence

from jcm_xl.model.methodology import Evidence, Matter, Methodology

_HEAD = """\
# What was read of each definition

Made by `jcm-xl list --grades`, never by hand; `make docs` writes it anew.

Of each definition: how many of its numbers (defaults, table rows, open values),
formulas and binding texts (criteria; source, frequency and procedure of each monitoring
option; emission sources) are known, and how well:

* d: the clause itself was read (document);
* s: an official page tells it in words (summary);
* t: a third party tells it (secondary);
* r: nobody has seen it (recollection);
* o: open, as nobody has the number, or knows whether the methodology gives it.

*Official* is what was read, a text only in the approved wording. A book stands without
its banner when all three are official, see
[0017](decisions/0017-what-nobody-has-seen.md).
"""
_GRADES: tuple[Evidence | None, ...] = (*Evidence, None)
_ORDER = ("d", "s", "t", "r", "o")


def grades_page(methodologies: Sequence[Methodology]) -> str:
    """Return the page."""
    return "\n".join((_HEAD, *_sums(methodologies), "", *_table(methodologies))) + "\n"


def _sums(methodologies: Sequence[Methodology]) -> Iterator[str]:
    yield "| all definitions | d | s | t | r | o | official | total |"
    yield "|---|---|---|---|---|---|---|---|"
    for matter in Matter:
        counts = _counts(methodologies, matter)
        total = sum(counts.values())
        official = total - sum(m.tallies[matter].unread for m in methodologies)
        cells = " | ".join(str(counts[grade]) for grade in _GRADES)
        yield f"| {matter}s | {cells} | {official} | {total} |"
    published = sum(not m.is_draft for m in methodologies)
    yield ""
    yield f"Definitions: {len(methodologies)}. May be published: {published}."
    yield _once(methodologies)


def _once(methodologies: Iterable[Methodology]) -> str:
    """Return how many of the numbers given stand in one place only."""
    cited, stated = 0, Counter[Hashable]()
    for number, fact in _given(methodologies):
        cited += bool(fact)
        stated[number] += not fact
    alone = sum(count for count in stated.values() if count == 1)
    share = f"{cited + alone} of {cited + stated.total()}"
    return (
        f"Numbers that are given and stand once: {share}. {cited} cite the table of "
        f"facts, `workbook_templates/facts`; {alone} belong to one definition alone."
    )


def repeated(methodologies: Iterable[Methodology]) -> tuple[Hashable, ...]:
    """Return what several definitions state in the same words, citing no fact."""
    stated = Counter(n for n, fact in _given(methodologies) if not fact)
    return tuple(number for number, count in stated.items() if count > 1)


def _given(methodologies: Iterable[Methodology]) -> Iterator[tuple[Hashable, str]]:
    """Yield every number with what it is the number of, and the fact that it cites."""
    for m in methodologies:
        for p in m.parameters.values():
            if p.value is not None:
                yield (p.label, p.value, p.unit), p.fact
        for t in m.tables.values():
            for row in t.rows:
                yield (t.label, row.key or row.start, row.value, t.unit), row.fact


def _table(methodologies: Iterable[Methodology]) -> Iterator[str]:
    grades = "/".join(_ORDER)
    yield f"| definition | status | | numbers {grades} | formulas | texts | official |"
    yield "|---|---|---|---|---|---|---|"
    for m in methodologies:
        cells = [_cell(m, matter) for matter in Matter]
        official = "/".join(str(t.total - t.unread) for t in m.tallies.values())
        yield (
            f"| {m.key} | {m.status} | {m.completeness} | {cells[0]} | {cells[1]} | "
            f"{cells[2]} | {official} |"
        )


def _cell(m: Methodology, matter: Matter) -> str:
    counts = _counts((m,), matter)
    grades = _GRADES if matter is Matter.NUMBER else _GRADES[:-1]
    return "/".join(str(counts[grade]) for grade in grades)


def _counts(
    methodologies: Iterable[Methodology], matter: Matter
) -> Counter[Evidence | None]:
    return Counter(
        s.evidence for m in methodologies for s in m.statements if s.matter is matter
    )
