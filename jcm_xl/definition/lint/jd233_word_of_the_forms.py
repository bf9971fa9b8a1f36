"""A name of ours is a word of the official forms.

Why it matters
    "Option A" and "Table 1" mean something on every monitoring sheet: a monitoring
    option, a table. A choice or a label of a definition that says the same is taken for
    it by who fills the sheet, and by who checks it.

How to fix it
    Name it otherwise: "Calculation 1" in place of "Option A". In the approved wording
    (`wording = "official"`) it may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, KeyPath, Severity, lint
from jcm_xl.model.methodology import Parameter

_WORDS = re.compile(
    r"\b(option [a-c]|table [1-3]|mps|mss|mrs|monitoring point|reference number)\b",
    re.I,
)
"""Options, tables, sheets and cells that every monitoring spreadsheet has."""


@lint(
    severity=Severity.WARNING,
    message="'{text}' uses '{word}', a word of the forms.",
)
def word_of_the_forms(draft: Draft) -> Iterator[Fault]:
    """Look at labels, symbols and choices that are our own."""
    m = draft.methodology
    for p in m.parameters.values():
        if not p.is_official:
            yield from _own(p)
    for t in m.tables.values():
        for text in (t.label, *t.keys):
            yield from _fault(("tables", t.name), text)


def _own(p: Parameter) -> Iterator[Fault]:
    yield from _fault(("parameters", p.name, "label"), p.label)
    yield from _fault(("parameters", p.name, "symbol"), p.symbol)
    for text in p.choices if isinstance(p.choices, tuple) else ():
        yield from _fault(("parameters", p.name, "choices"), text)


def _fault(path: KeyPath, text: str) -> Iterator[Fault]:
    if found := _WORDS.search(text):
        yield Fault(path, {"text": text, "word": found[0]})
