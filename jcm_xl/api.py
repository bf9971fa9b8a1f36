"""load, new, fill, calc, explain, check: the same words as the commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jcm_xl.definition import library
from jcm_xl.errors import JcmError
from jcm_xl.model.key import REFERENCE_NUMBER
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Stage, Submission
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.plan.stage import calculate_stages as calculate_stages
from jcm_xl.whole_file import write_whole

if TYPE_CHECKING:
    from jcm_xl.adopt.adoption import Adoption
    from jcm_xl.adopt.confirmed import Confirmer
    from jcm_xl.adopt.drawn_definition import DrawnDefinition
    from jcm_xl.adopt.fill_in import FilledIn
    from jcm_xl.adopt.official import OfficialFile
    from jcm_xl.bulk.bundling import Bundle
    from jcm_xl.checks.run import Judged
    from jcm_xl.copies.diff import BookComparison
    from jcm_xl.copies.repair import Repaired
    from jcm_xl.copies.with_readings import FilledWithReadings
    from jcm_xl.definition.compare import DefinitionComparison
    from jcm_xl.documents.calculation import Calculation
    from jcm_xl.documents.desk import BridgeReport, SensitivityReport, WhatIfReport
    from jcm_xl.documents.drawing import Drawn
    from jcm_xl.documents.explanation import Explained
    from jcm_xl.documents.facts import Facts
    from jcm_xl.documents.imported import Imported
    from jcm_xl.documents.net import NetReport
    from jcm_xl.documents.vintages import VintageReport
    from jcm_xl.inputs.resolve import Inputs
    from jcm_xl.model.finding import Report
    from jcm_xl.submission.open import BookSource
    from jcm_xl.submission.opened import OpenedBook
    from jcm_xl.submission.settings import Settings
    from jcm_xl.writing.write import Overrides
    from jcm_xl.xlsx.patch import TypedValue


def load(
    key: str, *, overlays: Path | None = None, definitions: Path | None = None
) -> Methodology:
    """Load a methodology by id (`TH_AM001`, `TH_AM001@1.0`) or path of a TOML file.

    `overlays` is a folder of official figures; without one that of the environment
    variable JCM_XL_OVERLAYS is taken, here and wherever a definition is loaded.
    `definitions` is a definition file of your own, or a folder of them; without one
    that of JCM_XL_DEFINITIONS is taken.
    """
    return library.load(key, definitions, overlays)


def new(
    key: str | Methodology,
    rows: Mapping[str, int] | None = None,
    *,
    reference_number: str = "",
    language: str = "",
    monthly: bool = False,
    meters: bool = False,
    live: str = "",
    plan: str | Path | None = None,
    template: str | Path | None = None,
) -> bytes:
    """Return a blank workbook, or the next report book of a registered `plan`.

    Of the registered book the plan, Table 2, the structure and the texts are carried
    over; monitored values stay empty, and the first day is the one after its period, if
    it holds one. With a plan `key` may be empty: its book names the methodology.
    `live` is `libreoffice` or `excel`: a sheet Live beside the results, for that
    program's live functions. With a `template`, the official workbook, the result is
    that workbook with what is carried over typed into it; see `fill`.
    """
    m = load(key) if isinstance(key, str) and key else key
    edition = Edition(language, monthly, meters, live)
    made, submission = blank(m or None, rows, edition, plan)
    if reference_number:
        submission = replace(
            submission,
            values={**submission.values, REFERENCE_NUMBER: reference_number},
        )
    if template is not None:
        return fill_official(template, made, submission).data
    return book(made, submission)


def blank(
    m: Methodology | None,
    rows: Mapping[str, int] | None,
    edition: Edition,
    plan: str | Path | None = None,
) -> tuple[Plan, Submission]:
    """Return plan and submission of a blank book, or of the next report of a `plan`.

    Without a methodology that of the registered book is taken; see `new`.
    """
    if plan is None:
        if m is None:
            raise JcmError("Name a methodology, or a registered book as plan.")
        made = make_plan(m, rows, replace(edition, language=edition.language or "en"))
        return made, Submission(m.id, m.version, made.rows)
    from jcm_xl.copies.next_report import carry_over

    return carry_over(plan, m, rows, edition)


def fill(
    key: str | Methodology,
    inputs: str | Path | Mapping[str, Any] | Any,
    *,
    language: str = "en",
    monthly: bool = False,
    meters: bool = False,
    live: str = "",
    template: str | Path | None = None,
) -> bytes:
    """Return a filled workbook.

    `inputs` is the path of a TOML, CSV or xlsx file, a mapping of the same shape as
    the TOML form, or a pandas frame of the long form. Raises `InputsError`.

    With a `template`, the official workbook of the methodology, the inputs are typed
    into that file: only their cells and stored results change. Raises `CannotFill`
    where it has no cell for a figure; see `fill_official` for what it lacks besides.
    """
    m = load(key) if isinstance(key, str) else key
    edition = Edition(language, monthly, meters, live)
    made, submission = filled(m, inputs, edition)
    if template is not None:
        return fill_official(template, made, submission).data
    return book(made, submission)


def fill_official(template: str | Path, plan: Plan, submission: Submission) -> FilledIn:
    """Type a submission into the official workbook; tell what it has no cell for.

    A sheet of ours (Monthly, Meters, Live) does not go into it: raises `JcmError`.
    """
    from jcm_xl.copies.in_place import fill_official as filled_in

    if plan.monthly or plan.meters or plan.live:
        raise JcmError(
            "The official workbook takes no sheet of ours: leave out --monthly, "
            "--meters and --live, and meters in the inputs."
        )
    return filled_in(Path(template), plan.methodology, submission)


def filled(
    m: Methodology, inputs: Any, edition: Edition | None = None
) -> tuple[Plan, Submission]:
    """Return plan and submission of inputs, ready for `book`.

    Inputs that name meters have a sheet for them, asked for or not.
    """
    made, given = filled_inputs(m, inputs, edition)
    return made, given.submission


def filled_inputs(
    m: Methodology, inputs: Any, edition: Edition | None = None
) -> tuple[Plan, Inputs]:
    """Return the plan, and the inputs with what was decided on reading them."""
    from jcm_xl.inputs.months import with_totals
    from jcm_xl.inputs.read import read_inputs

    given = read_inputs(inputs, m)
    submission = given.submission
    names_meters = any(key.stage == "meters" for key in submission.values)
    names_months = any(key.stage == "monthly" for key in submission.values)
    edition = edition or Edition()
    edition = replace(
        edition,
        meters=edition.meters or names_meters,
        monthly=edition.monthly or names_months,
    )
    plan = make_plan(m, submission.rows, edition)
    return plan, replace(given, submission=with_totals(plan, submission))


def type_in(
    data: bytes,
    cells: Mapping[tuple[str, str], TypedValue],
    *,
    name: str = "the workbook",
) -> bytes:
    """Return a workbook, of whatever origin, with values typed into some of its cells.

    `cells`: (sheet, address) -> a number, text, truth value or day; `None` empties the
    cell. Everything else of the file stays byte for byte, but for stored results of
    formulas, which are calculated anew. Raises `CannotRead`, and `CannotPatch` for a
    cell that is not there or cannot be changed alone.
    """
    from jcm_xl.formula.type_in import type_in as typed_in
    from jcm_xl.xlsx.patch import CellEdit

    edits = [CellEdit(sheet, cell, value) for (sheet, cell), value in cells.items()]
    return typed_in(data, edits, name).data


def import_book(
    path: str | Path,
    *,
    key: str = "",
    language: str = "en",
    definitions: Path | None = None,
    guard: Settings | None = None,
) -> Imported:
    """Read the inputs of a book made by hand; `book` writes them into a fresh one.

    `key` names the methodology of a book that does not say it, or another version of
    the one it says, to which its inputs move. What could not be
    placed is in the result's `unplaced`, each with its cell and the reason. Of the
    settings `guard` the official workbook is taken: cells that are not as in it are
    among the `differences`.
    """
    from jcm_xl.copies.imported import import_inputs
    from jcm_xl.submission.settings import AS_USUAL

    return import_inputs(
        path, key=key, language=language, definitions=definitions,
        guard=guard or AS_USUAL,
    )  # fmt: skip


def calc(
    path: BookSource,
    *,
    stage: str = "auto",
    definitions: Path | None = None,
    guard: Settings | None = None,
) -> Calculation:
    """Recompute a workbook, or the bytes of one, from its inputs alone.

    `stage` is `plan`, `report` or `auto`: the report too as soon as it is begun. Of
    the settings `guard` the official workbook is taken, which is calculated, too.
    """
    from jcm_xl.submission.open import open_book
    from jcm_xl.submission.settings import AS_USUAL

    guard = guard or AS_USUAL
    context = open_book(path, stage=stage, definitions=definitions, guard=guard)
    return _calculation(context)


def _calculation(context: OpenedBook) -> Calculation:
    from jcm_xl.documents.calculation import Calculation

    return Calculation(
        _facts(context), context.plan, context.submission, context.inputs,
        context.results, context.stages, context.where,
    )  # fmt: skip


def _facts(context: OpenedBook) -> Facts:
    from jcm_xl.checks.run import fingerprint
    from jcm_xl.documents.facts import NOT_COMPARED, Facts
    from jcm_xl.submission.open import guards

    return Facts(
        context.name, context.grid.sha256, fingerprint(context), context.versions,
        (NOT_COMPARED, *guards(context)),
    )  # fmt: skip


def net(key: str, path: str | Path | None = None, *, stage: str = "auto") -> NetReport:
    """Return business as usual, reference, project and credited tonnes.

    Of a book, or without one of the first example. Raises `CannotUse` for a book of
    another methodology, `JcmError` for a definition without an example.
    """
    from jcm_xl.documents.net import NetReport
    from jcm_xl.engine.net import directions, net_of
    from jcm_xl.inputs.example import example_inputs
    from jcm_xl.plan.stage import calculate_stages
    from jcm_xl.submission.open import open_book

    if path is None:
        m = load(key)
        inputs, _ = calculate_stages(*filled(m, example_inputs(m, 1)))
        given, of = inputs[Stage.REPORT], "first example"
    else:
        context = open_book(path, stage=stage, expected=load(key))
        chosen = context.stages[-1]
        m = context.methodology
        given, of = context.inputs[chosen], f"{Path(path).name}, {chosen.word}"
    found = tuple(directions(m, given))
    return NetReport(m, of, net_of(m, given), found)


def vintages(
    path: str | Path,
    *,
    stage: str = "auto",
    start: date | None = None,
    until: int = 2030,
    definitions: Path | None = None,
) -> VintageReport:
    """Return the reductions of a report by calendar year, or of a plan from `start`.

    Raises `JcmError` where a figure, the period or the first day is missing.
    """
    from jcm_xl.documents.vintages import VintageReport
    from jcm_xl.submission.open import open_book
    from jcm_xl.submission.years import estimate_by_year, report_by_year

    context = open_book(path, stage=stage, definitions=definitions)
    chosen = Stage.PLAN if start else context.stages[-1]
    found = (
        report_by_year(context)
        if chosen is Stage.REPORT
        else estimate_by_year(context, start, until)
    )
    return VintageReport(_facts(context), context.methodology, chosen, found)


def what_if(
    path: str | Path,
    changes: Iterable[str],
    *,
    stage: str = "auto",
    definitions: Path | None = None,
) -> WhatIfReport:
    """Calculate a book with other values, as `EC_PJ_i_p[2]=405`; nothing is written.

    Raises `JcmError` that says what is wrong with a change.
    """
    from jcm_xl.documents.desk import WhatIfReport
    from jcm_xl.engine import whatif

    found = calc(path, stage=stage, definitions=definitions)
    chosen = found.stages[-1]
    asked = whatif.what_if(found.methodology, found.inputs[chosen], changes)
    return WhatIfReport(found, chosen, asked)


def sensitivity(
    path: str | Path,
    *,
    materiality: float = 5.0,
    by_accuracy: bool = False,
    stage: str = "auto",
    definitions: Path | None = None,
) -> SensitivityReport:
    """Return which input moves the reductions how much, the largest first.

    materiality: per cent of the reductions. With `by_accuracy` the classes on the
    sheet Meters are combined.
    """
    from jcm_xl.checks.values.meters import accuracies
    from jcm_xl.documents.desk import SensitivityReport
    from jcm_xl.engine.sensitivity import combined, effects
    from jcm_xl.submission.open import open_book

    context = open_book(path, stage=stage, definitions=definitions)
    found, chosen = _calculation(context), context.stages[-1]
    moving = effects(context.methodology, context.inputs[chosen], materiality)
    if not by_accuracy:
        return SensitivityReport(found, chosen, materiality, moving)
    known = accuracies(context)
    together = combined(moving, known)
    return SensitivityReport(found, chosen, materiality, moving, together, known)


def bridge(
    first: str | Path,
    last: str | Path | None = None,
    *,
    definitions: Path | None = None,
) -> BridgeReport:
    """Return what leads from one figure of Table 3 to another, change by change.

    From the plan of a registered book, or from an earlier report, to the report of
    `last`; with one book from its own plan to its report. Raises `JcmError` for books
    of two methodologies and for figures that are missing.
    """
    from jcm_xl.documents.desk import BridgeReport, OfStage
    from jcm_xl.engine.bridge import bridge as steps_between
    from jcm_xl.submission.bridge_end import end_of
    from jcm_xl.submission.open import open_book

    opened = [open_book(p, definitions=definitions) for p in (first, last or first)]
    begin, end = opened
    if begin.methodology.digest != end.methodology.digest:
        raise JcmError(
            f"{begin.name} is of {begin.methodology.key}, {end.name} of "
            f"{end.methodology.key} or of another text of it; a bridge leads from one "
            "figure to another of the same methodology."
        )
    is_alone = last is None or begin.stages[-1] is Stage.PLAN
    stages = (Stage.PLAN if is_alone else Stage.REPORT, end.stages[-1])
    sides = [end_of(b, stage) for b, stage in zip(opened, stages, strict=True)]
    found = steps_between(end.methodology, *sides)
    assert found is not None, "both sides have a figure"
    start, goal = (
        OfStage(_calculation(b), stage) for b, stage in zip(opened, stages, strict=True)
    )
    return BridgeReport(start, goal, found)


def explain(
    path: BookSource,
    quantity: str = "",
    *,
    stage: str = "auto",
    definitions: Path | None = None,
    guard: Settings | None = None,
) -> Explained:
    """Return the tree from a figure (`RE_p`, `RE_i_p[2]`) to its inputs and sources.

    Without a quantity the emission reductions are meant; `auto` takes the report if
    it is begun, else the plan. `guard` as in `calc`.
    """
    from jcm_xl.documents.explanation import Explained
    from jcm_xl.engine.explain import explain as explain_quantity
    from jcm_xl.engine.quantities import find_quantity
    from jcm_xl.text.symbols import typed_symbol

    calculation = calc(path, stage=stage, definitions=definitions, guard=guard)
    chosen = calculation.stages[-1]
    m, inputs = calculation.methodology, calculation.inputs[chosen]
    name, rows = find_quantity(m, quantity or m.results.reduction, inputs)
    result = calculation.results[chosen]
    trees = (
        explain_quantity(result, inputs, name, row, spell=typed_symbol) for row in rows
    )
    return Explained(calculation, chosen, tuple(trees))


def check(path: BookSource, settings: Settings | None = None) -> Report:
    """Judge a workbook; the report's exit code is 0 clean, 1 findings, 2 no verdict.

    `path` may also be the bytes of a workbook, as `new` and `fill` return them.
    Answered warnings are 1, or 0 where `Settings.accepted_by` names who takes them.

    The report reads as English; `render` writes it in any language. `Settings` of
    `jcm_xl.submission.settings` say the stage, the day ...
    """
    from jcm_xl.projects.judge import judge_any
    from jcm_xl.submission.settings import AS_USUAL

    return judge_any(path, settings or AS_USUAL).report


def render(
    report: Report | Sequence[Report],
    languages: str | Sequence[str] = ("en",),
    form: str = "text",
) -> str:
    """Return reports as one document, in one language (`"ja"`) or in several.

    `form` is `text`, `json`, `sarif`, `markdown` or `html`. Of several languages the
    first is the document's; each finding is repeated in the others beneath. A document
    has at most five megabytes a book, and says which findings it leaves out for that.
    """
    from jcm_xl.checks.run import catalogue
    from jcm_xl.documents.report.forms import ReportDocument, written
    from jcm_xl.model.finding import Report

    reports = [report] if isinstance(report, Report) else report
    languages = [languages] if isinstance(languages, str) else languages
    document = ReportDocument(reports, catalogue(), languages=languages)
    return written(form, document)


def readings(
    logs: Iterable[str | Path],
    book: str | Path,
    assignment: str | Path,
    *,
    settings: Settings | None = None,
) -> FilledWithReadings:
    """Return a copy of a book with the months that logs say, and their evidence.

    `assignment` is a TOML file that says which column is which meter. Faults of the
    logs stand on the sheet Readings, and `check` of the copy tells them. Needs DuckDB.
    Raises `AssignmentError`, and `JcmError` for what cannot be read.
    """
    from jcm_xl.copies.with_readings import open_for_readings, with_readings
    from jcm_xl.plan.stage import period
    from jcm_xl.readings.assignment import read_assignment
    from jcm_xl.readings.logs import log_paths
    from jcm_xl.readings.read import read_logs
    from jcm_xl.submission.settings import AS_USUAL

    opened = open_for_readings(book, settings or AS_USUAL)
    days = period(opened.submission)
    assert days is not None, "a book without a period was refused"
    columns = read_assignment(Path(assignment))
    found = read_logs(log_paths(map(Path, logs)), columns, opened.plan, days)
    return with_readings(opened, found)


def propose_readings(
    logs: Iterable[str | Path], book: str | Path, *, settings: Settings | None = None
) -> str:
    """Return a first assignment for logs, TOML, with what nobody can see left open."""
    from jcm_xl.copies.opened import open_to_copy
    from jcm_xl.readings.logs import log_paths
    from jcm_xl.readings.propose import proposal
    from jcm_xl.submission.settings import AS_USUAL

    opened = open_to_copy(book, settings or AS_USUAL)
    return proposal(log_paths(map(Path, logs)), opened.plan)


def check_many(
    paths: Iterable[str | Path],
    settings: Settings | None = None,
    *,
    jobs: int = 0,
    seen: Callable[[], object] = lambda: None,
) -> Iterator[Report]:
    """Judge many workbooks in processes of their own; the reports come in order.

    Books of one project are judged beside each other: with its plan, with the reports
    before, and asked about days and figures that are claimed twice. `seen` is called
    once a book while they are judged for the first time.

    `jobs` is the number of processes, by default one a processor. A book that takes
    too long, or too much memory, cannot be judged and disturbs no other.
    """
    from functools import partial

    from jcm_xl.bulk.pool import judge_each
    from jcm_xl.bulk.projects import judge_folder
    from jcm_xl.submission.settings import AS_USUAL

    each = partial(judge_each, jobs=jobs)
    return judge_folder([*map(Path, paths)], settings or AS_USUAL, each, seen)


def bundle(
    folder: str | Path,
    reference_number: str = "",
    settings: Settings | None = None,
    languages: Sequence[str] = ("en",),
    *,
    leaving_out: Iterable[Path] = (),
) -> Bundle:
    """Return a project's books of a folder as one archive, each with its verdict.

    Books are found by their reference number; raises `JcmError` where it is not clear
    which project is meant. The same folder gives the same bytes.
    """
    from jcm_xl.bulk.bundling import bundle_of
    from jcm_xl.submission.settings import AS_USUAL

    left = list(leaving_out)
    return bundle_of(
        Path(folder), reference_number, settings or AS_USUAL, languages, drawn, left
    )


def annotate(
    path: str | Path, settings: Settings | None = None, *, language: str = "en"
) -> tuple[bytes, Report]:
    """Return a fresh book that shows what a check found, and the report itself.

    Of a book made by hand it is that very file: its cells stay as they are, remarks
    and a sheet of findings are added.
    """
    from jcm_xl.copies.annotate import annotate as annotated
    from jcm_xl.copies.in_place import annotate_own
    from jcm_xl.submission.open import CannotUse, Unusable
    from jcm_xl.submission.settings import AS_USUAL

    settings = settings or AS_USUAL
    try:
        data, report, _ = annotated(path, settings, language)
    except CannotUse as refusal:
        if refusal.code is not Unusable.BY_HAND:
            raise
        return annotate_own(path, settings, language)
    return data, report


def repair(
    path: str | Path,
    settings: Settings | None = None,
    *,
    language: str = "en",
    template: str | Path | None = None,
) -> Repaired:
    """Put the inputs of a book into a fresh template; see what was changed and lost.

    With a `template` they are typed into the official workbook itself, also those of
    a book made by hand. `take_meant` mends the participant's own file instead.
    """
    from jcm_xl.copies.in_place import repair_official
    from jcm_xl.copies.repair import repair as repaired
    from jcm_xl.submission.settings import AS_USUAL

    if template is not None:
        return repair_official(path, Path(template), settings or AS_USUAL)
    return repaired(path, settings or AS_USUAL, language)


def take_meant(source: BookSource, settings: Settings | None = None) -> Repaired:
    """Type what was meant into the cells of a book, its path or its bytes.

    Everything else of the file stays byte for byte, but for stored results, so the
    participant hands in the same file, mended. Taken is what reads in one way alone:
    `1 234 MWh` in a cell of MWh; `lost` tells what a person must type. Raises
    `CannotAdopt` where nothing is to be done.
    """
    from jcm_xl.copies.in_place import take_meant as taken
    from jcm_xl.submission.settings import AS_USUAL

    return taken(source, settings or AS_USUAL)


def diff(
    first: str | Path, second: str | Path, settings: Settings | None = None
) -> BookComparison:
    """Compare two books by slot: inputs, then whatever else differs."""
    from jcm_xl.copies.diff import diff as compared
    from jcm_xl.submission.settings import AS_USUAL

    return compared(first, second, settings or AS_USUAL)


def diff_definitions(first: str, second: str) -> DefinitionComparison:
    """Compare two definitions by id or path: what they state, and their examples.

    Names are compared as they are written, so sisters of other countries can be
    compared, too. Raises as `load` does.
    """
    from jcm_xl.definition.compare import compare_definitions

    return compare_definitions(load(first), load(second))


def adopt(
    path: str | Path, key: str = "", *, definitions: Path | None = None
) -> tuple[OfficialFile, Adoption]:
    """Compare an official workbook with the definition of the id that it prints.

    `key` names the methodology where the workbook prints none.
    """
    from jcm_xl.adopt.official import adopt_file

    return adopt_file(path, key, definitions)


def draw(path: str | Path, key: str, by: Confirmer) -> DrawnDefinition:
    """Write the definition of a methodology that the library lacks, from its workbook.

    `key` names it where the workbook prints no id. Raises `CannotAdopt` with the cell
    that is not understood, `DefinitionError` where units do not work out.
    """
    from jcm_xl.adopt.adoption import CannotAdopt
    from jcm_xl.adopt.drawn_definition import definition_drawn
    from jcm_xl.adopt.official import opened

    official = opened(path)
    wanted = official.key or key
    if not wanted:
        raise CannotAdopt(
            f"{Path(path).name} prints no id 'JCM_<CC>_AM<nnn>_ver<NN.N>' in its first "
            "rows. Name the methodology with --methodology ID@VERSION."
        )
    return definition_drawn(official, wanted, by)


def judge(
    paths: Iterable[str | Path], settings: Settings | None = None
) -> tuple[list[Report], list[Drawn]]:
    """Judge workbooks and keep them, for a page that draws their sheets."""
    from jcm_xl.projects.judge import judge_any
    from jcm_xl.submission.settings import AS_USUAL

    judged = [judge_any(path, settings or AS_USUAL) for path in paths]
    books = [drawn(one) for one in judged]
    return [one.report for one in judged], books


def drawn(one: Judged) -> Drawn:
    """Return a judged workbook as a page draws it."""
    from jcm_xl.documents.drawing import Drawn
    from jcm_xl.plan.month_amounts import amounts_by_month

    if one.context is None:
        return Drawn(one.grid)
    plan, book = one.context.plan, one.context.foreign
    if book is None:
        months = tuple(amounts_by_month(plan, one.context.submission))
        return Drawn(one.grid, plan, one.context.place, months=months)
    return Drawn(one.grid, plan, book.drawn_at, tuple(book.sheets.values()))


def book(
    plan: Plan, submission: Submission, overrides: Overrides | None = None
) -> bytes:
    """Return the workbook of a plan with these values."""
    from jcm_xl.writing.write import Finish, write

    finish: Finish | None = None
    if plan.live == "excel":
        from jcm_xl.hosts.excel.macro_book import add_working_parts

        finish = add_working_parts
    inputs, results = calculate_stages(plan, submission)
    data = write(plan, submission, inputs, results, overrides, finish=finish)
    if plan.live == "lite":
        from jcm_xl.hosts.lite import with_lite

        return with_lite(data, plan.methodology)
    return data


def save(data: bytes, path: str | Path, *, is_new: bool = False) -> Path:
    """Write a finished file; it appears whole or not at all.

    `is_new`: raise `FileExistsError` rather than replace what came to stand there.
    """
    path = Path(path)
    write_whole(path, data, is_new=is_new)
    return path
