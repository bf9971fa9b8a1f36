"""What the checks find in a project's books, as drafts of requests to its participants.

A draft is no conclusion: the third-party entity keeps, rewords or removes each of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.run import check_file
from jcm_xl.forms.folder import ProjectFolder
from jcm_xl.forms.model import EntryValue, FieldValue, FormDefinition
from jcm_xl.forms.place import ASKING, OPEN
from jcm_xl.model.finding import NO_VERDICT, Diagnostic, Severity

TABLE = "requests"
_CAR, _CL = ASKING


def drafted(
    project: ProjectFolder, form: FormDefinition
) -> tuple[dict[str, FieldValue], list[str]]:
    """Return the table of requests begun, and what has no row or could not be judged.

    An error that moves the tonnes is drafted as a corrective action request, whatever
    else asks for something as a clarification request; consequences of another finding
    and notes are left out.
    """
    field = form.field(TABLE)
    if field is None:
        return {}, [f"{form.code} has no table of requests."]
    rows: list[dict[str, EntryValue]] = []
    left: list[str] = []
    counts = dict.fromkeys(ASKING, 0)
    for path in project.books():
        report = check_file(path)
        if report.exit_code == NO_VERDICT:
            left.append(f"{path.name}: {report.verdict}")
        for d in _asking(report.diagnostics):
            kind = _CAR if d.severity is Severity.ERROR and d.tonnes else _CL
            counts[kind] += 1
            rows.append({
                "number": f"{kind}-{counts[kind]:02}", "kind": kind,
                "text": f"Draft, {path.name}, {d.code}: {d.message}", "status": OPEN,
            })  # fmt: skip
    if len(rows) > field.rows:
        left.append(
            f"{len(rows) - field.rows} further findings have no row; `jcm-xl project "
            "check` tells all of them."
        )
    return ({TABLE: tuple(rows[: field.rows])} if rows else {}), left


def _asking(found: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    return (d for d in found if d.asks and not d.follows)
