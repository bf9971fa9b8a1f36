"""A text still speaks of a monitoring option that was not chosen.

Why it matters
    The template offers texts for several options. If all of them are left in, the
    report does not say how the value was really obtained. It happened in a published
    report (project ID009).

How to fix it
    Leave only the text of the option you use, and add the details of your meters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.values.options import chosen as chosen_options
from jcm_xl.model.methodology import Parameter

_OPTION = re.compile(r"\boptions?\s+([abc])\b", re.IGNORECASE)
_AND_OPTION = re.compile(
    r"\boptions?\s+[abc](?:\s*(?:,|/|and|or|&)\s*(?:option\s+)?[abc]\b)+",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\b([abc])\b", re.IGNORECASE)
_LONG = 20
"""Signs from which a text of the methodology is recognised inside another one."""


@Check(
    severity=Severity.WARNING,
    basis="Monitoring Report Sheet of project ID009: text of another option left in",
    message="The text in {cell} on {sheet} speaks of {actual}; the option chosen is "
    "{expected}.",
    remedy="Leave only what applies to the option you use in {cell}.",
)
def option_text_unedited(context: OpenedBook) -> Iterator[Finding]:
    """Compare the options a text speaks of with the one that is chosen."""
    roles = context.plan.layout.option_texts
    for slot, value in context.typed:
        if slot.role not in roles or not isinstance(value, str):
            continue
        p = context.methodology.parameters.get(slot.name)
        blocks = _blocks(p, slot.role, value) if p else set()
        named = _named(value) | blocks
        is_monitored = p is not None and p.is_monitored
        stage = slot.key.stage
        chosen = chosen_options(context, p, stage) if p and is_monitored else set()
        is_mixed = len(named) > 1 and len(chosen) < 2
        if is_mixed or (chosen and named - chosen):
            yield Finding(
                slot,
                parameter=context.subject(slot),
                actual=_listed(named),
                expected=_listed(chosen) or "-",
            )


def _named(text: str) -> set[str]:
    found = {letter.upper() for letter in _OPTION.findall(text)}
    for match in _AND_OPTION.finditer(text):
        found |= {letter.upper() for letter in _LETTER.findall(match[0])}
    return found


def _blocks(p: Parameter, role: str, text: str) -> set[str]:
    """Return the options whose own text stands in this one, word by word."""
    if len(p.monitoring) < 2:
        return set()
    words = " ".join(text.split()).casefold()
    found = set()
    for block in p.monitoring:
        own = " ".join(str(getattr(block, role)).split()).casefold()
        if len(own) >= _LONG and own in words:
            found.add(block.option)
    return found


def _listed(options: set[str]) -> str:
    return " / ".join(f"Option {option}" for option in sorted(options))
