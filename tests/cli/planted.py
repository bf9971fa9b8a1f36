"""Modules that lie in the current folder, and a call of each command among them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from jcm_xl.definition import library
from tests.cli.conftest import KEY

SCRIPT = Path(sys.executable).with_name("jcm-xl")
PLANTED = (
    "__future__", "_bootlocale", "abc", "base64", "click", "collections", "copyreg",
    "csv", "ctypes", "decimal", "docx", "duckdb", "hashlib", "importlib",
    "ironcalc", "jcm_xl", "jinja2", "json", "lxml", "multiprocessing", "numpy",
    "openpyxl", "pandas", "pebble", "pickle", "queue", "random", "re", "readline",
    "resource", "rich", "runpy", "selectors", "signal", "sitecustomize", "socket",
    "struct", "subprocess", "tempfile", "threading", "tomllib", "typing",
    "usercustomize", "xlsxwriter", "xlwings", "zipfile",
)  # fmt: skip
"""Modules of Python and of ours that some process imports, or tries to."""

PLANT = """
with open(__file__.rsplit("received", 1)[0] + "run", "a") as file:
    file.write({name!r} + "\\n")
"""


class Call(NamedTuple):
    """A command that does its work in the folder: what it makes, how it ends."""

    words: str
    makes: str = ""
    exit_code: int = 0
    complains: str = ""


DEFINITION = library.find(KEY).path
CALLS = {
    "screen": Call("screen TH solar"),
    "net": Call("net ID_AM003"),
    "list": Call("list"),
    "show": Call(f"show {KEY}"),
    "new": Call(f"new {KEY} -o", "new.xlsx"),
    "fill": Call(f"fill {KEY} --example -o", "filled.xlsx"),
    "import": Call("import a.xlsx -o", "imported.xlsx"),
    "calc": Call("calc a.xlsx"),
    "explain": Call("explain a.xlsx"),
    "whatif": Call("whatif a.xlsx EC_PJ_i_p[1]=1 -o", "whatif.xlsx"),
    "sensitivity": Call("sensitivity a.xlsx -o", "sensitivity.xlsx"),
    "bridge": Call("bridge a.xlsx -o", "bridge.xlsx"),
    "vintages": Call("vintages a.xlsx -o", "vintages.xlsx"),
    "readings": Call("readings a.xlsx --to a.xlsx --propose", "proposed.toml"),
    "bundle": Call("bundle . -o", "../sent.zip"),
    "project": Call("project new MN004 -o", "MN004"),
    "form": Call("form list"),
    "decide": Call("decide new ../none.toml -o ../n.xlsx", "", 2, "cannot be read"),
    "adopt": Call("adopt a.xlsx", "", 2, "was made by jcm_xl"),
    "skeleton": Call("skeleton a.xlsx -o ../none", "", 2, "was made by jcm_xl"),
    "check": Call("check ."),
    "repair": Call("repair a.xlsx -o", "repaired.xlsx"),
    "diff": Call("diff a.xlsx b.xlsx"),
    "gaps": Call(f"gaps {KEY} --sheet", "gaps.xlsx"),
    "overlay": Call("overlay ../empty.xlsx -o ../none", "", 2, "nothing is confirmed"),
    "addin": Call("addin libreoffice -o", "jcm.oxt"),
    "rule": Call("rule JX204"),
    "units": Call("units"),
    "document": Call(f"document {KEY} -o", "page.docx"),
    "catalogue": Call("catalogue -o", "all.html"),
    "lint": Call(f"lint {DEFINITION}"),
    "new-methodology": Call("new-methodology --shapes"),
    "passport": Call("passport read a.xlsx", "", 2, "is no passport"),
    "page": Call("page ../none", "", 2, "is not the page"),
    "doctor": Call("doctor a.xlsx"),
    "demo": Call("demo", "demo"),
}
"""One call of each command; what it makes is named last and lies elsewhere."""

MORE = {
    "table of one": Call("check a.xlsx -o", "one.csv"),
    "one process": Call("check . --jobs 1 -o", "many.xlsx"),
    "json": Call("check a.xlsx --format json"),
    "excel": Call("addin excel -o", "jcm.xlam"),
    "web": Call(
        "addin web --pyodide ../none -o ../web", "", 2, "has no file pyodide.mjs"
    ),
}


def run_in(folder: Path, *command: object) -> subprocess.CompletedProcess[str]:
    """Run a program in the folder."""
    own = ("PYTHONPATH", "PYTHONSAFEPATH")
    return subprocess.run(
        list(map(str, command)), cwd=folder, capture_output=True, check=False,
        encoding="utf-8", env={k: v for k, v in os.environ.items() if k not in own},
    )  # fmt: skip
