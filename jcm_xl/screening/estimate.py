"""A rough estimate of one methodology: criteria, few numbers, tonnes by year.

The tonnes are those of the Monitoring Plan Sheet for a year of 365 days, calculated by
the definition; a year that the project does not run through has its share of the days.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from math import floor

from jcm_xl.dataclass import dataclass
from jcm_xl.engine.calculate import judge_criteria
from jcm_xl.errors import JcmError
from jcm_xl.inputs.read import read_inputs
from jcm_xl.model.dependencies import dependencies
from jcm_xl.model.methodology import Criterion, Evidence, Methodology, Parameter, Table
from jcm_xl.model.submission import Stage, Submission
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.plan.stage import calculate_stages

LAST_YEAR = 2030
"""The year until which the partner countries count: that of their targets."""
_PLAN_DAYS = 365


@dataclass(frozen=True, slots=True)
class Ground:
    """A number or formula on which the tonnes rest.

    grade: its evidence, or `yours` where it was typed.
    """

    what: str
    value: str
    grade: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class YearOfTonnes:
    """The days of a calendar year that count, and its tonnes, rounded down."""

    year: int
    days: int
    tonnes: int


@dataclass(frozen=True, slots=True)
class Question:
    """A criterion of eligibility with the answer: `True`, `False` or none yet.

    is_calculated: whether the numbers give it, whatever was answered.
    """

    criterion: Criterion
    answer: bool | None
    is_calculated: bool = False


@dataclass(frozen=True, slots=True)
class Estimate:
    """What can be said of a project before there is a workbook.

    needs: the inputs that are still to be given; a year's tonnes need them all.
    a_year: tonnes of 365 days, not rounded; `None` where they cannot be calculated.
    """

    plan: Plan
    submission: Submission
    questions: tuple[Question, ...]
    needs: tuple[Parameter, ...]
    grounds: tuple[Ground, ...]
    a_year: float | None
    years: tuple[YearOfTonnes, ...]

    @property
    def methodology(self) -> Methodology:
        """Return the methodology."""
        return self.plan.methodology

    @property
    def fits(self) -> bool | None:
        """Return whether the criteria hold; `None` while one is not answered."""
        answers = [question.answer for question in self.questions]
        return False if False in answers else None if None in answers else True

    @property
    def grade(self) -> str:
        """Return the weakest grade of what the tonnes rest on."""
        order = list(Evidence)
        grades = [Evidence(g.grade) for g in self.grounds if g.grade != "yours"]
        return str(max(grades, key=order.index)) if grades else ""


def estimate(
    m: Methodology,
    given: Mapping[str, object],
    answers: Mapping[str, bool],
    start: date,
    last_year: int = LAST_YEAR,
) -> Estimate:
    """Return what can be said from these numbers and answers.

    given: parameter -> number, text, or a list with one for each unit; for a year.
    answers: criterion -> whether it holds. Raises `JcmError` for a name that is none,
    `InputsError` for a value that cannot be read.
    """
    _refuse_unknown(m, given, answers)
    given = {name: _in_full(m, m.parameters[name], v) for name, v in given.items()}
    read = read_inputs(_as_inputs(m, given), m).submission
    values = {k: v for k, v in read.values.items() if k.notion != "option"}
    submission = replace(read, values=values)
    plan = make_plan(m, submission.rows)
    inputs, results = calculate_stages(plan, submission)
    result = results[Stage.PLAN]
    judged = judge_criteria(m, inputs[Stage.PLAN], result)
    # A set without a unit is missing by its own name.
    missing = {item.name for item in result.missing}
    return Estimate(
        plan=plan,
        submission=submission,
        questions=tuple(_questions(m, answers, judged)),
        needs=tuple(p for p in m.inputs if {p.name, p.index} & missing),
        grounds=tuple(_grounds(m, given)),
        a_year=result.unrounded,
        years=tuple(_years(result.unrounded, start, last_year)),
    )


def _questions(
    m: Methodology,
    answers: Mapping[str, bool],
    judged: Iterable[tuple[str, int | None, bool | None]],
) -> Iterator[Question]:
    """Yield every criterion; where the numbers of all units answer it, they do."""
    found: dict[str, list[bool | None]] = {}
    for name, _, holds in judged:
        found.setdefault(name, []).append(holds)
    for criterion in m.criteria:
        by_numbers = found.get(criterion.id, [None])
        answer = False if False in by_numbers else all(by_numbers)
        if answer or False in by_numbers:
            yield Question(criterion, answer, is_calculated=True)
        else:
            yield Question(criterion, answers.get(criterion.id))


def _in_full(m: Methodology, p: Parameter, value: object) -> object:
    """Return a choice as the definition spells it, if its beginning was typed."""
    if not p.is_choice:
        return value
    typed = [_choice(m.choices(p), part) for part in _each(value)]
    return typed if isinstance(value, list | tuple) else typed[0]


def _choice(texts: Iterable[str], typed: object) -> object:
    begun = [t for t in texts if t.casefold().startswith(str(typed).casefold())]
    return begun[0] if len(begun) == 1 and typed else typed


def _refuse_unknown(
    m: Methodology, given: Iterable[str], answers: Iterable[str]
) -> None:
    inputs = [p.name for p in m.inputs]
    criteria = [c.id for c in m.criteria]
    for wrong, known, noun in (
        ([n for n in given if n not in inputs], inputs, "input"),
        ([n for n in answers if n not in criteria], criteria, "criterion"),
    ):
        if wrong:
            there = ", ".join(known) or "none"
            raise JcmError(f"{m.key} has no {noun} '{wrong[0]}'. It has: {there}.")


def _as_inputs(m: Methodology, given: Mapping[str, object]) -> dict[str, object]:
    values = {
        p.name: list(_each(given[p.name])) if p.index else given[p.name]
        for p in m.inputs
        if p.name in given
    }
    monitored = {p.name for p in m.inputs if p.is_monitored}
    return {
        "methodology": m.key,
        "ex_ante": {name: v for name, v in values.items() if name in monitored},
        "fixed": {name: v for name, v in values.items() if name not in monitored},
        # Tonnes do not depend on the monitoring option: it stays open in the plan.
        "options": {
            p.name: p.options[0]
            for p in m.inputs
            if len(p.options) > 1 and p.name in values
        },
        "period": {"plan_days": _PLAN_DAYS},
    }


def _grounds(m: Methodology, given: Mapping[str, object]) -> Iterator[Ground]:
    used = dependencies(m, m.results.reduction)
    for p in m.parameters.values():
        if p.name in used and not p.is_choice:
            yield from _of_parameter(p, given)
    typed = {str(text) for value in given.values() for text in _each(value)}
    for table in m.tables.values():
        if table.name in used:
            yield from _of_table(table, typed)
    for formula in m.formulas.values():
        if formula.name in used:
            source = str(formula.source)
            yield Ground(formula.symbol, formula.text, str(formula.evidence), source)


def _of_parameter(p: Parameter, given: Mapping[str, object]) -> Iterator[Ground]:
    if p.name in given:
        values = " and ".join(str(value) for value in _each(given[p.name]))
        yield Ground(p.symbol, f"{values} {p.unit}", "yours")
    elif p.value is not None and p.evidence is not None:
        yield Ground(p.symbol, f"{p.value} {p.unit}", str(p.evidence), str(p.source))


def _of_table(table: Table, typed: Container[str]) -> Iterator[Ground]:
    for row in table.rows:
        if not row.key or row.key in typed:
            what = f"{table.label}, {row.key}" if row.key else table.label
            value = f"{row.value} {table.unit}"
            yield Ground(what, value, str(row.evidence), str(row.source))


def _each(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else (value,)


def _years(a_year: float | None, start: date, last: int) -> Iterator[YearOfTonnes]:
    if a_year is None:
        return
    for year in range(start.year, last + 1):
        first, end = date(year, 1, 1), date(year, 12, 31)
        whole = (end - first).days + 1
        days = (end - max(start, first)).days + 1
        share = a_year if days == whole else a_year * days / whole
        yield YearOfTonnes(year, days, floor(share))
