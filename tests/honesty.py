"""The box of README that says how far to trust it, out of what was measured.

`python -m tests.honesty` writes it into README.md; a test compares it.
"""

from __future__ import annotations

import re
from pathlib import Path

from jcm_xl.definition.library import entries, load
from jcm_xl.hosts.passport.confirmed import KNOWN, confirmed

ROOT = Path(__file__).parents[1]
_BEGIN, _END = "<!-- made by `make docs` -->\n", "<!-- end -->"
_ROW = re.compile(r"^\| (.+?) \| ([\d,]+) \| (\d+) \| [\d.]+ % \|", re.M)
_TOLD = {
    "clean fills as written": "clean books with a false error",
    "single-cell mutants of cells that are no inputs": "changed cells not found",
    "inputs of a wrong kind": "wrong inputs not found at their cell",
}
"""Lines of docs/quality.md by their beginning, and what is told of what went wrong."""


def box() -> str:
    """Return the lines between the marks."""
    return "".join(f"* {line}\n" for line in (_library(), _programs(), _checker()))


def _library() -> str:
    library = [load(entry.key) for entry in entries()]
    sure = sum(not m.is_draft for m in library)
    return (
        f"**Definitions**: {_more(len(library))} definitions of "
        f"{_more(len({m.id for m in library}))} methodologies in "
        f"{len({m.country for m in library})} countries; {sure} of them compared with "
        "the whole official document ([each](docs/definitions.md))."
    )


def _more(count: int) -> str:
    return f"more than {(count - 1) // 10 * 10}"


def _programs() -> str:
    told = []
    for program, name in KNOWN.items():
        own = [one for one in confirmed() if one["program"] == program]
        if own:
            told.append(f"{name} {own[-1]['version']} confirmed {own[-1]['date']}")
        else:
            told.append(f"{name} not confirmed")
    return f"**Programs**: {', '.join(told)} ([passports](docs/hosts.md))."


def _checker() -> str:
    text = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    rows = {name: (wrong, tried) for name, tried, wrong in _ROW.findall(text)}
    told = []
    for begins, words in _TOLD.items():
        wrong, tried = next(v for name, v in rows.items() if name.startswith(begins))
        told.append(f"{wrong} of {tried} {words}")
    day = re.search(r"^Date (\S+);", text, re.M)
    assert day
    return f"**The checker**, {day[1]}: {', '.join(told)} ([all](docs/quality.md))."


def with_box(text: str) -> str:
    """Return README with the box as it has to be."""
    before, _, rest = text.partition(_BEGIN)
    return before + _BEGIN + box() + _END + rest.partition(_END)[2]


if __name__ == "__main__":
    page = ROOT / "README.md"
    page.write_text(with_box(page.read_text(encoding="utf-8")), encoding="utf-8")
