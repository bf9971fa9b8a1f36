"""Keep a book of a release as text, with its verdict: once, on the day of the release.

    python -m tests.field.keep 0.2.0 BOOK.xlsx --made "..." [--plan NAME]

NAME is a book kept before, the registered plan that this one is judged against. The
program that judges is the release itself, `--jcm-xl` names it. What is kept is never
written again; tests/field/test_verdicts.py says why.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.field.book_text import as_text, rebuild
from tests.field.verdicts import FOLDER, TODAY, trimmed


def main() -> None:
    """Write the two files of one book."""
    given = _arguments()
    folder = FOLDER / given.release
    folder.mkdir(exist_ok=True)
    text, verdict = (folder / f"{given.book.stem}.{end}" for end in ("book", "json"))
    if text.exists() or verdict.exists():
        sys.exit(f"{text} is kept already, and its verdict stands for ever.")
    content = as_text(given.book.read_bytes())
    facts = {
        "file": given.book.name,
        "made": given.made,
        "plan": given.plan,
        "report": _judged(content, given.book.name, given.plan, folder, given.jcm_xl),
    }
    text.write_text(content, encoding="utf-8", newline="\n")
    words = json.dumps(facts, indent=1, ensure_ascii=False)
    verdict.write_text(f"{words}\n", encoding="utf-8", newline="\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("release")
    parser.add_argument("book", type=Path)
    parser.add_argument("--made", required=True)
    parser.add_argument("--plan", default="")
    parser.add_argument("--jcm-xl", default="jcm-xl")
    return parser.parse_args()


def _judged(
    content: str, name: str, plan: str, folder: Path, program: str
) -> dict[str, object]:
    with TemporaryDirectory() as place:
        book = Path(place) / name
        book.write_bytes(rebuild(content))
        words = [program, "check", str(book), "--format", "json", "--today", TODAY]
        if plan:
            registered = Path(place) / f"{plan}.xlsx"
            text = (folder / f"{plan}.book").read_text(encoding="utf-8")
            registered.write_bytes(rebuild(text))
            words += ["--plan", str(registered)]
        done = subprocess.run(words, capture_output=True, encoding="utf-8")
    return trimmed(json.loads(done.stdout))


if __name__ == "__main__":
    main()
