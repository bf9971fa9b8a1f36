"""A passport edited to look as a program would store it; always marked as simulated.

No program ran: what the cells hold is what was expected, or what a test says.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache

from jcm_xl.hosts.passport.book import planned, written
from jcm_xl.hosts.passport.program import SIMULATED
from jcm_xl.hosts.passport.rows import ANSWER, HERE, WHERE, PassportPlan
from jcm_xl.hosts.passport.sheets import KINDS
from jcm_xl.hosts.passport.trial import Trial, answer, tally
from jcm_xl.xlsx.grid import CellError, CellValue, address

KEYS = ("ID_AM003@1.0", "TH_AM001@3.0")
"""Definitions of the small passport of these tests."""
EXCEL = "16.0"
_CELL = re.compile(
    r'<c r="(?P<cell>[A-Z]+[0-9]+)"(?P<style>(?: s="[0-9]+")?) t="str">'
    r"(?P<formula><f[^>]*>[^<]*</f>)<v>not calculated[^<]*</v></c>"
)
_PROPERTY = (
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="99" '
    f'name="{SIMULATED}"><vt:lpwstr>yes</vt:lpwstr></property></Properties>'
)
Give = Callable[[Trial], CellValue]


@lru_cache(maxsize=2)
def small(*, has_macros: bool) -> tuple[PassportPlan, bytes]:
    """Return plan and bytes of a small passport, as it is made."""
    rows, plan, submission = planned(KEYS, has_macros=has_macros)
    return rows, written(rows, plan, submission, has_macros=has_macros)


def simulated(
    *,
    has_macros: bool = False,
    give: Give = lambda trial: trial.expected,
    others: Mapping[str, CellValue] | None = None,
    moment: datetime | None = None,
) -> bytes:
    """Return a passport as Excel would have saved it; `others`: more cells."""
    rows, data = small(has_macros=has_macros)
    moment = moment or datetime(2026, 1, 5, 12)
    values = {**_values(rows, give, moment), **(others or {})}

    def sheet(text: str) -> str:
        return _CELL.sub(lambda found: _stored(found, values), text)

    parts = edited(data, {"Passport": sheet})
    stamp = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    parts["docProps/app.xml"] = re.sub(
        "<AppVersion>[^<]*", "<AppVersion>16.0300", parts["docProps/app.xml"]
    )
    parts["docProps/core.xml"] = re.sub(
        r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{stamp}", parts["docProps/core.xml"]
    )
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(
        "</Properties>", _PROPERTY
    )
    return packed(data, parts)


def _values(rows: PassportPlan, give: Give, moment: datetime) -> dict[str, CellValue]:
    told = {"release": EXCEL, "system": "Windows (64-bit) NT 10.00", "truth": "TRUE",
            "month": "January", "year": "2013", "decimal": "1.5",
            "recalculation": "Automatic"}  # fmt: skip
    days = (moment - datetime(1899, 12, 30)).total_seconds() / 86400
    facts: dict[str, CellValue] = {**told, "calculated": days}
    found: dict[str, CellValue] = {
        address(row, HERE): facts[name] for name, row in rows.facts.items()
    }
    answers = {}
    for row, trial in rows.trials.items():
        given = give(trial)
        found[address(row, HERE)] = 115.0 if given is None else given
        answers[row] = answer(trial, found[address(row, HERE)])
        found[address(row, ANSWER)] = answers[row]
    for section, row in rows.totals.items():
        own = range(section.first, section.last + 1)
        counts = tally(answers[place] for place in own)
        words = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS)
        found[address(row, WHERE)] = words
        found[address(row, ANSWER)] = "differs" if counts["differs"] else "equal"
    return found


def _stored(found: re.Match[str], values: Mapping[str, CellValue]) -> str:
    value = values[found["cell"]]
    if isinstance(value, CellError):
        kind, text = ' t="e"', value.code
    elif isinstance(value, bool):
        kind, text = ' t="b"', str(int(value))
    elif isinstance(value, str):
        escaped = value.replace("&", "&amp;").replace("<", "&lt;")
        kind, text = ' t="str"', escaped
    else:
        kind, text = "", repr(value)
    formula = found["formula"]
    return f'<c r="{found["cell"]}"{found["style"]}{kind}>{formula}<v>{text}</v></c>'


def edited(data: bytes, edits: Mapping[str, Callable[[str], str]]) -> dict[str, str]:
    """Return the XML parts of a book, with its sheets edited by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {n: archive.read(n).decode() for n in archive.namelist()
                 if n.endswith((".xml", ".rels"))}  # fmt: skip
    names = re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"])
    for name, edit in edits.items():
        part = f"xl/worksheets/sheet{names.index(name) + 1}.xml"
        parts[part] = edit(parts[part])
    return parts


def packed(data: bytes, parts: Mapping[str, str]) -> bytes:
    """Return a book with these parts in the place of its own."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    return made.getvalue()


def unmarked(data: bytes) -> bytes:
    """Return it without the mark, to see what would count; never written anywhere."""
    text = edited(data, {})["docProps/custom.xml"]
    return packed(data, {"docProps/custom.xml": text.replace(SIMULATED, "other")})
