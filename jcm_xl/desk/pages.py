"""Reports, recalculations and explanations as rows of a sheet. Pure: knows no Excel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jcm_xl.adopt.adoption import Adoption
from jcm_xl.copies.marks import ADOPTION, EXPLANATION, FINDINGS, RECALCULATION
from jcm_xl.desk.own_sheets import Page, PageRow, PageValue
from jcm_xl.documents.calculation import symbol_of, unit_of
from jcm_xl.documents.explanation import Explained
from jcm_xl.documents.lines import Line
from jcm_xl.documents.places import Places
from jcm_xl.documents.report.shared import (
    about,
    caveats,
    figures,
    particulars,
    style,
)
from jcm_xl.model.finding import Diagnostic, Report, Severity
from jcm_xl.model.key import Key
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Stage
from jcm_xl.model.tolerance import same_number
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.text.languages import Messages
from jcm_xl.text.symbols import typed_symbol

_STYLES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: ""}
_AGREES, _DIFFERS, _NONE = "agrees", "differs", "cannot be calculated"


def findings_page(report: Report, w: Messages) -> Page:
    """Return the findings with a link to each cell; the worst come first."""
    words = about(report, w)
    rows = [
        PageRow([w.say(report.verdict)], style(report)),
        PageRow(
            [f"{w('report.file')}: {report.file}" + (f" ({words})" if words else "")]
        ),
        *(PageRow([f"{heading}: {text}"]) for heading, text in particulars(report, w)),
        *(PageRow([f"{stage}: {text}"]) for stage, text in figures(report, w)),
        *(
            PageRow([f"{w('report.skipped')}: {w.say(text)}"])
            for text in report.skipped
        ),
        *(PageRow([w.say(sentence)]) for sentence in caveats(report)),
        PageRow([]),
        PageRow(["", w("report.rule"), "", *_heads(w)], "head"),
    ]
    links: dict[int, tuple[int, str]] = {}
    for d in report.diagnostics:
        if d.cell:
            links[len(rows)] = (3, d.place)
        rows.append(_finding(d, w))
    if not report.diagnostics:
        rows.append(PageRow([w("report.none")]))
    return Page(FINDINGS, w("report.title"), (11, 8, 24, 16, 70, 70), rows, links)


def adoption_page(found: Adoption, file: str) -> Page:
    """Return the items of an official workbook beside our definition's."""
    rows = [
        PageRow([f"{file} beside the definition of {found.methodology.key}"]),
        PageRow([f"Filled and calculated: {found.proof}"]),
        PageRow(["Verdict", "Item", "Cell", "Official", "Ours", "Why"], "head"),
    ]
    links: dict[int, tuple[int, str]] = {}
    for item in sorted(found.items, key=lambda i: not i.verdict.is_difference):
        if item.cell:
            links[len(rows)] = (3, f"'{item.sheet}'!{item.cell}")
        texts = [str(item.verdict), item.item, item.place, item.official, item.ours]
        style_ = "warning" if item.verdict.is_difference else ""
        rows.append(PageRow([*texts, item.reason], style_))
    title = "Official workbook and definition"
    return Page(ADOPTION, title, (14, 30, 24, 50, 50, 60), rows, links)


def _heads(w: Messages) -> list[str]:
    return [w(f"report.{word}") for word in ("parameter", "finding", "remedy")]


def _finding(d: Diagnostic, w: Messages) -> PageRow:
    """Return a finding as a line; what was answered with a reason is not coloured."""
    answer = (
        f"\n{w('report.acknowledged', reason=d.acknowledged)}" if d.acknowledged else ""
    )
    return PageRow(
        [w(f"report.severity.{d.severity.name}"), d.code, d.place, d.parameter,
         f"{w.say(d.message)}{answer}", w.say(d.remedy)],
        "" if answer else _STYLES[d.severity],
    )  # fmt: skip


def recalculation_page(context: OpenedBook, file: str) -> tuple[Page, int]:
    """Return shown and recomputed values side by side, and how many differ."""
    m = context.methodology
    rows = [
        PageRow([f"{file}: {m.key}. Recomputed from the input cells alone."]),
        PageRow(["Place", "Quantity", "Row", "Unit", "The sheet shows", "Recomputed",
             "Difference", "Verdict"], "head"),
    ]  # fmt: skip
    links: dict[int, tuple[int, str]] = {}
    differing = 0
    for stage in context.stages:
        for slot, name, row, value in _calculated(context, stage):
            sheet, cell = context.place(slot)
            found = context.cell(slot)
            there = found.value if found else None
            verdict, difference = _compared(there, value)
            differing += verdict == _DIFFERS
            place = f"'{sheet}'!{cell}"
            links[len(rows)] = (1, place)
            style = {_DIFFERS: "error", _NONE: "warning"}.get(verdict, "")
            rows.append(
                PageRow([place, symbol_of(m, name), str(row or ""), unit_of(m, name),
                     there if isinstance(there, float) else shown(there), value,
                     difference, verdict], style)
            )  # fmt: skip
    widths = (28, 18, 7, 18, 22, 22, 16, 22)
    page = Page(RECALCULATION, "Recalculation by jcm_xl", widths, rows, links)
    return page, differing


def _calculated(
    context: OpenedBook, stage: Stage
) -> Iterator[tuple[Slot, str, int | None, float | None]]:
    """Yield each cell that shows a calculated value, Table 3 last."""
    places = Places(context.plan, context.submission, stage, context.place)
    m, result = context.methodology, context.results[stage]
    quantities = result.quantities.values()
    for name in m.order:
        for q in sorted((q for q in quantities if q.name == name),
                        key=lambda q: q.row or 0):  # fmt: skip
            slot = places.quantity(q.name, q.row)
            value = q.value
            if slot is not None and (value is None or isinstance(value, float)):
                yield slot, q.name, q.row, value
    credited = result.sheet_credited
    final = None if credited is None else float(credited)
    yield context.plan[Key(stage, "result")], m.results.reduction, None, final


def _compared(there: object, value: float | None) -> tuple[str, PageValue]:
    if value is None:
        return (_DIFFERS, None) if isinstance(there, float) else (_NONE, None)
    if isinstance(there, float):
        is_same = same_number(there, value)
        return (_AGREES if is_same else _DIFFERS), there - value
    return _DIFFERS, None


def lines_page(name: str, title: str, lines: Iterable[Line]) -> Page:
    """Return the lines of a command as a sheet, one cell each."""
    rows = [
        PageRow(
            [str(line)], {"warning": "warning", "error": "error"}.get(line.style, "")
        )
        for line in lines
    ]
    return Page(name, title, (120,), rows)


def explanation_page(explained: Explained, file: str) -> Page:
    """Return the tree of a quantity, one line each, indented as it descends."""
    rows = [
        PageRow([str(line)], {"head": "", "error": "error"}.get(line.style, ""))
        for line in explained.lines()
    ]
    name = typed_symbol(explained.trees[0].symbol)
    return Page(EXPLANATION, f"{name} of {file}, explained by jcm_xl", (120,), rows)
