"""A text still to be written stands in the definition.

Why it matters
    The text would be printed on every sheet. A real report was sent back for
    template text that had been left over.

How to fix it
    Replace the text with that of the methodology, or delete the block if it is
    optional.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint

_LEFT_OVER = re.compile(
    r"\b(?:TODO|TBD|FIXME|XXX+|xxx+)\b[^.\n]{0,40}"
    r"|\?\?\?|lorem ipsum|<[a-z][^<>]{2,40}>"
)


@lint(
    severity=Severity.ERROR,
    message="'{found}' is left over in {key}.",
)
def text_left_over(draft: Draft) -> Iterator[Fault]:
    """Look for marks that authors and skeletons leave in texts."""
    for path, text in draft.texts():
        match = _LEFT_OVER.search(text)
        if match:
            yield Fault(path, {"found": match.group().strip()})
