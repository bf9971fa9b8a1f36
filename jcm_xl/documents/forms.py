"""The forms in which a report is written, and the file names that ask for them."""

from __future__ import annotations

FORMS = ("text", "json", "sarif", "markdown", "html")
SUFFIXES = {
    ".txt": "text", ".json": "json", ".sarif": "sarif", ".md": "markdown",
    ".markdown": "markdown", ".html": "html", ".htm": "html",
}  # fmt: skip
