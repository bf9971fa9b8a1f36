"""What the sheets cannot answer, asked of every host that carries our functions.

Each question is one call with its ranges written out. A table is compared row by row;
what a host cannot show as a number or text is its refusal, which all must share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from jcm_xl.live.arguments import FunctionError
from jcm_xl.live.functions import FUNCTIONS, ResultShape
from jcm_xl.model.as_json import to_json
from jcm_xl.model.submission import Stage
from jcm_xl.model.tolerance import same_number
from jcm_xl.plan.ranges import stage_areas
from jcm_xl.xlsx.grid import address
from tests.hosts.browser import Browser
from tests.hosts.cases import Case
from tests.hosts.excel.com_side import as_com, called
from tests.hosts.hosts import live
from tests.live.hosts import cells
from tests.office.harness import Office

REFUSED = "refused"
FIRST, LAST = 44197.0, 44561.0
Answer: TypeAlias = list[list[object]]
Asking: TypeAlias = Callable[[Case, "Question"], Answer]


class Question(NamedTuple):
    """A call: its arguments as values, and as a formula spells them."""

    name: str
    given: Sequence[Any]
    spelled: str


def questions(case: Case) -> Iterator[Question]:
    """Yield one call of each new function, and a change that cannot be made."""
    m, key = case.methodology, case.methodology.key
    areas = {
        s: [*stage_areas(m, case.plan.slots, case.plan.layout, case.plan.rows, s)]
        for s in Stage
    }
    rows = {s: [cells(case.grid, a) for a in areas[s]] for s in Stage}

    def asked(name: str, *parts: Any) -> Question:
        given: list[Any] = []
        words: list[str] = []
        for part in parts:
            if isinstance(part, tuple):
                stage, at = part
                given.append(rows[stage][at])
                area = areas[stage][at]
                words.append("" if area is None else str(area))
            else:
                given.append(part)
                words.append(f'"{part}"' if isinstance(part, str) else f"{part:g}")
        return Question(name, given, ",".join(words))

    report = [(Stage.REPORT, i) for i in range(6)]
    change = _change(case)
    yield asked("WHATIF", change, key, *report)
    yield asked("WHATIF", "nothing=1", key, *report)
    yield asked("SENSITIVITY", key, *report)
    of_plan = [(Stage.PLAN, i) for i in range(4)]
    yield asked("BRIDGE", key, *of_plan, *report, 365, 366)
    yield asked("VINTAGE", 2021, key, *report, FIRST, LAST)
    yield asked("VINTAGE", 2030, key, *report, FIRST, LAST)
    for criterion in m.criteria:
        yield asked("ELIGIBLE", criterion.id, key, *report)
    yield asked("BAU", key, *report)


def _change(case: Case) -> str:
    inputs = case.inputs[Stage.REPORT]
    for p in case.methodology.inputs:
        value = inputs.values[p.name]
        units = inputs.used.get(p.index or "", ())
        number = value[units[0] - 1] if isinstance(value, tuple) else value
        if p.is_monitored and isinstance(number, float):
            row = f"[{units[0]}]" if p.index else ""
            return f"{p.name}{row}={number * 1.1!r}"
    raise AssertionError("every methodology monitors a number")


def _table(answer: Any) -> Answer:
    if not isinstance(answer, (list, tuple)):
        return [[answer]]
    is_one_row = not isinstance(answer[0], (list, tuple))  # as xlwings sends it
    return [list(answer)] if is_one_row else [list(row) for row in answer]


def by_python(case: Case, question: Question) -> Answer:
    """The functions, called by Python."""
    assert case.name
    try:
        return _table(live(question.name, *question.given))
    except FunctionError:
        return [[REFUSED]]


def in_xlwings(every: Iterable[Case]) -> Asking:
    """The functions through xlwings' own COM side, all in one process."""
    asked = [(case.name, q) for case in every for q in questions(case)]
    calls = [(f"JCM_{q.name}", [_as_com(one) for one in q.given]) for _, q in asked]
    answers = called(*calls)["answers"]
    known = {
        (name, q.name, q.spelled): [[REFUSED]] if isinstance(a, dict) else _table(a)
        for (name, q), a in zip(asked, answers, strict=True)
    }
    return lambda case, q: known[case.name, q.name, q.spelled]


def _as_com(one: Any) -> Any:
    if isinstance(one, int):
        return float(one)
    return as_com(one) if one is None or isinstance(one, tuple) else one


def in_browser(running: Browser) -> Asking:
    """The functions in the browser's Python."""

    def ask(case: Case, question: Question) -> Answer:
        m = case.methodology
        job = {"do": "function", "name": question.name, "given": list(question.given)}
        more = {"definition": to_json(m)} if m.status == "example" else {}
        answer: Any = running.ask({**job, **more})
        return [[REFUSED]] if isinstance(answer, dict) else _table(answer)

    return ask


def in_calc(office: Office, folder: Path) -> Asking:
    """The functions in cells of LibreOffice, as array formulas where a table comes."""
    known: dict[str, Mapping[tuple[str, str], Answer]] = {}

    def ask(case: Case, question: Question) -> Answer:
        if case.name not in known:
            known[case.name] = _calculated(office, case, folder)
        return known[case.name][question.name, question.spelled]

    return ask


def _calculated(
    office: Office, case: Case, folder: Path
) -> Mapping[tuple[str, str], Answer]:
    book = load_workbook(case.path)
    sheet = book.create_sheet("Own")
    at, places = 1, []
    for question in questions(case):
        wanted = by_python(case, question)
        formula = f"=JCM.{question.name}({question.spelled})"
        last = (at + len(wanted) - 1, len(wanted[0]))
        if FUNCTIONS[question.name].shape is ResultShape.ARRAY:
            area = f"A{at}:{address(*last)}"
            sheet[f"A{at}"] = ArrayFormula(area, formula)
        else:
            sheet[f"A{at}"] = formula
        places.append((question, at, last))
        at = last[0] + 2
    path = folder / "questions.xlsx"
    book.save(path)
    shown = office.recalculate(path)["Own"]
    return {
        (q.name, q.spelled): [
            [
                _shown(shown.get(address(row, column)))
                for column in range(1, last[1] + 1)
            ]
            for row in range(top, last[0] + 1)
        ]
        for q, top, last in places
    }


def _shown(value: object) -> object:
    """Return what a cell shows; an empty text is none, an error is a refusal."""
    if value is None:
        return ""
    return REFUSED if isinstance(value, str) and value.startswith("#") else value


def differences(every: Iterable[Case], hosts: Mapping[str, Asking]) -> Iterator[str]:
    """Yield each answer that is another one than that of the first host."""
    first, *others = hosts
    for case in every:
        for question in questions(case):
            wanted = hosts[first](case, question)
            for host in others:
                there = hosts[host](case, question)
                if not _agree(wanted, there):
                    where = f"{case.name}: {question.name} in {host}"
                    yield f"{where} is {there}, not {wanted}"


def _agree(wanted: Answer, there: Answer) -> bool:
    if [len(row) for row in wanted] != [len(row) for row in there]:
        return False
    pairs = zip(wanted, there, strict=True)
    return all(_same(a, b) for one, two in pairs for a, b in zip(one, two, strict=True))


def _same(one: object, two: object) -> bool:
    numbers = [
        isinstance(x, int | float) and not isinstance(x, bool) for x in (one, two)
    ]
    if all(numbers):
        return same_number(float(one), float(two))  # type: ignore[arg-type]
    return not any(numbers) and one == two
