"""What a newcomer meets first: API page, notebook, glossary, citation, workflow."""

from __future__ import annotations

import json
import re
from configparser import ConfigParser
from pathlib import Path
from typing import Any

from jcm_xl.version import __version__
from tests.api_page import page
from tests.honesty import box, with_box

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def test_the_api_page_is_that_of_the_docstrings() -> None:
    text = page()
    assert (DOCS / "api.md").read_text(encoding="utf-8") == text
    assert "## `check`" in text


def test_the_notebook_runs_from_top_to_bottom(capsys: Any) -> None:
    book = json.loads((DOCS / "first-steps.ipynb").read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    for number, cell in enumerate(book["cells"], 1):
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [], "a notebook is kept without its outputs"
            exec(compile("".join(cell["source"]), f"cell {number}", "exec"), names)
    said = capsys.readouterr().out
    assert "FINDINGS" in said
    assert "Table 3: 25 tCO2/p" in said
    assert "CLEAN" in said
    assert len(names["frame"].columns) > 3


def test_the_glossary_says_the_words_that_reports_say() -> None:
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    terms = re.findall(r"^\| [^|]+ \| ([^| a-zA-Z-]+) \|", text, re.M)
    told = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "workbook_templates/messages/ja.toml",
                     *(DOCS / "ja").glob("*.md"))
    )  # fmt: skip
    words = [term for term in terms if term != "日本語"]
    assert len(words) >= 12
    assert [word for word in words if word not in told] == []


def test_the_citation_names_this_version_and_licence() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    found = dict(re.findall(r"^([\w-]+): (.+)$", text, re.M))
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg")
    assert found["version"] == __version__
    assert found["license"] == setup["metadata"]["license_expression"]


def test_the_workflow_runs_the_targets_that_there_are() -> None:
    text = (ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    called = set(re.findall(r"run: make (\S+)", text))
    assert called
    assert called <= targets
    assert re.findall(r'"(3\.\d+)"', text)[:4] == ["3.11", "3.12", "3.13", "3.14"]
    assert "nothing of jcm_xl was ever run" in text.replace("\n# ", " ")


def test_every_form_asks_for_something_under_its_own_name() -> None:
    for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("name: "), path.name
        asked = re.findall(r"^    id: (\S+)$", text, re.M)
        assert asked, path.name
        assert len(asked) == len(set(asked)), path.name
        assert text.count("required: true") == len(asked), path.name


def test_the_readme_is_short_and_says_what_was_measured() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert with_box(text) == text
    plain = re.sub(r"\]\([^)]*\)|<!--.*?-->|[|*#`]|^---.*$", " ", text, flags=re.M)
    assert len(plain.split()) <= 450
    assert "Excel not confirmed" in box()


def test_the_box_follows_what_it_is_made_of() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    spoilt = text.replace("not confirmed", "confirmed")
    assert spoilt != text
    assert with_box(spoilt) == text
