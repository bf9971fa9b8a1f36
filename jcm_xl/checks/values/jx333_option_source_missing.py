"""The source of an invoice or of public data is not named.

Why it matters
    Option B rests on commercial evidence such as invoices, Option A on public data of
    others. A source that names neither leaves open what the value rests on.

How to fix it
    Option B: name the invoices and who writes them. Option A: name the publication, its
    publisher and year. Texts in languages that this check does not know are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.values.notions import lacks, names_nothing
from jcm_xl.checks.values.options import chosen, texts_of, typed_texts
from jcm_xl.text.phrase import Phrase

_INVOICE = Phrase("wording.invoice", "invoice")
_PUBLICATION = Phrase("wording.publication", "publication")


@Check(
    severity=Severity.WARNING,
    basis="Monitoring options A and B (ADB Handbook for Developing JCM "
    "Projects, section 4.6.1)",
    message="The source of {parameter} in {cell} on {sheet} reads "
    "'{actual}'; the option chosen rests on {expected}, and none is named.",
    remedy="Name the {expected} in {cell}.",
)
def option_source_missing(context: OpenedBook) -> Iterator[Finding]:
    """Look into the sources that were typed."""
    for slot, p, stage in typed_texts(context, "source"):
        text = str(context.submission.get(slot.key))
        options = chosen(context, p, stage)
        if options == {"B"} and lacks(texts_of(context, p, stage), ("invoice",)):
            yield Finding(slot, parameter=p.symbol, actual=text, expected=_INVOICE)
        if options == {"A"} and names_nothing(text):
            yield Finding(slot, parameter=p.symbol, actual=text, expected=_PUBLICATION)
