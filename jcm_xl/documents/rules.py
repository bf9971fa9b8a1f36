"""The pages of the rules, made of the docstrings of the checks and of their texts."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterable, Iterator
from typing import Protocol

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.lint.base import Lint
from jcm_xl.documents.lines import BLANK, Line, line, table
from jcm_xl.model.finding import Audience, Phase, Severity

_SECTION = re.compile(r"^(\S.*)\n((?:[ \t]+.*\n|\n)+)", re.M)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_MARKDOWN = re.compile(r"([\\*_\[\]<>|])")
_CODE = re.compile(r"(`[^`]*`)")


class Rule(Protocol):
    """What a page needs of a check."""

    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def phase(self) -> Phase: ...  # noqa: D102
    @property
    def severity(self) -> Severity: ...  # noqa: D102
    @property
    def audience(self) -> Audience: ...  # noqa: D102
    @property
    def basis(self) -> str: ...  # noqa: D102
    @property
    def message(self) -> str: ...  # noqa: D102
    @property
    def remedy(self) -> str: ...  # noqa: D102
    @property
    def page(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class RulePage:
    """The page of a rule, before it is text or Markdown.

    particulars: heading and text of severity, audience, phase and basis.
    sections: heading and paragraph; the last ones say what a finding reads like.
    """

    title: str
    fact: str
    particulars: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, str], ...]


def page_of(rule: Rule) -> RulePage:
    """Return the page of a check."""
    says = f"{_open(rule.message)} What to do: {_open(rule.remedy)}"
    return RulePage(
        title=f"{rule.code} {rule.name}",
        fact=first_sentence(rule),
        particulars=(
            ("Severity", rule.severity.name),
            ("For", f"the {rule.audience}"),
            ("Phase", rule.phase.name.lower().replace("_", " ")),
            ("Basis", rule.basis),
        ),
        sections=(*_sections(rule.page), ("What it says", says)),
    )


def lint_page_of(rule: Lint) -> RulePage:
    """Return the page of a rule about definition files."""
    who = "the loader" if rule.run is None else "jcm-xl lint"
    sections = _sections(rule.page)
    if rule.message:
        sections = (*sections, ("What it says", _open(rule.message)))
    return RulePage(
        title=f"{rule.code} {rule.name}",
        fact=rule.fact,
        particulars=(
            ("Severity", rule.severity.name),
            ("For", "the author of a definition"),
            ("Found by", who),
        ),
        sections=sections,
    )


def first_sentence(rule: Rule) -> str:
    """Return what a rule finds, in a sentence."""
    return rule.page.strip().partition("\n")[0]


def _sections(page: str) -> tuple[tuple[str, str], ...]:
    text = inspect.cleandoc(page).partition("\n")[2] + "\n"
    found = ((m[1].strip(), textwrap.dedent(m[2])) for m in _SECTION.finditer(text))
    return tuple((heading, " ".join(body.split())) for heading, body in found)


def _open(text: str) -> str:
    """Return a message with its facts left open: `<cell>`."""
    return _PLACEHOLDER.sub(r"<\1>", text)


# -- as text, as Markdown, as files ----------------------------------------------


def catalogue_lines(
    rules: Iterable[Rule], more: Iterable[tuple[str, str, str, str]] = ()
) -> Iterator[Line]:
    """Yield a line for each rule, and for rows of other rules."""
    rows = [
        (r.code, r.severity.name, str(r.audience), first_sentence(r)) for r in rules
    ]
    yield from table(("code", "severity", "for", "what it finds"), [*rows, *more])


def page_lines(page: RulePage) -> Iterator[Line]:
    """Yield the page of one rule."""
    yield line(page.title, "head")
    yield line(page.fact)
    yield BLANK
    for heading, text in page.particulars:
        yield line(f"{heading}: {text}", "dim")
    for heading, text in page.sections:
        yield BLANK
        yield line(heading, "head")
        yield line(text, "", 4)


def page_text(rule: Rule) -> str:
    """Return why a rule matters and how to mend what it finds, as plain text."""
    parts = (f"{heading}: {text}" for heading, text in page_of(rule).sections)
    return "\n\n".join((first_sentence(rule), *parts))


def page_markdown(rule: Rule) -> str:
    """Return the page of a check as Markdown."""
    return _markdown(page_of(rule))


def _markdown(page: RulePage) -> str:
    parts = [f"# {page.title}", _plain(page.fact)]
    rows = [f"| {heading} | {_plain(text)} |" for heading, text in page.particulars]
    parts.append("\n".join(["| | |", "|---|---|", *rows]))
    for heading, text in page.sections:
        parts += [f"## {heading}", _plain(text)]
    return "\n\n".join(parts) + "\n"


def _plain(text: str) -> str:
    parts = _CODE.split(text)  # what stands between backticks is code already
    return "".join(
        part if part.startswith("`") else _MARKDOWN.sub(r"\\\1", part) for part in parts
    )


def pages(rules: Iterable[Rule], lints: Iterable[Lint]) -> dict[str, str]:
    """Return every page as a file for `docs/rules`, with an index."""
    checks, others = list(rules), list(lints)
    files = {f"{rule.code}.md": page_markdown(rule) for rule in checks}
    files |= {f"{rule.code}.md": _markdown(lint_page_of(rule)) for rule in others}
    index = [
        "# The rules",
        "Made of the checks by `make docs`; edit a check, not its page.",
        "## Of workbooks (`jcm-xl check`)",
        _index((r.code, r.severity, r.name, first_sentence(r)) for r in checks),
        "## Of definitions (`jcm-xl lint`)",
        _index((r.code, r.severity, r.name, r.fact) for r in others),
    ]
    files["README.md"] = "\n\n".join(index) + "\n"
    return files


def _index(rows: Iterable[tuple[str, Severity, str, str]]) -> str:
    lines = ["| rule | | what it finds |", "|---|---|---|"]
    lines += (
        f"| [{code} {name}]({code}.md) | {severity.name} | {_plain(fact)} |"
        for code, severity, name, fact in rows
    )
    return "\n".join(lines)
