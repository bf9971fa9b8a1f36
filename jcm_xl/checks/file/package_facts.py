"""What the reader noted of a package, as one finding of each kind and sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jcm_xl.checks import spoken
from jcm_xl.checks.base import Finding, OpenedBook, Severity
from jcm_xl.model.limits import listed
from jcm_xl.text.phrase import Phrase
from jcm_xl.xlsx.grid import Odd, Oddity

_SHOWN = 3
"""Facts that are named word for word."""


def findings(context: OpenedBook, kinds: Mapping[Odd, Severity]) -> Iterator[Finding]:
    """Yield a finding for each of these kinds on each sheet where it was noted."""
    found: dict[tuple[Odd, str], list[Oddity]] = {}
    for odd in context.grid.oddities:
        if odd.kind in kinds:
            found.setdefault((odd.kind, odd.sheet), []).append(odd)
    for (kind, sheet), facts in found.items():
        cell = facts[0].cell if len(facts) == 1 else ""
        yield Finding(
            actual=_named(facts), severity=kinds[kind], sheet=sheet, cell=cell
        )


def _named(facts: list[Oddity]) -> Phrase:
    said = [spoken.odd(fact) for fact in facts[:_SHOWN]]
    more = len(facts) - len(said)
    if more:
        said.append(Phrase("odd.further", "{n} more like these", n=more))
    return listed(said)
