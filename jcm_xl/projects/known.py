"""The values that stand in a project's facts and books already, for its forms.

What cannot be had is left out, and `lacking` says in a sentence why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from jcm_xl.dataclass import dataclass
from jcm_xl.definition import library
from jcm_xl.definition.register import countries
from jcm_xl.engine.shares import allocated
from jcm_xl.engine.vintages import Vintages
from jcm_xl.errors import JcmError
from jcm_xl.forms.folder import ProjectFolder
from jcm_xl.forms.load import form_definitions
from jcm_xl.forms.model import (
    EntryValue,
    FieldValue,
    FormDefinition,
    TableRows,
    table_rows,
)
from jcm_xl.forms.typed import read_typed, typed_file
from jcm_xl.model.key import REFERENCE_NUMBER, value_key
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Stage
from jcm_xl.submission.open import open_book
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.submission.years import estimate_by_year, report_by_year
from jcm_xl.text.symbols import typed_symbol

LAST_YEAR = 2030
"""The last year of an estimate; ours, as `jcm-xl vintages` has it."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Values by source, and why some of those that were asked for are not there."""

    values: Mapping[str, FieldValue] = field(default_factory=dict)
    lacking: Mapping[str, str] = field(default_factory=dict)


def gather(
    project: ProjectFolder, form: FormDefinition, book: Path | None = None
) -> Gathered:
    """Return the values that a form asks for.

    book: the plan or the report that is meant, where the project has several.
    """
    seeker = _Seeker(project, book)
    values: dict[str, FieldValue] = {}
    lacking: dict[str, str] = {}
    for source in form.sources:
        try:
            value = getattr(seeker, _METHODS[source])()
        except JcmError as why:
            lacking[source] = str(why)
            continue
        if value is None or value in ("", ()):
            lacking[source] = _absent(source)
        else:
            values[source] = value
    return Gathered(values, lacking)


def _absent(source: str) -> str:
    group, _, name = source.partition(".")
    if group == "project":
        return f"project.toml does not say it ({_IN_FILE.get(name, name)})."
    return "The definition does not say it."


_IN_FILE = {"participants": "[[participant]]", "shares": "[[share]]"}


class _Seeker:
    """Looks each source up; books are opened once, and only if asked for."""

    def __init__(self, project: ProjectFolder, book: Path | None) -> None:
        self._project, self._book = project, book

    def title(self) -> str:
        return self._project.title

    def reference(self) -> str:
        return self._project.reference

    def country(self) -> str:
        code = self._project.country
        return countries().get(code, code)

    def location(self) -> str:
        return self._project.location

    def latitude(self) -> Decimal | None:
        return self._project.latitude

    def longitude(self) -> Decimal | None:
        return self._project.longitude

    def start(self) -> date | None:
        return self._project.start_of_operation

    def lifetime(self) -> Decimal | None:
        return self._project.lifetime_years

    def participants(self) -> TableRows:
        return tuple(
            {"side": each.side, "name": each.name}
            for each in self._project.participants
        )

    def shares(self) -> TableRows:
        return tuple(
            {"holder": each.holder, "side": each.side, "percent": each.percent,
             "residual": "yes" if each.is_residual else "no"}
            for each in self._project.shares
        )  # fmt: skip

    def methodologies(self) -> TableRows:
        return tuple(
            {"id": m.id, "version": m.version, "title": m.title} for m in self._all
        )

    def criteria(self) -> TableRows:
        return tuple(
            {"methodology": m.id, "criterion": c.id, "text": c.text}
            for m in self._all for c in m.criteria
        )  # fmt: skip

    def sources(self) -> TableRows:
        return tuple(
            {"emissions": s.side, "source": s.source, "gas": s.gas}
            for m in self._all for s in m.emission_sources
        )  # fmt: skip

    def plan_by_year(self) -> TableRows:
        return tuple(_years(self._plan))

    def plan_total(self) -> Decimal:
        return Decimal(self._plan.total)

    def report_first(self) -> date | None:
        period = self._report.period
        return period[0] if period else None

    def report_last(self) -> date | None:
        period = self._report.period
        return period[1] if period else None

    def report_by_year(self) -> TableRows:
        return tuple(_years(report_by_year(self._report)))

    def monitored(self) -> TableRows:
        return tuple(_monitored(self._report))

    def verified_shares(self) -> TableRows:
        shares = self._project.shares
        if not shares:
            raise JcmError("project.toml names no [[share]].")
        percents = [share.percent for share in shares]
        residual = next(n for n, share in enumerate(shares) if share.is_residual)
        rows: list[Mapping[str, EntryValue]] = []
        for year, tonnes in self._verified:
            for share, part in zip(
                shares, allocated(tonnes, percents, residual), strict=True
            ):
                rows.append({
                    "year": Decimal(year), "verified": Decimal(tonnes),
                    "holder": share.holder, "amount": Decimal(part),
                })  # fmt: skip
        return tuple(rows)

    def verified_total(self) -> Decimal:
        return Decimal(sum(tonnes for _, tonnes in self._verified))

    @cached_property
    def _all(self) -> tuple[Methodology, ...]:
        return tuple(library.load(key) for key in self._project.methodologies)

    @cached_property
    def _verified(self) -> list[tuple[int, int]]:
        form = form_definitions()["Vrf_Rep"]
        path = typed_file(self._project.path, form)
        if not path.is_file():
            raise JcmError(
                f"forms/{path.name} is not there: `jcm-xl form read` keeps the "
                "verified reductions of the verification report in it."
            )
        return list(_verified_years(read_typed(path, form)))

    @cached_property
    def _plan(self) -> Vintages:
        book = self._opened(Stage.PLAN)
        start = self._project.start_of_operation
        if start is None:
            raise JcmError("project.toml does not say start_of_operation.")
        return estimate_by_year(book, start, _last_day(self._project, start))

    @cached_property
    def _report(self) -> OpenedBook:
        return self._opened(Stage.REPORT)

    def _opened(self, stage: Stage) -> OpenedBook:
        """Return the one book of a stage; raise where there is none, or several."""
        paths = [self._book] if self._book else self._project.books()
        opened = [(path, open_book(path)) for path in paths]
        found = [(path, book) for path, book in opened if book.stages[-1] is stage]
        if not found and stage is Stage.PLAN:
            found = opened  # a report holds the plan that it reports on
        for path, book in found:
            _refuse_other(self._project, path, book)
        if len(found) == 1:
            return found[0][1]
        if not found:
            raise JcmError(f"books/ holds no {stage.word} of the project.")
        names = ", ".join(path.name for path, _ in found)
        raise JcmError(
            f"books/ holds {len(found)} books with a {stage.word} ({names}): name the "
            "one that is meant with --book."
        )


_METHODS: Mapping[str, str] = {
    "project.title": "title",
    "project.reference": "reference",
    "project.country": "country",
    "project.location": "location",
    "project.latitude": "latitude",
    "project.longitude": "longitude",
    "project.participants": "participants",
    "project.methodologies": "methodologies",
    "project.shares": "shares",
    "project.start_of_operation": "start",
    "project.lifetime_years": "lifetime",
    "methodology.criteria": "criteria",
    "methodology.sources": "sources",
    "plan.by_year": "plan_by_year",
    "plan.total": "plan_total",
    "report.first": "report_first",
    "report.last": "report_last",
    "report.monitored": "monitored",
    "report.by_year": "report_by_year",
    "verified.shares": "verified_shares",
    "verified.total": "verified_total",
}


def _refuse_other(project: ProjectFolder, path: Path, book: OpenedBook) -> None:
    """Raise where a book is not of the project's methodologies."""
    if book.methodology.key not in project.methodologies:
        raise JcmError(
            f"books/{path.name} is of {book.methodology.key}; project.toml names "
            f"{', '.join(project.methodologies)}."
        )
    number = shown(book.submission.get(REFERENCE_NUMBER)).strip()
    if number and number != project.reference:
        raise JcmError(
            f"books/{path.name} is of {number}; project.toml is of {project.reference}."
        )


def _last_day(project: ProjectFolder, start: date) -> date:
    """Return the last day of the estimate: of the lifetime, at most of 2030."""
    last = date(LAST_YEAR, 12, 31)
    if project.lifetime_years is None:
        return last
    years, rest = divmod(project.lifetime_years, 1)
    end = _years_later(start, int(years)) + timedelta(days=int(rest * 365) - 1)
    return min(last, end)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _years(found: Vintages) -> Iterator[Mapping[str, EntryValue]]:
    """Yield the years; emissions to the nearest tonne, reductions rounded down."""
    for v in found.years:
        yield {
            "year": Decimal(v.year),
            "reference": _nearest(v.reference), "project": _nearest(v.project),
            "reductions": Decimal(v.tonnes),
        }  # fmt: skip


def _nearest(tonnes: Fraction) -> Decimal:
    exact = Decimal(tonnes.numerator) / Decimal(tonnes.denominator)
    return exact.quantize(Decimal(1), ROUND_HALF_UP)


def _monitored(book: OpenedBook) -> Iterator[Mapping[str, EntryValue]]:
    """Yield each monitored amount with its unit row, as it was typed."""
    plan = book.plan
    for p in book.methodology.parameters.values():
        if not p.is_monitored:
            continue
        for unit in plan.units(p):
            value = book.submission.get(value_key(Stage.REPORT, p.name, unit))
            if isinstance(value, float):
                yield {
                    "parameter": typed_symbol(p.symbol), "unit_row": str(unit or ""),
                    "claimed": Decimal(f"{value:.15g}"), "unit": str(p.unit),
                }  # fmt: skip


def _verified_years(values: Mapping[str, FieldValue]) -> Iterator[tuple[int, int]]:
    for row in table_rows(values, "by_year"):
        year, tonnes = row.get("year"), row.get("verified")
        if isinstance(year, Decimal) and isinstance(tonnes, Decimal):
            yield int(year), int(tonnes)
