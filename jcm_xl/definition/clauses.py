"""What claims to rest on a document names the clause, what it says, and the day.

An overlay is exempt: it names who confirmed what, in which document, on which day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from jcm_xl.definition.lines import KeyPath
from jcm_xl.definition.problems import Collector
from jcm_xl.model.methodology import Conservatism, Evidence, Methodology, Source

_CLAUSE = re.compile(
    r"^(section )?[D-I](\.\d+)*\b(?! of the summary)"
    r"|\battachment\b|\badditional information\b|\b(MPS|MRS|MSS)\b",
    re.I,
)
Cited: TypeAlias = tuple[KeyPath, Evidence | None, Source | None]
_WANTED = (
    "section D to I, an official attachment, or a cell of the spreadsheet, such as "
    "'MRS(input), Table 1'"
)


def clauses_are_told(m: Methodology, problems: Collector) -> None:
    """Note every `document` that does not tell its clause, version and day."""
    for path, source in _documents(m):
        for key, reason in _lacks(m, source):
            problems.add((*path, key), reason)


def _lacks(m: Methodology, source: Source | None) -> Iterator[tuple[str, str]]:
    if source is None:
        return  # told already: a source is missing
    of = "evidence 'document' says that the clause itself was read; "
    if not _CLAUSE.search(source.section):
        found = f"'{source.section}'" if source.section else "nothing"
        yield "section", f"{of}found {found}, expected {_WANTED}"
    if not source.says:
        yield "says", f"{of}tell in your own words what it says"
    if source.read is None:
        yield "read", f"{of}tell the day: read = 2026-11-30"
    if source.version != m.version:
        found = f"'{source.version}'" if source.version else "nothing"
        yield "version", f"{of}found {found}, expected that of this file, '{m.version}'"


def _documents(m: Methodology) -> Iterator[tuple[KeyPath, Source | None]]:
    """Yield the sources of all that claims to rest on a document."""
    for path, evidence, source in (*_numbers(m), *_texts(m)):
        if evidence is Evidence.DOCUMENT:
            yield path, source


def _numbers(m: Methodology) -> Iterator[Cited]:
    for p in m.parameters.values():
        yield ("parameters", p.name, "source"), p.evidence, p.source
        yield from _reason(("parameters", p.name), p.conservative)
    for t in m.tables.values():
        yield ("tables", t.name, "source"), t.evidence, t.source
        yield from _reason(("tables", t.name), t.conservative)
        for i, row in enumerate(t.rows):
            at: KeyPath = ("tables", t.name, "rows", i)
            if row.source is not t.source:
                yield (*at, "source"), row.evidence, row.source
            yield from _reason(at, row.conservative)
    for i, f in enumerate(m.formulas.values()):
        yield ("formulas", i, "source"), f.evidence, f.source


def _reason(path: KeyPath, why: Conservatism | None) -> Iterator[Cited]:
    if why is not None:
        yield (*path, "conservative", "source"), why.evidence, why.source


def _texts(m: Methodology) -> Iterator[Cited]:
    for i, criterion in enumerate(m.criteria):
        yield ("eligibility", i, "source"), criterion.evidence, criterion.source
    for i, term in enumerate(m.terms):
        yield ("terms", i, "source"), term.evidence, term.source
    for i, emission in enumerate(m.emission_sources):
        yield ("emission_sources", i, "cited"), emission.evidence, emission.cited
    for p in m.parameters.values():
        for i, block in enumerate(p.monitoring):
            path = ("parameters", p.name, "monitoring", i, "cited")
            yield path, block.evidence, block.cited
