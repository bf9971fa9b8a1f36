"""jcm-xl new --all: every blank of the library, with a manifest of hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from jcm_xl import api
from jcm_xl.cli.files import keep, make_folder, refuse_standing, write_book
from jcm_xl.documents.lines import counters
from jcm_xl.errors import JcmError
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Submission
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import make_plan
from jcm_xl.text.visible import json_text
from jcm_xl.version import __version__

MANIFEST = "manifest.json"
_WHY = "only the words of its formulas were at hand"


class FormulasUnknown(JcmError):
    """A blank of a definition whose formulas nobody has seen, not asked for as such."""


def refuse_rough(m: Methodology) -> None:
    """Raise unless the formulas of a definition are those of a document."""
    if m.is_rough:
        raise FormulasUnknown(
            f"{m.key} is a sketch: {_WHY}, and they are our reading of them. --draft "
            f"makes the book all the same; `jcm-xl gaps {m.key}` lists what to confirm."
        )


def write_blanks(
    methodologies: Iterable[Methodology],
    folder: Path,
    edition: Edition,
    *,
    with_rough: bool,
    force: bool,
    only_confirmed: bool = False,
) -> tuple[int, int]:
    """Write blanks and manifest; return how many were written and left out.

    only_confirmed: those alone of which every number, formula and text is official.
    """
    books: list[dict[str, object]] = []
    left_out: list[dict[str, str]] = []
    chosen = []
    for m in methodologies:
        if only_confirmed and m.is_draft:
            reason = f"not official: {counters(m)}"
            left_out.append({"methodology": m.key, "reason": reason})
        elif m.is_rough and not with_rough:
            left_out.append({"methodology": m.key, "reason": _WHY})
        else:
            chosen.append((m, folder / f"{m.spreadsheet_id}.xlsx"))
    manifest = folder / MANIFEST
    for path in (*(path for _, path in chosen), manifest):
        refuse_standing(path, force=force)
    make_folder(folder)
    for m, path in chosen:
        plan = make_plan(m, edition=edition)
        data = api.book(plan, Submission(m.id, m.version, plan.rows))
        write_book(path, data, force=force)
        books.append(_entry(m, path, data))
    content = {"schema": 1, "jcm_xl": __version__, "books": books,
               "left_out": left_out}  # fmt: skip
    keep(manifest, json_text(content).encode(), is_new=not force)
    return len(books), len(left_out)


def _entry(m: Methodology, path: Path, data: bytes) -> dict[str, object]:
    return {
        "file": path.name,
        "methodology": m.key,
        "completeness": m.completeness,
        "unconfirmed": {f"{part}s": tally.unread for part, tally in m.tallies.items()},
        "definition": m.digest,
        "overlay": str(m.overlay) if m.overlay else "",
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
