"""What a screening says, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.register import countries
from jcm_xl.documents.lines import BLANK, Line, line, number, table
from jcm_xl.expr.to_text import to_plain
from jcm_xl.model.methodology import Methodology, Parameter
from jcm_xl.screening.estimate import Estimate, Ground
from jcm_xl.screening.search import Found

_LONGEST = 60
"""Signs of a cell of the table of grounds; an expression may be far longer."""


def found_lines(found: Found) -> Iterator[Line]:
    """Yield the methodologies that a search gave."""
    what = f"'{found.words}'" if found.words else "every technology"
    where = f"{countries()[found.country]} ({found.country})"
    yield line(f"Methodologies of {where} for {what}", "head")
    for m in found.here:
        yield line(f"{m.key}  {m.title}", "good", 2)
        if measure := m.summary.get("measures"):
            yield line(measure, "dim", 4)
    if not found.here:
        yield line("No definition of this country fits.", "warning", 2)
    for code, title in found.undefined:
        yield line(f"{code}  {title}: known, no definition yet", "warning", 2)
    for left_out in found.left_out:
        yield line(left_out, "warning", 2)
    if found.elsewhere:
        yield BLANK
        yield line("The same technology in other countries, which this project cannot")
        yield line(
            "apply, but a new methodology may follow: " + _listed(found.elsewhere)
        )
    yield BLANK
    if found.here:
        yield line(f"Next: jcm-xl screen {found.here[0].key}")
    elif found.words:
        yield line(
            f"Next: jcm-xl screen {found.country} names all methodologies of the "
            "country; a new one is begun by jcm-xl new-methodology."
        )
    else:
        yield line("Next: a new methodology is begun by jcm-xl new-methodology.")


def estimate_lines(e: Estimate) -> Iterator[Line]:
    """Yield criteria, numbers, tonnes by year and what they rest on."""
    m = e.methodology
    yield line(f"{m.key}  {m.title}", "head")
    yield from _questions(e)
    yield BLANK
    if e.needs:
        yield line(
            "Still to be given, for a year of 365 days (--set NAME=VALUE)", "head"
        )
        rows = [_need(m, p) for p in e.needs]
        yield from table(("name", "unit", "what"), rows, 2)
    elif e.a_year is None:
        yield line("The tonnes cannot be calculated from these numbers.", "warning")
    else:
        yield from _tonnes(e)
    yield BLANK
    yield line("What it rests on", "head")
    yield from table(("grade", "what", "value", "source"), map(_ground, e.grounds), 2)


def _questions(e: Estimate) -> Iterator[Line]:
    yield BLANK
    yield line("Is it eligible? (--yes, --no)", "head")
    words = {True: ("yes", "good"), False: ("no", "error"), None: ("?", "warning")}
    for question in e.questions:
        criterion = question.criterion
        word, style = words[question.answer]
        by = "by the numbers; " if question.is_calculated else ""
        grade = f" ({by}{criterion.evidence})"
        yield line(f"{criterion.id}  {word:3}  {criterion.text}{grade}", style, 2)
    verdict = {
        True: "Every criterion holds by your answers and numbers.",
        False: "A criterion does not hold: this methodology cannot be applied so.",
        None: "Answer each criterion to know whether the methodology can be applied.",
    }[e.fits]
    yield line(verdict, words[e.fits][1], 2)


def _tonnes(e: Estimate) -> Iterator[Line]:
    yield line(
        f"Emission reductions: {number(e.a_year)} tCO2 in a year of 365 days", "head"
    )
    if e.a_year is not None and e.a_year < 0:
        yield line("The project emits more than the reference.", "error", 2)
    rows = [(str(y.year), str(y.days), f"{y.tonnes:,}") for y in e.years]
    yield from table(("year", "days", "tCO2"), rows, 2)
    total = sum(y.tonnes for y in e.years)
    if rows:
        yield line(f"Together {total:,} tCO2 until {e.years[-1].year}", "good", 2)
    if e.grade != "document":
        yield line(
            f"The weakest of what it rests on is graded '{e.grade}': no official "
            "document confirms these tonnes.", "warning", 2,
        )  # fmt: skip


def _need(m: Methodology, p: Parameter) -> tuple[str, str, str]:
    """Return name, unit and what it is: the choices, and where and when it counts."""
    what = [p.label]
    if p.is_choice:
        what.append(f": {_listed(m.choices(p))}")
    if p.open is not None:
        what.append("; a value of the methodology, which is open here")
    if p.required_when is not None:
        condition = to_plain(p.required_when, lambda name: name)
        what.append(f"; only if {condition}")
    return p.name, "" if p.is_choice else str(p.unit), "".join(what)


def _ground(ground: Ground) -> tuple[str, str, str, str]:
    return ground.grade, _short(ground.what), _short(ground.value), ground.source


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _listed(texts: tuple[str, ...]) -> str:
    return ", ".join(f"'{t}'" if " " in t else t for t in texts)
