"""Our macros before anybody compiles them: grammar, names, ribbon, foreign text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections import Counter

import pytest

from jcm_xl.desk.excel import ACTIONS
from jcm_xl.hosts.excel.vba import sources
from jcm_xl.hosts.excel.vba.patches import PATCHES, SAME
from jcm_xl.hosts.excel.vba.sources import (
    XLWINGS,
    Carrier,
    NoXlwings,
    modules,
    own_text,
    xlwings_folder,
)
from jcm_xl.live.functions import REGISTRY
from jcm_xl.places import macros

pytest.importorskip("xlwings")
pytest.importorskip("antlr4_vba")

from tests.hosts.excel.vba.grammar import (  # fmt: skip
    LONGEST_LINE,
    MOST_CONTINUATIONS,
    measures,
    procedures,
    syntax_errors,
    undeclared,
)

OURS = ("JcmTools", "JcmRibbon")
OF_THE_PASSPORT = "JcmPassport"
RIBBON = ElementTree.fromstring((macros() / "ribbon.xml").read_text(encoding="utf-8"))


def of_book(name: str) -> str:
    """The text of a module as the add-in carries it."""
    if name == OF_THE_PASSPORT:
        return own_text(name)
    return next(m.text for m in modules(Carrier.ADDIN) if m.name == name)


@pytest.mark.parametrize("name", [*OURS, OF_THE_PASSPORT, "xlwings_udfs", "JcmWizard"])
def test_a_macro_follows_the_grammar(name: str) -> None:
    text = of_book(name)
    assert syntax_errors(text) == []
    assert text.startswith(f'Attribute VB_Name = "{name}"\n')
    assert text.isascii(), "other signs depend on the computer's code page"
    longest, continued = measures(text)
    assert longest <= LONGEST_LINE
    assert continued <= MOST_CONTINUATIONS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("End Sub", ""),
        ("End Select", ""),
        ("Select Case", "Select"),
        ('"jcmCheck"', '"'),
    ],
)
def test_the_grammar_finds_faults(old: str, new: str) -> None:
    text = own_text("JcmRibbon").replace(old, new, 1)
    assert syntax_errors(text)


def test_our_macros_declare_their_variables() -> None:
    for name in (*OURS, "JcmWizard"):
        assert "\nOption Explicit\n" in of_book(name)
        assert undeclared(of_book(name)) == []
    text = own_text("JcmTools").replace("    Dim outcome As Variant\n", "")
    assert undeclared(text) == ["JcmRun: outcome"]


@pytest.mark.parametrize("carrier", list(Carrier))
def test_no_two_modules_have_a_procedure_of_one_name(carrier: Carrier) -> None:
    names = Counter(
        name.lower() for m in modules(carrier) for name in procedures(m.text)
    )
    assert [
        name for name, count in names.items() if count > 1 and name[:3] == "jcm"
    ] == []
    assert {"runpython", "xlpy", "jcmcheck", "jcm_er"} <= set(names)


def test_the_wizard_is_told_of_every_function_and_argument() -> None:
    calls = re.findall(
        r'JcmDescribe "JCM_(\w+)", _\n +"(.+?)", (Array\(.*?\))\n(?=    J|End)',
        of_book("JcmWizard"),
        re.S,
    )
    assert [name for name, _, _ in calls] == [entry.name for entry in REGISTRY]
    for entry, (_, told, given) in zip(REGISTRY, calls, strict=True):
        assert told.startswith(entry.help.replace('"', '""'))
        texts = re.findall(r'"((?:[^"]|"")+)"', given)
        helps = [argument.help.replace('"', '""') for argument in entry.arguments]
        assert texts == helps
        assert all(len(text) <= 255 for text in (told, *texts))


def on_a_mac(text: str) -> str:
    """The lines that Excel for Mac compiles."""
    lines, taken = [], [True]
    for line in text.split("\n"):
        match line.split():
            case ["#If", "Mac", "Then", *_]:
                taken.append(taken[-1])
            case ["#If", "Not", "Mac", "Then", *_]:
                taken.append(False)
            case ["#If", *_]:
                taken.append(taken[-1])
            case ["#Else", *_]:
                taken[-1] = not taken[-1] and taken[-2]
            case ["#End", "If", *_]:
                taken.pop()
            case _ if taken[-1]:
                lines.append(line)
    assert taken == [True]
    return "\n".join(lines)


@pytest.mark.parametrize("carrier", list(Carrier))
def test_on_a_mac_nothing_is_compiled_that_is_not_there(carrier: Carrier) -> None:
    for module in modules(carrier):
        text = on_a_mac(module.text)
        assert not re.search(r"\b(?:As|New) Dictionary\b", text), module.name
        if module.name != "xlwings":
            assert not re.search(r"\bXLPy\b|\bRunPython\b(?! shows)", text), module.name
    assert "JCM_ER = CVErr(xlErrValue)" in on_a_mac(of_book("xlwings_udfs"))
    assert "Excel for Windows" in on_a_mac(of_book("JcmTools"))


def test_every_macro_that_is_called_exists() -> None:
    known = {n for m in modules(Carrier.ADDIN) for n in procedures(m.text)}
    called = set(re.findall(r"^ +(Jcm[A-Z]\w+)", own_text("JcmRibbon"), re.M))
    assert called <= known
    assert len(called) == len(ACTIONS)
    actions = re.findall(r'JcmRun "(\w+)"', own_text("JcmTools"))
    assert sorted(actions) == sorted(ACTIONS)


def test_every_button_of_the_ribbon_has_its_case() -> None:
    namespace = "{http://schemas.microsoft.com/office/2009/07/customui}"
    buttons = list(RIBBON.iter(f"{namespace}button"))
    cases = re.findall(r'Case "(\w+)"', own_text("JcmRibbon"))
    assert [button.get("id") for button in buttons] == cases
    assert {button.get("onAction") for button in buttons} == {"JcmRibbonAction"}
    for button in buttons:
        assert len(button.get("screentip", "")) <= 1024
        assert 0 < len(button.get("supertip", "")) <= 1024


def test_the_module_of_xlwings_keeps_its_licence() -> None:
    for carrier in Carrier:
        (text,) = (m.text for m in modules(carrier) if m.name == "xlwings")
        assert "distributed under a BSD 3-clause license" in text
        assert f"xlwings64-{XLWINGS}.dll" in text


@pytest.mark.parametrize("carrier", list(Carrier))
def test_the_module_of_xlwings_says_what_was_changed_and_nothing_else_is(
    carrier: Carrier,
) -> None:
    (text,) = (m.text for m in modules(carrier) if m.name == "xlwings")
    shipped = (xlwings_folder() / carrier.value).read_bytes().decode("cp1252")
    expected = shipped.replace("\r\n", "\n")
    for patch in PATCHES[carrier]:
        expected = patch.apply(expected, carrier.value)
        assert patch.reason == SAME or f"\n' - {patch.reason}\n" in text
    lines = [line for line in text.split("\n") if not line.startswith("' - ")]
    assert lines.pop(1) == f"' Changed by jcm_xl against xlwings {XLWINGS}:"

    def open_to_all(line: str) -> str:
        return re.sub(r"\b(?:Public|Private) (?=Declare|Function|Sub)", "", line)

    assert list(map(open_to_all, lines)) == list(map(open_to_all, expected.split("\n")))


def test_another_version_of_xlwings_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "version", lambda _: "0.33.0")
    with pytest.raises(NoXlwings, match=r"need xlwings 0\.37\.8, but xlwings 0\.33\.0"):
        xlwings_folder()


def test_a_text_without_the_place_of_a_patch_is_refused() -> None:
    with pytest.raises(NoXlwings, match="has 0 places 'PROJECT_NAME"):
        PATCHES[Carrier.ADDIN][0].apply(
            "Attribute VB_Name\n", "xlwings_custom_addin.bas"
        )
