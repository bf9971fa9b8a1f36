"""The .oxt without LibreOffice: complete, reproducible, true to the registry."""

from __future__ import annotations

import ast
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from jcm_xl.cli import main
from jcm_xl.definition import library
from jcm_xl.hosts.libreoffice import component_source, typelib
from jcm_xl.hosts.libreoffice.build import build
from jcm_xl.live.carried import OLDEST_PYTHON, carried_core
from jcm_xl.live.functions import REGISTRY, ArgumentKind
from jcm_xl.text.languages import messages
from jcm_xl.version import __version__

SOLAR = "TH_AM001@1.0"
OOR = "{http://openoffice.org/2001/registry}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def oxt() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(build([library.load(SOLAR)])))


def test_the_same_definitions_give_the_same_bytes() -> None:
    m = library.load(SOLAR)
    assert build([m]) == build([m])


def test_the_manifest_names_parts_that_are_there(oxt: zipfile.ZipFile) -> None:
    manifest = ElementTree.fromstring(oxt.read("META-INF/manifest.xml"))
    paths = [
        value
        for entry in manifest
        for name, value in entry.attrib.items()
        if name.endswith("full-path")
    ]
    assert sorted(paths) == ["CalcAddIns.xcu", "jcm.rdb", "jcm_addin.py"]
    assert set(paths) < set(oxt.namelist())
    assert f'<version value="{__version__}"/>' in oxt.read("description.xml").decode()


def test_every_function_and_argument_has_its_help_in_both_languages(
    oxt: zipfile.ZipFile,
) -> None:
    tree = ElementTree.fromstring(oxt.read("CalcAddIns.xcu"))
    (found,) = (n for n in tree.iter("node") if n.get(f"{OOR}name") == "AddInFunctions")
    assert [node.get(f"{OOR}name") for node in found] == [f.name for f in REGISTRY]
    for node, function in zip(found, REGISTRY, strict=True):
        parameters = next(n for n in node if n.get(f"{OOR}name") == "Parameters")
        assert [p.get(f"{OOR}name") for p in parameters] == [
            a.name for a in function.arguments
        ]
        for described in (node, *parameters):
            languages = [
                value.get(LANG)
                for prop in described
                if prop.get(f"{OOR}name") == "Description"
                for value in prop
            ]
            assert languages == ["en", "ja"], (
                f"{function.name}: say it in [functions] of messages/ja.toml, too."
            )


def test_no_japanese_help_is_left_of_a_function_that_is_gone() -> None:
    known = {f.name for f in REGISTRY}
    known |= {a.name for f in REGISTRY for a in f.arguments}
    known |= {f"{f.name}_{a.name}" for f in REGISTRY for a in f.arguments}
    assert set(messages("ja")("functions")) <= known


def test_the_type_library_is_that_of_the_registry() -> None:
    text = typelib.IDL.read_text(encoding="utf-8")
    assert text == typelib.idl(), (
        "The registry changed: run python -m jcm_xl.hosts.libreoffice.typelib with "
        "unoidl-write (apt-get install libreoffice-dev)."
    )
    sums = typelib.SUMS.read_text(encoding="utf-8")
    assert sums == typelib.sums(text, typelib.RDB.read_bytes())
    if shutil.which("unoidl-write"):
        assert typelib.built(text) == typelib.RDB.read_bytes()


def test_what_a_value_cannot_tell_is_handed_over_as_a_range(
    oxt: zipfile.ZipFile,
) -> None:
    kinds = json.loads(oxt.read("functions.json"))
    idl = typelib.idl()
    for function in REGISTRY:
        assert kinds[function.name] == [a.kind.value for a in function.arguments]
        line = re.search(rf"{function.name}\((.*)\);", idl)
        assert line is not None
        types = [part.split()[1] for part in line[1].split(", ")]
        if typelib.takes_book(function):
            assert types.pop(0) == "com::sun::star::beans::XPropertySet"
        is_range = [t == "com::sun::star::table::XCellRange" for t in types]
        expected = [
            a.kind in (ArgumentKind.CELL, ArgumentKind.PLACE)
            or (function.name == "CHECK" and a.kind is not ArgumentKind.SCALAR)
            for a in function.arguments
        ]
        assert is_range == expected


def test_the_carried_core_runs_with_the_standard_library_alone(
    oxt: zipfile.ZipFile, tmp_path: Path
) -> None:
    oxt.extractall(tmp_path)
    program = (
        "import enum, sys; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
        "del enum.StrEnum  # as in Python 3.10\n"
        "import jcm_older_python; jcm_older_python.complete()\n"
        "from jcm_xl.live.as_json import CarriedDefinitions\n"
        "from jcm_xl.live.functions import call\n"
        "find = CarriedDefinitions(Path(sys.argv[2]))\n"
        "table = (('', 'EGi,p', 'Connectioni'), "
        "('(1)', 1200.0, 'Grid only: directly or by an internal grid without a captive "
        "generator'))\n"
        "print(call(find, 'ER', 'TH_AM001@1.0', None, None, None, None, table))\n"
        "print(sorted(n for n in sys.modules if n.split('.')[0] in "
        "('pandas', 'click', 'xlsxwriter', 'openpyxl', 'jinja2')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, str(tmp_path / "pythonpath"),
         str(tmp_path / "definitions")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("382.8\n[]\n", "")


def test_the_component_is_read_by_an_old_python_and_names_the_one_it_needs() -> None:
    source = component_source()
    ast.parse(source, feature_version=(3, 8))
    assert f"NEEDED = {OLDEST_PYTHON}" in source


_STAND_INS = {
    "uno.py": "",
    "com/sun/star/sheet/__init__.py": "class XVolatileResult: pass\n",
    "com/sun/star/util/__init__.py": "class XModifyListener: pass\n",
    "unohelper.py": "class Base: pass\nclass ImplementationHelper:\n"
    "    def addImplementation(self, *_): pass\n",
    "com/sun/star/lang/__init__.py": "class IllegalArgumentException(Exception): pass",
    "org/jcmxl/__init__.py": "class XJcmFunctions: pass\n",
}


def test_an_older_python_is_told_in_the_cell(
    oxt: zipfile.ZipFile, tmp_path: Path
) -> None:
    oxt.extractall(tmp_path)
    for name, text in _STAND_INS.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); sys.version_info = (3, 9, 18)\n"
        "from jcm_addin import JcmFunctions, IllegalArgumentException\n"
        "functions = JcmFunctions(None)\n"
        "print(functions.VERSION(None)); print(functions.CHECK(None))\n"
        "try: functions.ER(None)\n"
        "except IllegalArgumentException as failure: print(failure.args[0])\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program, str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    needed = ".".join(map(str, OLDEST_PYTHON))
    words = f"The JCM functions need Python {needed}; this LibreOffice carries 3.9. "
    assert (done.stdout, done.stderr) == (
        f"{words}Install a newer LibreOffice.\n" * 3, "",
    )  # fmt: skip


def test_the_core_needs_no_newer_python_than_the_component_says() -> None:
    for name, data in carried_core():
        ast.parse(data, name, feature_version=OLDEST_PYTHON)


def test_the_command_writes_an_extension(tmp_path: Path) -> None:
    target = tmp_path / "jcm.oxt"
    done = CliRunner().invoke(main, ["addin", "libreoffice", "-o", str(target)])
    assert done.exit_code == 0
    names = zipfile.ZipFile(target).namelist()
    carried = [name for name in names if name.startswith("definitions/")]
    assert len(carried) == len(list(library.entries()))
    again = CliRunner().invoke(main, ["addin", "libreoffice", "-o", str(target)])
    assert (again.exit_code, "--force" in again.output) == (2, True)
    wrong = CliRunner().invoke(main, ["addin", "libreoffice", "-o", "jcm.zip"])
    assert (wrong.exit_code, "ends in .oxt" in wrong.output) == (2, True)


def test_own_definitions_and_overlays_travel_with_it(tmp_path: Path) -> None:
    target = tmp_path / "own.oxt"
    folder = str(Path(__file__).parents[2] / "definitions")
    words = ["addin", "libreoffice", "-o", str(target), "--definitions", folder]
    assert CliRunner().invoke(main, words).exit_code == 0
    names = zipfile.ZipFile(target).namelist()
    assert any(name.startswith("definitions/EX_") for name in names)
