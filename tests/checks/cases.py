"""The fixtures of the checks: `tests/checks/*.toml`, one file a check.

A case starts from the book of the definition's first example, complete and correct:

    title    what the case shows
    stage    "report" (default) or "plan"
    edit     slot key or 'Sheet'!A1 -> what is put there: a number, a text, a date,
             "" for an empty cell, "=..." for a formula or ["=...", result]
    file     operations on the finished file, see surgery.py
    today    the day of judging (2026-01-01)
    rows, monthly, meters, methodology, example: how the book is made
    hand     how the book is made by hand in place of by us, see `Hand` in
             tests/foreign/official.py; `file` then names sheets and cells
    plan     the registered book it is compared with, `registered.xlsx`: a table with
             edit, file, stage ("plan") and how it is made, as above; or
             content, the text of a file that is no workbook
    siblings what another book of the same folder is: a list of tables with kinship,
             file, reference_number, period
    previous a list of such tables, `earlier-1.xlsx` and so on, of the stage "report"
    expect   every finding: code, at (slot key or place), actual, expected, severity
             (the check's own where it is not given). "(template)" stands for what the
             template has there; "(digest)", "(formulas)", "(guide)", "(form)": see
             `_stated`.
             says: a piece that its message has to have
    verdict  how the verdict begins, if that matters
    mend     the edit that mends it, as its remedy says (see remedies.py): slot key ->
             what is put there, "(example)" for what the example has
    mend_file  operations on the finished file that mend it

Above the cases `form` names a form in place of a methodology; see form_cases.py. A
fixture may say there of its check:

    never_alone  why no book can fire it and nothing else
    aside        why it is left out of all other fixtures
    person       why a person decides how it is mended, and no test can

A place of the template is named, «mrs.result» or «mrs.result|address» (tests/named.py);
an address stands where it is what a case is about.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from jcm_xl.api import book
from jcm_xl.checks.run import catalogue, check_file
from jcm_xl.forms.load import form_definitions
from jcm_xl.model.finding import Diagnostic, Report
from jcm_xl.model.submission import Submission
from jcm_xl.plan.cells import expected_text
from jcm_xl.plan.layout import Layout
from jcm_xl.plan.plan import Plan
from jcm_xl.submission.settings import Kinship, Settings, Sibling
from tests.checks.form_cases import judge_form_case, made_form
from tests.checks.surgery import operate
from tests.foreign.official import Hand, by_hand
from tests.keys import slot_key
from tests.named import named
from tests.support import DEFINITIONS, example_book, methodology

FOLDER = Path(__file__).parent
TODAY = date(2026, 1, 1)

Found = tuple[str, str, str, str, str]
_KEYS = {"facts", "later",
         "title", "stage", "edit", "file", "today", "rows", "monthly", "meters",
         "methodology", "example", "expect", "verdict", "plan", "previous",
         "siblings", "hand", "mend", "mend_file"}  # fmt: skip
_OTHER_KEYS = {"edit", "file", "stage", "rows", "monthly", "meters", "methodology",
               "example", "content", "hand"}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One case of a fixture file."""

    check: str
    title: str
    data: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.check}-{self.title.replace(' ', '_')}"

    @property
    def fires(self) -> bool:
        """Tell whether the check of the file is expected to find something."""
        return any(found["code"] == self.check for found in self.data["expect"])


def fixtures() -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield every fixture file with its content."""
    for path in sorted(FOLDER.glob("*.toml")):
        yield path, tomllib.loads(path.read_text(encoding="utf-8"))


def _aside() -> tuple[str, ...]:
    return tuple(facts["check"] for _, facts in fixtures() if "aside" in facts)


IGNORED = _aside()
"""Checks that are left out unless a fixture is about them; their own says why."""


def cases() -> Iterator[Case]:
    """Yield every case of every fixture."""
    for _, content in fixtures():
        shared = {k: v for k, v in content.items() if k not in ("check", "case")}
        for case in content["case"]:
            unknown = case.keys() - _KEYS
            assert not unknown, f"{content['check']}: unknown keys {unknown}"
            yield Case(content["check"], case["title"], shared | case)


def made(case: Case, layout: Layout | None = None) -> tuple[Plan, bytes]:
    """Make the book of a case, laid out by the official layout or another one.

    Of a form there is no plan; see form_cases.py.
    """
    if "form" in case.data:
        return cast(Plan, None), made_form(case.data)
    return _made(case, case.data, layout)


def _made(
    case: Case, data: Mapping[str, Any], layout: Layout | None
) -> tuple[Plan, bytes]:
    plan, submission = example_book(
        data["methodology"],
        data.get("stage", "report"),
        number=data.get("example", 0),
        rows=data.get("rows"),
        monthly=data.get("monthly", False),
        meters=data.get("meters", False),
        layout=layout,
    )
    values, overrides = dict(submission.values), {}
    data = named(plan, data)
    for place, raw in data.get("edit", {}).items():
        key = slot_key(place)
        slot = plan.get(key)
        assert slot or "!" in place, f"{case}: there is no slot {place}"
        raw = tuple(raw) if isinstance(raw, list) else raw
        if isinstance(raw, int) and not isinstance(raw, bool):
            raw = float(raw)
        is_formula = isinstance(raw, tuple) or str(raw).startswith("=")
        if slot and slot.is_input:
            value = raw[1] if isinstance(raw, tuple) else None if is_formula else raw
            value = float(value) if type(value) is int else value
            if value is None or value == "":
                values.pop(key, None)
            else:
                values[key] = value
        if not (slot and slot.is_input) or is_formula:
            overrides[place] = None if raw == "" else raw
    edited: Submission = replace(submission, values=values)
    if "hand" in data:
        made_by_hand = by_hand(plan.methodology, edited, _hand(data["hand"]))
        return plan, operate(made_by_hand, data.get("file", []))
    operations = [_placed(plan, operation) for operation in data.get("file", [])]
    return plan, operate(book(plan, edited, overrides), operations)


def _hand(facts: Mapping[str, Any]) -> Hand:
    """Return how a book is made by hand; a pair is a formula with its result."""
    edit = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in facts.get("edit", {}).items()
    }
    return Hand(**{**facts, "edit": edit})


def _others(
    case: Case, folder: Path, layout: Layout | None
) -> tuple[Path | None, tuple[Path, ...]]:
    """Make the registered plan and the earlier reports of a case, if it has any."""
    plan, previous = case.data.get("plan"), case.data.get("previous", [])
    registered = None
    if plan is not None:
        registered = _other(
            case, {"stage": "plan", **plan}, folder / "registered.xlsx", layout
        )
    names = (f"earlier-{n}.xlsx" for n in range(1, len(previous) + 1))
    earlier = tuple(
        _other(case, data, folder / name, layout)
        for data, name in zip(previous, names, strict=True)
    )
    return registered, earlier


def _other(
    case: Case, data: Mapping[str, Any], path: Path, layout: Layout | None
) -> Path:
    unknown = data.keys() - _OTHER_KEYS
    assert not unknown, f"{case}: unknown keys {unknown}"
    if path.exists():
        return path
    if "content" in data:
        path.write_text(data["content"])
    else:
        shared = {k: case.data[k] for k in _SHARED if k in case.data}
        path.write_bytes(_made(case, {**shared, **data}, layout)[1])
    return path


_SHARED = ("methodology", "example", "rows")


def _placed(plan: Plan, operation: Mapping[str, Any]) -> dict[str, Any]:
    """Return an operation `at` a slot as one on a sheet and cell."""
    facts = dict(operation)
    if "at" in facts and isinstance(facts["at"], str):
        slot = plan[slot_key(facts.pop("at"))]
        facts |= {"sheet": slot.sheet, "cell": slot.address}
    return facts


def judge(case: Case, path: Path, layout: Layout | None = None) -> Report:
    """Judge the book of a case."""
    if "form" in case.data:
        return judge_form_case(case.data, path)
    plan, previous = _others(case, path.parent, layout)
    settings = Settings(
        plan=plan,
        previous=previous,
        stage=case.data.get("stage", "report"),
        today=case.data.get("today", TODAY),
        definitions=DEFINITIONS,
        layout=layout,
        siblings=tuple(
            Sibling(**{**facts, "kinship": Kinship[facts["kinship"]]})
            for facts in case.data.get("siblings", [])
        ),
    )
    return check_file(path, settings)


def found(report: Report, check: str) -> list[Found]:
    """Return the complete list of findings as a fixture writes them."""
    ignored = [code for code in IGNORED if code != check]
    return sorted(_as_found(d) for d in report.diagnostics if d.code not in ignored)


def _as_found(d: Diagnostic) -> Found:
    return d.code, str(d.slot or d.place), d.found, d.expected, d.severity.name


def expected(case: Case, plan: Plan) -> list[Found]:
    """Return what a case expects, in the same form."""
    return sorted(
        (
            entry["code"],
            entry.get("at", ""),
            _stated(plan, entry, "actual"),
            _stated(plan, entry, "expected"),
            entry.get("severity", catalogue()[entry["code"]].severity.name),
        )
        for entry in named(plan, case.data["expect"])
    )


def unsaid(report: Report, case: Case) -> list[str]:
    """Return the pieces of messages that a case expects and no such finding says."""
    return [
        entry["says"]
        for entry in case.data["expect"]
        if "says" in entry
        and not any(
            entry["says"] in d.message
            and (entry["code"], entry.get("at", "")) == (d.code, str(d.slot or d.place))
            for d in report.diagnostics
        )
    ]


def _stated(plan: Plan, entry: Mapping[str, Any], key: str) -> str:
    """Return a fact; words in brackets stand for what the definition or plan holds."""
    text = str(entry.get(key, ""))
    if not text.startswith("("):
        return text
    if text == "(form)":
        return form_definitions()[entry["at"].strip("'")].digest[:12]
    if text == "(template)":
        slot = plan[slot_key(entry["at"])]
        return f"={slot.formula}" if slot.formula else expected_text(slot)
    if text.startswith("(digest"):
        name = text.strip("()").partition(" of ")[2]
        return (methodology(name) if name else plan.methodology).digest[:12]
    slots = plan.slots.values()
    if text.startswith("(formulas"):
        count = sum(bool(slot.formula) for slot in slots)
        return str(count + int("1)" in text))
    if text == "(guide)":
        return str(sum(slot.sheet == plan.sheets["guide"] for slot in slots))
    return text
