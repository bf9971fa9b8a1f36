"""The module xlwings_udfs as xlwings' own generator writes it, with our patches.

`python -m tests.hosts.excel.wrapper` writes `macros/xlwings_udfs.bas` anew, to be done
after a change of the registry of functions.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from jcm_xl.hosts.excel.settings_sheet import FUNCTIONS
from jcm_xl.hosts.excel.vba.patches import Patch
from jcm_xl.hosts.excel.vba.sources import Carrier
from jcm_xl.places import macros

NAMES = {Carrier.BOOK: "Book.xlsm", Carrier.ADDIN: "jcm.xlam"}


class Generated(NamedTuple):
    """The text, and name, description and arguments' help of each function."""

    text: str
    help: list[tuple[str, str, list[str]]]


def generated(carrier: Carrier) -> Generated:
    """Run xlwings' generator in a process of its own."""
    command = [sys.executable, "-m", "tests.hosts.excel.wrapper", NAMES[carrier]]
    root = Path(__file__).parents[3]
    done = subprocess.run(command, cwd=root, capture_output=True, check=True, text=True)
    text, options = json.loads(done.stdout)
    return Generated(text, [tuple(option) for option in options])


def patched(text: str) -> str:
    """Return the text with a failure as #VALUE! in place of a text in the cell.

    On a Mac nothing of xlwings is called, as its module does not compile there.
    """
    count = ends = text.count("failed:\n")
    for name in sorted(set(_functions(text))):
        patch = Patch(
            "a text would be skipped by SUM and read as an answer",
            f"{name} = Err.Description",
            f"{name} = CVErr(xlErrValue)",
        )
        text, count = patch.apply(text, "the generated text"), count - 1
    assert count == 0, "a function without its patch"
    text = re.sub(
        r"(?m)^Function JCM_\w+\(.*\bnames1\b.*\)$", rf"\g<0>\n{_AGAIN}", text
    )
    for place, guarded in (
        ('    #If App = "Microsoft Excel" Then\n', "    #If Not Mac Then\n{}"),
        ("    #End If\nfailed:\n", "    #End If\n{}"),
    ):
        patch = Patch("a Mac shows #VALUE!", place, guarded.format(place), ends)
        text = patch.apply(text, "the generated text")
    return text


_AGAIN = "    If IsMissing(names1) Then Application.Volatile"
"""A call without ranges reads cells of which Excel does not know: made each time."""


def _functions(text: str) -> list[str]:
    return [line.split("(")[0].split()[1] for line in text.splitlines()
            if line.startswith("Function ")]  # fmt: skip


def _generate(name: str) -> None:
    from tests.hosts.excel import windows_modules

    windows_modules.install()
    udfs = windows_modules.real_decorators()
    book = windows_modules.Workbook(name)
    out, sys.stdout = sys.stdout, sys.stderr  # it prints what it did
    udfs.import_udfs(FUNCTIONS, book)
    sys.stdout = out
    options = [(args[0], facts["Description"], facts["ArgumentDescriptions"])
               for args, facts in book.options]  # fmt: skip
    print(json.dumps([book.text, options]))


def main() -> None:
    if len(sys.argv) > 1:
        _generate(sys.argv[1])
        return
    text = patched(generated(Carrier.BOOK).text)
    (macros() / "xlwings_udfs.bas").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
