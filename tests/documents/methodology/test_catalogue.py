"""All methodologies: a table for everybody, a search where a script runs."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from jcm_xl.definition.load import load_bytes, load_file
from jcm_xl.documents.methodology.catalogue import catalogue_html, evidence_status, item

FOLDER = Path(__file__).parents[2] / "definitions"
FIGURES = (
    'source = { title = "Illustrative figures", section = "I", '
    'says = "An illustration.", read = 2026-11-30, version = "1.0" }'
)
EVERY = [load_file(path) for path in sorted(FOLDER.glob("*.toml"))]


def test_every_methodology_has_its_row_without_any_script() -> None:
    html = catalogue_html(EVERY)
    table = html[html.index("<tbody>") : html.index("</tbody>")]
    assert table.count("<tr ") == len(EVERY)
    for m in EVERY:
        assert m.id in table
        assert m.title in table
    assert "<form" in html
    assert 'id="controls" hidden' in html, "the search appears with its script"


def test_only_its_own_script_may_run() -> None:
    html = catalogue_html(EVERY)
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.S)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in html
    assert "default-src 'none'" in html
    assert "http" not in script


def test_it_is_the_same_twice() -> None:
    assert catalogue_html(EVERY) == catalogue_html(EVERY)


def test_a_row_can_be_searched_by_id_title_and_parameter() -> None:
    row = item(EVERY[1])
    for word in ("ex_am902@1.0", "inverters", "cop_pj,i", "energy demand", "confirmed"):
        assert word in row.search


def test_the_evidence_is_counted() -> None:
    name = "EX_AM902_ver01.0.toml"
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert evidence_status(EVERY[1])[0] == "confirmed"
    weak = text.replace(
        f'{FIGURES}\nevidence = "document"',
        f'{FIGURES}\nevidence = "secondary"',
    )
    m = load_bytes(weak.encode(), name)
    assert evidence_status(m) == (
        "draft",
        "7 document, 3 secondary, "
        "not official: numbers 3 of 4, formulas 0 of 6, texts 0 of 7",
    )


def test_foreign_text_is_text() -> None:
    name = "EX_AM902_ver01.0.toml"
    text = (FOLDER / name).read_text(encoding="utf-8")
    text = text.replace("Introduction of room", "</td><script>alert(1)</script>")
    html = catalogue_html([load_bytes(text.encode(), name)])
    assert html.count("<script") == 1
