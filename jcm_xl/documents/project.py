"""A project's folder as lines: its facts, its books, its forms."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.documents.lines import BLANK, Line, line, table
from jcm_xl.forms.folder import ProjectFolder
from jcm_xl.forms.load import form_definitions
from jcm_xl.forms.typed import typed_file


def project_lines(project: ProjectFolder) -> Iterator[Line]:
    """Yield the facts, what is not said, the books, and how far the forms are."""
    yield line(f"{project.reference} {project.title}", "head")
    facts = {
        "methodologies": ", ".join(project.methodologies),
        "participants": ", ".join(f"{p.name} ({p.side})" for p in project.participants),
        "shares": ", ".join(f"{s.holder} {s.percent} %" for s in project.shares),
        "location": project.location,
        "start of operation": str(project.start_of_operation or ""),
        "lifetime, years": str(project.lifetime_years or ""),
    }
    for name, text in facts.items():
        yield line(f"{name}: {text or 'not said'}", "" if text else "warning", 2)
    yield BLANK
    books = [path.name for path in project.books()]
    yield line(f"Books: {', '.join(books) or 'none'}", "" if books else "warning")
    yield line("Forms:")
    rows = []
    for form in form_definitions().values():
        if form.is_unknown:
            continue
        book = project.path / "forms" / f"{form.code}.xlsx"
        kept = typed_file(project.path, form)
        rows.append((form.code, form.title, "made" if book.is_file() else "-",
                     "kept" if kept.is_file() else "-"))  # fmt: skip
    yield from table(("code", "form", "book", "entries"), rows, 2)
    yield BLANK
    yield line(f"`jcm-xl project check {project.path}` judges books and forms.", "dim")


def outside(project: ProjectFolder, papers: int) -> str:
    """Return how many files of the project nothing looks into, in words.

    papers: how many in `documents` are none of ours.
    """
    received = project.path / "received"
    counts = {
        "documents": papers,
        "received": sum(path.is_file() for path in received.rglob("*")),
    }
    return ", ".join(f"{count} in {name}" for name, count in counts.items() if count)
