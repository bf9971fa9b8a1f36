"""A book in the field keeps its verdict: what a release said of it, it says for ever.

The books of `tests/field/<release>` were made by that release, and the verdict beside
each is what the release itself said. They stand for the thousands of books that
participants keep on their disks: a project reports for ten years with the book it was
registered with, and a verifier who judges it again has to find what was found before.

Never write these files anew. A verdict that differs is a fault of the change, not of
the file: an old template is judged by its old layout, shape and definition (see
docs/decisions/0009-books-in-the-field.md). A new check that fires here asks something
of a template that could not know it; let it ask books of later templates only. The
words of a message may be mended; codes, severities, places, what was found and due,
figures and verdict are compared. Each release adds books of its own
(`python -m tests.field.keep`) and takes none away.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from jcm_xl.cli import main
from tests.field.book_text import as_text
from tests.field.release import releases
from tests.field.verdicts import TODAY, Kept, differences, kept_books, trimmed

KEPT = tuple(kept_books())
BY_NAME = {(kept.release, kept.name): kept for kept in KEPT}


@pytest.fixture
def as_released(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the newest version of a methodology be the one that the release had."""
    (release,) = (r for r in releases() if r.name == kept.release)

    def newest(code: str) -> str:
        versions = (k.split("@")[1] for k in release.definitions if k.startswith(code))
        return max(versions, key=lambda v: tuple(map(int, v.split("."))), default="")

    module = "jcm_xl.checks.compared.jx622_version_not_newest"
    monkeypatch.setattr(f"{module}.newest_version", newest)


@pytest.mark.usefixtures("as_released")
@pytest.mark.parametrize("kept", KEPT, ids=str)
def test_the_verdict_is_what_it_was(kept: Kept, tmp_path: Path) -> None:
    book = kept.write(tmp_path)
    words = ["check", str(book), "--format", "json", "--today", TODAY]
    if kept.plan:
        words += ["--plan", str(BY_NAME[kept.release, kept.plan].write(tmp_path))]
    done = CliRunner().invoke(main, words)
    was, now = trimmed({"files": [kept.report]}), trimmed(json.loads(done.stdout))
    _leave_out_correction(was, now)
    found = list(differences(was, now))
    assert not found, "\n".join(
        (f"{kept} was judged otherwise by {kept.release}:", *found, str(__doc__))
    )


def _leave_out_correction(was: dict[str, Any], now: dict[str, Any]) -> None:
    """Leave out the note that the definition was corrected since (decision 0009)."""
    told = {finding["code"] for finding in was["findings"]}
    notes = [f for f in now["findings"] if f["code"] == "JX102" and "JX102" not in told]
    assert all(note["severity"] == "note" for note in notes)
    now["findings"] = [f for f in now["findings"] if f not in notes]
    now["counts"]["note"] -= len(notes)


@pytest.mark.parametrize("kept", KEPT, ids=str)
def test_the_text_is_the_whole_book(kept: Kept, tmp_path: Path) -> None:
    path = kept.write(tmp_path)
    assert as_text(path.read_bytes()) == kept.text


def test_six_shapes_are_kept_of_the_first_release() -> None:
    """Without and with a set, classes, seasons, months and meters, macros."""
    names = {kept.name for kept in KEPT if kept.release == "0.1.0"}
    assert names >= {
        "without-set", "with-set", "classes", "seasons", "two-sets-ja", "working-copy",
    }  # fmt: skip
