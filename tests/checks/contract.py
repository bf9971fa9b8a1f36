"""What every finding owes its reader, in whatever language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

from jcm_xl.checks.arithmetic.opinions import CREDITED
from jcm_xl.checks.run import catalogue
from jcm_xl.model.finding import Diagnostic, Report, Severity
from jcm_xl.text.excerpts import excerpts
from jcm_xl.text.languages import FIRST, Messages
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.signs import spelled

RULES = Path(__file__).parents[2] / "docs" / "rules"
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def has_unasked_tonnes(report: Report) -> bool:
    """Tell whether Table 3 is two numbers and no finding with `tonnes` asks about it.

    The numbers are those of the definition, of the sheet's own formulas and as stored.
    """
    numbers = [
        {n for n in (o.own, o.second, o.stored) if isinstance(n, float)}
        for o in report.opinions
        if o.name == CREDITED and isinstance(o.own, float) and not o.is_edge
    ]
    asked = (d.tonnes for d in report.diagnostics if d.severity > Severity.NOTE)
    return any(len(of_one) > 1 for of_one in numbers) and not any(asked)


def keeps_the_contract(report: Report, texts: Messages) -> None:
    """Assert that each finding says where, what, why and what to do in a language."""
    borrowed = [f"{p.key}: {p}" for p in _phrases(report) if not _is_said(p, texts)]
    assert borrowed == [], f"Add these keys to {texts.language}.toml"
    said = _said(report, texts)
    for d in said.diagnostics:
        _is_complete(d)
        _names_its_facts(d)
    _is_in_order(said)
    if texts.language == "ja":
        _is_japanese(said)


def _said(report: Report, texts: Messages) -> Report:
    """Return a report whose texts are words of one language."""
    diagnostics = tuple(_in_words(d, texts) for d in report.diagnostics)
    compared = {topic: texts.say(text) for topic, text in report.compared.items()}
    return replace(
        report, verdict=texts.say(report.verdict), diagnostics=diagnostics,
        skipped=tuple(map(texts.say, report.skipped)), compared=compared,
    )  # fmt: skip


def _in_words(d: Diagnostic, texts: Messages) -> Diagnostic:
    values = {field.name: getattr(d, field.name) for field in fields(d)}
    phrases = {k: texts.say(v) for k, v in values.items() if isinstance(v, Phrase)}
    return replace(d, **phrases)


def _phrases(value: object) -> Iterator[Phrase]:
    """Yield every phrase of a report, those among the facts of others too."""
    if isinstance(value, Phrase):
        yield value
        yield from _phrases(value.facts)
    elif isinstance(value, Mapping):
        yield from (p for item in value.values() for p in _phrases(item))
    elif isinstance(value, tuple):
        yield from (p for item in value for p in _phrases(item))
    elif is_dataclass(value):
        yield from (p for f in fields(value) for p in _phrases(getattr(value, f.name)))


def _is_said(phrase: Phrase, texts: Messages) -> bool:
    is_own = texts.language == FIRST or not phrase.key
    return is_own or bool(texts.find(phrase.key))


def _is_complete(d: Diagnostic) -> None:
    check = catalogue()[d.code]
    assert (d.name, d.audience) == (check.name, check.audience)
    assert d.message, f"{d.code}: a finding has a message"
    assert d.remedy, f"{d.code}: say what to do, or that nothing has to be done"
    assert d.basis, f"{d.code}: say on what the rule rests"
    assert (RULES.parents[1] / d.page).exists(), (
        f"{d.code} has no page yet: .venv/bin/jcm-xl rule -o docs/rules"
    )
    for text in (d.message, d.remedy):
        assert "(unknown)" not in text, f"{d.code}: supply the fact: {text}"
        assert "  " not in text, f"{d.code}: a fact is empty: {text}"


def _names_its_facts(d: Diagnostic) -> None:
    check = catalogue()[d.code]
    open_texts = check.message + check.remedy
    said = " ".join((d.message, d.remedy))
    found, expected = excerpts(d.found, d.expected)
    facts = {
        "sheet": d.sheet, "cell": d.cell, "parameter": d.parameter,
        "actual": found, "expected": expected,
    }  # fmt: skip
    for name, fact in facts.items():
        if fact and f"{{{name}}}" in open_texts:
            assert fact in said, f"{d.code} does not name {name}, {fact}: {said}"
    if d.cell:
        assert d.cell in said, f"{d.code} does not name its cell {d.cell}: {said}"
    if d.sheet:
        names = {d.sheet.strip(), spelled(d.sheet).strip()}
        assert any(name in said for name in names), (
            f"{d.code} does not name its sheet {d.sheet}: {said}"
        )


def _is_in_order(report: Report) -> None:
    """A consequence stands behind its cause, which is no consequence itself."""
    roots: set[str] = set()
    severities = [d.severity for d in report.diagnostics if not d.follows]
    for d in report.diagnostics:
        if d.follows:
            assert d.follows in roots, f"{d.key} stands before {d.follows}"
        else:
            roots.add(d.key)
    if not any(d.follows for d in report.diagnostics):
        assert severities == sorted(severities, reverse=True)
    assert report.count(Severity.ERROR) == sum(
        d.severity is Severity.ERROR for d in report.diagnostics
    )


def _is_japanese(report: Report) -> None:
    for d in report.diagnostics:
        for text in (d.message, d.remedy):
            assert JAPANESE.search(text), f"{d.code} speaks no Japanese: {text}"
    for text in (report.verdict, *report.skipped, *report.compared.values()):
        assert JAPANESE.search(text), f"no Japanese: {text}"
