"""The texts of a bundle: the check list for people, and the list of evidence."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from jcm_xl.bulk.bundle import BundledBook, Enclosure, LeftOut
from jcm_xl.model.finding import Report, Severity
from jcm_xl.text.languages import Messages
from jcm_xl.text.visible import csv_text, visible

_DONE, _OPEN = "[x]", "[ ]"


def evidence_list(
    books: Sequence[BundledBook], enclosed: Sequence[Enclosure], w: Messages
) -> bytes:
    """Return the evidence as CSV: files with hashes, and certificates of meters."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(w("bundle.evidence"))
    for one in enclosed:
        row = (w(f"bundle.{one.kind}"), one.name, one.sha256, one.book,
               w(f"bundle.{one.state}"))  # fmt: skip
        writer.writerow(map(csv_text, row))
    for book in books:
        for each in book.certificates:
            said = f"{each.meter} {each.serial_number}".strip()
            days = f"{each.valid_from} - {each.valid_until}"
            row = (w("bundle.certificate"), f"{each.number} ({said}, {days})", "",
                   book.name, w("bundle.by_person"))  # fmt: skip
            writer.writerow(map(csv_text, row))
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "backslashreplace")


def check_list(
    number: str,
    books: Sequence[BundledBook],
    enclosed: Sequence[Enclosure],
    without: Sequence[LeftOut],
    w: Messages,
) -> str:
    """Return what is in the bundle and what a person still has to look at."""
    lines = [w("bundle.title", number=number), "", w("bundle.hint"), ""]
    lines += [w("bundle.books"), ""]
    for book in books:
        lines += [f"* {book.file}", f"    {w.say(book.report.verdict)}",
                  f"    {w('bundle.from', file=visible(book.path.name))}",
                  f"    SHA-256 {book.report.sha256}"]  # fmt: skip
    lines += ["", w("bundle.steps"), ""]
    lines += [f"{_DONE if is_done else _OPEN} {text}"
              for is_done, text in _steps(books, enclosed, w)]  # fmt: skip
    if without:
        lines += ["", w("bundle.left_out"), ""]
        lines += [f"* {one.file}: {w.say(one.why)}" for one in without]
    return "\n".join(lines) + "\n"


def _steps(
    books: Sequence[BundledBook], enclosed: Sequence[Enclosure], w: Messages
) -> Iterator[tuple[bool, str]]:
    """Yield what is settled, as far as a program sees it, and what is open."""
    stages = {book.report.stage for book in books}
    yield "report" in stages, w("bundle.has_report")
    yield "plan" in stages, w("bundle.has_plan")
    versions = {book.report.methodology for book in books}
    yield len(versions) == 1, w("bundle.one_version", ids=", ".join(sorted(versions)))
    for book in books:
        errors = book.report.count(Severity.ERROR)
        warnings = _unanswered(book.report)
        if errors or warnings:
            yield False, w("bundle.open_findings", book=book.name, errors=errors,
                           warnings=warnings)  # fmt: skip
        else:
            yield True, w("bundle.no_findings", book=book.name)
        if book.report.is_draft:
            yield False, w("bundle.draft", book=book.name)
    for one in enclosed:
        if one.kind == "log":
            yield one.data is not None, w("bundle.log_step", name=one.name,
                                          state=w(f"bundle.{one.state}"))  # fmt: skip
    for book in books:
        for each in book.certificates:
            yield False, w("bundle.certificate_step", number=each.number,
                           meter=each.meter)  # fmt: skip
    yield from ((False, text) for text in w("bundle.by_hand"))


def _unanswered(report: Report) -> int:
    return sum(
        d.count
        for d in report.every
        if d.severity is Severity.WARNING and not d.acknowledged
    )
