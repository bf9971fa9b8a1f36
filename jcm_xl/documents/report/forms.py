"""The forms in which a report is written, and the file names that ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from jcm_xl.text.languages import ENGLISH

if TYPE_CHECKING:
    from jcm_xl.documents.drawing import Drawn
    from jcm_xl.documents.rules import Rule
    from jcm_xl.model.finding import Report

FORMS = ("text", "json", "sarif", "markdown", "html")
SUFFIXES = {
    ".txt": "text", ".json": "json", ".sarif": "sarif", ".md": "markdown",
    ".markdown": "markdown", ".html": "html", ".htm": "html",
}  # fmt: skip


def written(
    form: str,
    reports: Sequence[Report],
    rules: Mapping[str, Rule],
    books: Sequence[Drawn] = (),
    languages: Sequence[str] = ENGLISH,
) -> str:
    """Return all reports as one document of one of the forms of `FORMS`.

    Of several languages the first is the document's, the others stand beneath.
    `books` are the judged files in the order of their reports; a page draws them.
    """
    if form == "html":
        from jcm_xl.documents.report.html import report_html

        return report_html(reports, books, languages)
    if form == "sarif":
        from jcm_xl.documents.report.sarif import report_sarif

        return report_sarif(reports, rules, languages)
    if form == "json":
        from jcm_xl.documents.report.as_json import report_json

        return report_json(reports, languages)
    if form == "markdown":
        from jcm_xl.documents.report.markdown import report_markdown

        return report_markdown(reports, languages)
    from jcm_xl.documents.lines import as_text
    from jcm_xl.documents.report.plain import report_lines

    return as_text(report_lines(reports, None, languages))
